/** A quiz on the projector: armed from the page, answered by devices, scored from the page; real hub, real browser. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startHub } from '../support/hubs.ts';
import { RawDevice } from '../support/mqtt-clients.ts';
import { missing } from '../support/needs.ts';
import { launchChromium, openPage } from './support/chromium.ts';

describe.skipIf(missing('chromium'))('games of presses on the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('a question is armed, answered, scored, and the next one waits', async () => {
    const running = await startHub({}, { PADDLEWIRE_ROOMS_NAMES: 'quiz:buzzer' });
    const [ada, ben] = [await RawDevice.seated(running.url, 'ada'), await RawDevice.seated(running.url, 'ben')];
    const { page, complaints } = await openPage(browser, running.http);
    await page.getByText('The question, please').waitFor();
    await page.getByRole('button', { name: 'Arm' }).click();
    await page.getByText('Buzzers are armed').waitFor();
    expect(await page.locator('.lamp.lit').count()).toBe(1);
    ben.send({ type: 'INPUT', seq: 1, time: 0, buttons: 1, axis: null });
    await page.getByText('may answer').waitFor();
    const ranked = page.locator('.ranking li.first');
    expect(await ranked.textContent()).toContain(running.hub.lobby.session('ben')?.name);
    // Nothing is known of its clock: a bound of a quarter of a second is said, not hidden.
    expect(await ranked.textContent()).toMatch(/± \d+\.\d ms/);
    await page.getByRole('button', { name: 'Right' }).click();
    await page.getByText('The question, please').waitFor();
    await eventually(() => running.hub.rooms.get('quiz')?.summary().scores[1] === 1);
    await page.getByRole('button', { name: 'Arm' }).click();
    ada.send({ type: 'INPUT', seq: 1, time: 0, buttons: 2, axis: null });
    await page.getByRole('button', { name: 'Wrong' }).click();
    await page.getByText('out of this question').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('a round of reaction shows the lamp, the order and who was too early', async () => {
    const env = {
      PADDLEWIRE_ROOMS_NAMES: 'fast:reaction',
      PADDLEWIRE_REACTION_SHOW_MS: '20000',
      PADDLEWIRE_REACTION_SOONEST_MS: '0',
    };
    const running = await startHub({}, env);
    const [ada, ben] = [await RawDevice.seated(running.url, 'ada'), await RawDevice.seated(running.url, 'ben')];
    const { page, complaints } = await openPage(browser, running.http);
    await page.getByText('Wait for it').waitFor();
    ada.send({ type: 'INPUT', seq: 1, time: 0, buttons: 1, axis: null });
    await page.getByText('too early').waitFor();
    await page.getByText('Now!').waitFor();
    ben.send({ type: 'INPUT', seq: 1, time: 0, buttons: 1, axis: null });
    await page.getByText('was first').waitFor();
    expect(await page.locator('.ranking li').count()).toBe(2);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
