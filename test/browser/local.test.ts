/** The page without a hub: once it is loaded it needs nothing from anywhere. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startHub } from '../support/hubs.ts';
import { missing } from '../support/needs.ts';
import { launchChromium, openPage } from './support/chromium.ts';
import { PATIENT, waitForNewPictures } from './support/probes.ts';

describe.skipIf(missing('chromium'))('the page without a hub', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('plays a point with the hub gone, stands still when paused, and asks nobody for anything', async () => {
    const { hub, http } = await startHub();
    const { page, complaints } = await openPage(browser, `${http}/local`);
    await page.getByRole('heading', { name: 'Play without a hub' }).waitFor();
    const scripts = await page.evaluate<string[]>('performance.getEntriesByType("resource").map(({ name }) => name)');
    await hub.stop();
    const asked: string[] = [];
    await page.route('**', (route) => {
      // The sign in the tab is the browser's own wish, whenever it pleases.
      if (route.request().url().endsWith('/favicon.svg')) return route.fulfill({ contentType: 'image/svg+xml' });
      asked.push(route.request().url());
      return route.abort();
    });
    await page.getByRole('button', { name: 'Begin' }).click();
    await waitForNewPictures(page, 10);
    // Both paddles out of the way: no rally.
    await page.keyboard.down('KeyW');
    await page.keyboard.down('ArrowUp');
    const points = async (): Promise<number> =>
      (await page.locator('.own-score li').allTextContents()).reduce((sum, text) => sum + Number(text), 0);
    await expect.poll(points, PATIENT).toBeGreaterThan(0);
    await page.keyboard.press('KeyP');
    await page.getByRole('heading', { name: 'Paused' }).waitFor();
    await page.keyboard.press('KeyP');
    await waitForNewPictures(page, 3);
    expect(asked).toEqual([]);
    expect(complaints).toEqual([]);
    // What it loaded cannot speak to a broker.
    expect(scripts.filter((name) => /mqtt|hub-link/.test(name))).toEqual([]);
  });

  it('moves each paddle by its own keys, four at once', async () => {
    const { http } = await startHub();
    const { page, complaints } = await openPage(browser, `${http}/local`);
    await page.getByLabel('Top').selectOption('ijkl');
    await page.getByLabel('Bottom').selectOption('numpad');
    await page.getByRole('button', { name: 'Begin' }).click();
    // Left goes up and right goes down, top goes right and bottom goes left, until they stop at their ends.
    for (const key of ['KeyW', 'ArrowDown', 'KeyL', 'Numpad4']) await page.keyboard.down(key);
    const ends = async (): Promise<boolean> => {
      const { colours, expected } = await page.evaluate<{ colours: string[]; expected: string[] }>(AT_THE_ENDS);
      return colours.every((colour, index) => colour === expected[index]);
    };
    await eventually(ends);
    for (const key of ['KeyW', 'ArrowDown', 'KeyL', 'Numpad4']) await page.keyboard.up(key);
    expect(complaints).toEqual([]);
  });
});

/** The colours of the canvas where the four paddles are at the ends of their ways, and those of the four seats. */
const AT_THE_ENDS = `(() => {
  const canvas = document.querySelector('canvas');
  const board = (600 / 40) * 2.4;
  const scale = canvas.width / (900 + 2 * board);
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const hex = ([r, g, b]) => '#' + [r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('');
  const at = (x, y) => hex(copy.getImageData(Math.round((x + board) * scale), Math.round((y + board) * scale), 1, 1).data);
  const style = getComputedStyle(document.documentElement);
  return {
    colours: [at(49.5, 15), at(850.5, 585), at(880, 33), at(20, 567)],
    expected: ['left', 'right', 'up', 'down'].map((seat) => style.getPropertyValue('--' + seat).trim()),
  };
})()`;
