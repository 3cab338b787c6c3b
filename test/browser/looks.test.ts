/**
 * The page at the sizes of a projector, a laptop and a phone, light and dark: nothing cut off, all legible. With
 * PADDLEWIRE_SCREENSHOTS set to a folder it leaves a picture of each there.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { missing } from '../support/needs.ts';
import { cutOff, twoFrames } from './support/fits.ts';
import { colourOf, PATIENT } from './support/probes.ts';
import { oneVisitor } from './support/visitor.ts';
import { playScene, SCENES, setScene, type Scene } from './support/scenes.ts';

const SIZES = [
  [1920, 1080],
  [1280, 800],
  [768, 1024],
  [360, 640],
] as const;
const SCHEMES = ['light', 'dark'] as const;
const SEATS = ['--left', '--right', '--up', '--down'] as const;

describe.skipIf(missing('chromium'))('the looks of the page', () => {
  const visitor = oneVisitor();

  // One page is taken from size to size and from scheme to scheme: so what follows them is tried as well.
  it.each(SCENES)('fits every size: $name', async (scene) => {
    const { page, complaints, classroom } = visitor;
    setScene(classroom, scene);
    await visitor.come();
    await page.getByText('Connected').waitFor();
    await expect.poll(() => page.locator('canvas').count(), PATIENT).toBe(scene.rooms.length);
    playScene(classroom, scene);
    await lookAtAll(page, scene.name);
    expect(complaints).toEqual([]);
  });

  it('fits every size while the hub is away', async () => {
    const { page, classroom } = visitor;
    setScene(classroom, SCENES[0] as Scene);
    await visitor.come();
    await page.locator('canvas').waitFor();
    await classroom.stop();
    onTestFinished(() => classroom.start());
    await page.getByText('not reachable').waitFor();
    await lookAtAll(page, 'away');
  });

  it.each(SCHEMES)('has enough contrast in the %s scheme (WCAG AA)', async (colorScheme) => {
    const { page } = visitor;
    await page.emulateMedia({ colorScheme });
    await visitor.come();
    for (const [front, backs] of [
      ['--ink', ['--page', '--sheet', '--court']],
      ['--ink-soft', ['--page', '--sheet', '--court']],
      ['--accent', ['--page', '--sheet']],
      ...SEATS.map((seat) => [seat, ['--page', '--sheet', '--court']] as const),
    ] as const) {
      for (const back of backs) {
        const ratio = contrast(await colourOf(page, front), await colourOf(page, back));
        expect(ratio, `${front} on ${back}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});

async function lookAtAll(page: Page, name: string): Promise<void> {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await twoFrames(page);
      expect(await cutOff(page), `${width} by ${height}, ${colorScheme}`).toEqual([]);
      expect(await sharp(page), `${width} by ${height}, ${colorScheme}`).toBe(true);
      await keepPicture(page, `${name}-${width}-${colorScheme}`);
    }
  }
}

/** Whether each canvas has one px of its own for each of the screen. */
const sharp = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(`[...document.querySelectorAll('canvas')].every((canvas) =>
    Math.abs(canvas.width - canvas.clientWidth * devicePixelRatio) < 1)`);

async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['PADDLEWIRE_SCREENSHOTS'];
  if (folder === undefined) return;
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** WCAG 2.2, contrast ratio of two colours given as red, green, blue of 0..255. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
