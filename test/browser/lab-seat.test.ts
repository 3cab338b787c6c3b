/** The lab against a real hub: whoever looks at it sits down, plays over a bad network, and is still drawn where it is. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startHub } from '../support/hubs.ts';
import { missing } from '../support/needs.ts';
import { launchChromium, openPage } from './support/chromium.ts';
import { sitDown } from './support/opponent.ts';
import { pagesSeated, playing, PIN, tellHub, WITH_PIN } from './support/play-page.ts';

describe.skipIf(missing('chromium'))('the lab', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('has a seat for who looks at it, whose keys move its paddle over a bad network', async () => {
    const running = await startHub({}, WITH_PIN);
    sitDown(running.url, { side: 'right', secret: PIN });
    const { page, complaints } = await openPage(browser, `${running.http}/lab`);
    await page.getByRole('button', { name: 'Play here with the arrow keys' }).click();
    const { session, seat } = await eventually(() => pagesSeated(running)[0]);
    await playing(running);
    const lab = { delayMs: 60, jitterMs: 30, lossPercent: 10 };
    await tellHub(running.http, '/api/rooms/main/lab', { seat: seat.name, lab });
    await page.keyboard.down('ArrowUp');
    await eventually(() => seat.command === 1);
    await page.keyboard.up('ArrowUp');
    await eventually(() => seat.command === 0);
    // How far the ball is off at one tick is known as soon as what was drawn ahead is told.
    await page.getByLabel('Prediction').check();
    await page.getByLabel(/The ball is \d px off/).waitFor();
    await page.getByRole('button', { name: 'Stop playing here' }).click();
    await eventually(() => session.link === null);
    expect(complaints).toEqual([]);
  });
});
