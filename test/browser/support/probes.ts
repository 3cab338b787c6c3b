/** Questions to a page of the dashboard: what its canvas shows, and what it says. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The little of a canvas that a probe uses: these tests are compiled without the types of a browser. */
interface DrawnCanvas {
  toDataURL(): string;
}

/** For `expect.poll`, which gives up after a second by itself: only the test's own limit is to count. */
export const PATIENT = { timeout: 600_000 } as const;

/** Waits until the court has shown so many different pictures. */
export async function waitForNewPictures(page: Page, pictures: number): Promise<void> {
  await page.locator('canvas').waitFor();
  const seen = new Set<string>();
  const look = async (): Promise<number> => {
    seen.add(await page.locator('canvas').evaluate((canvas) => (canvas as unknown as DrawnCanvas).toDataURL()));
    return seen.size;
  };
  await expect.poll(look, { ...PATIENT, interval: 20 }).toBeGreaterThanOrEqual(pictures);
}

/** The colour on the canvas at a place (px) of the default court, as red, green, blue. */
export async function pixelAt(page: Page, x: number, y: number): Promise<number[]> {
  // A text, because these tests are compiled without the types of a browser. The pixel is read from a copy: a canvas
  // that is read again and again is itself drawn without the graphics card from then on, and the browser says so.
  const script = `(() => {
    const canvas = document.querySelector('canvas');
    if (canvas === null) return [];
    const board = (600 / 40) * 2.4;
    const scale = Math.min(canvas.width / (900 + 2 * board), canvas.height / (600 + 2 * board));
    const left = (canvas.width - 900 * scale) / 2 + ${x} * scale;
    const top = (canvas.height - 600 * scale) / 2 + ${y} * scale;
    const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    copy.drawImage(canvas, Math.round(left), Math.round(top), 1, 1, 0, 0, 1, 1);
    return [...copy.getImageData(0, 0, 1, 1).data].slice(0, 3);
  })()`;
  return page.evaluate<number[]>(script);
}

/** A colour of the style sheet, e.g. `--ink`, as red, green, blue. */
export async function colourOf(page: Page, name: string): Promise<number[]> {
  const script = `getComputedStyle(document.documentElement).getPropertyValue(${JSON.stringify(name)})`;
  const hex = String(await page.evaluate(script)).trim();
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** The points of all taken seats, in the order of the page. */
export const shownScores = async (page: Page): Promise<number[]> =>
  (await page.locator('.seat .points .unseen').allTextContents()).map((text) => Number.parseInt(text, 10));

export const shownPoints = async (page: Page): Promise<number> =>
  (await shownScores(page)).reduce((total, points) => total + points, 0);
