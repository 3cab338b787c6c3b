/** The list of what is plugged in: delays, what is wrong with a port, and a newer program for a board. */
import { writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench, FIRMWARE, settledOn } from '../support/boards.ts';
import { eventually } from '../support/eventually.ts';
import { missing } from '../support/needs.ts';
import { unboxed, withVersion } from '../support/unboxed.ts';
import { launchChromium, openPage } from './support/chromium.ts';

describe.skipIf(missing('chromium', 'pty', 'optiboot'))('what is plugged in', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('a board with an older program is updated from the page, and found by its light', async () => {
    const bench = await Bench.start();
    const board = await unboxed(bench, 'old', withVersion(FIRMWARE, '0.0.1'));
    const running = await bench.hub();
    const session = await settledOn(running, board);
    const { page, complaints } = await openPage(browser, `${running.http}/devices`);
    const row = page.locator('.device', { hasText: session.name });
    await row.getByText('uno 0.0.1').first().waitFor();
    await row.locator('.delay', { hasText: /\d ms/ }).waitFor();
    await row.getByRole('button', { name: /^More about/ }).click();
    await row.getByRole('button', { name: /^Update to uno/ }).click();
    await row.getByText('Writing the program').waitFor();
    await eventually(() => session.link !== null && session.firmware !== 'uno 0.0.1');
    await row.getByText(session.firmware).first().waitFor();
    await row.getByRole('button', { name: /^Update/ }).waitFor({ state: 'detached' });
    await row.getByRole('button', { name: 'Find' }).click();
    // Eight flashes a second.
    const seen = new Set<boolean>();
    await eventually(async () => seen.add((await board.pins()).light).size === 2);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('what is wrong with a port is said in a sentence', async () => {
    const bench = await Bench.start();
    writeFileSync(bench.path('not-a-port'), '');
    const running = await bench.hub();
    const { page } = await openPage(browser, running.http);
    await page.locator('.troubles li', { hasText: 'not-a-port' }).waitFor();
    await page.context().close();
  });
});
