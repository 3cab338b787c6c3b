/** Questions to a page of the dashboard: what its canvas shows, and what it says. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The little of a canvas that the probes use: these tests are compiled without the types of a browser. */
interface DrawnCanvas {
  readonly width: number;
  readonly height: number;
  toDataURL(): string;
  getContext(kind: '2d'): { getImageData(...box: number[]): { readonly data: Uint8ClampedArray } } | null;
}

/** Waits until the court has shown so many different pictures. */
export async function waitForNewPictures(page: Page, pictures: number): Promise<void> {
  await page.locator('canvas').waitFor();
  const seen = new Set<string>();
  const look = async (): Promise<number> => {
    seen.add(await page.locator('canvas').evaluate((canvas) => (canvas as unknown as DrawnCanvas).toDataURL()));
    return seen.size;
  };
  await expect.poll(look, { timeout: 20_000, interval: 20 }).toBeGreaterThanOrEqual(pictures);
}

/** The colour on the canvas at a place (px) of the default court, as red, green, blue. */
export const pixelAt = (page: Page, x: number, y: number): Promise<number[]> =>
  page.locator('canvas').evaluate(
    (element, [courtX = 0, courtY = 0]) => {
      const canvas = element as unknown as DrawnCanvas;
      const board = (600 / 40) * 2.4;
      const scale = Math.min(canvas.width / (900 + 2 * board), canvas.height / (600 + 2 * board));
      const left = (canvas.width - 900 * scale) / 2 + courtX * scale;
      const top = (canvas.height - 600 * scale) / 2 + courtY * scale;
      const data = canvas.getContext('2d')?.getImageData(Math.round(left), Math.round(top), 1, 1).data;
      return [...(data ?? [])].slice(0, 3);
    },
    [x, y],
  );

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
