/** Journals in a browser: the same hashes as in Node, and the page that plays one with nothing but itself. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GAMES } from '../../shared/games/registry.ts';
import { buzzer } from '../../shared/games/buzzer/buzzer.ts';
import { pong } from '../../shared/games/pong/pong.ts';
import { snake } from '../../shared/games/snake/snake.ts';
import { JournalReader } from '../../shared/journal/journal-reader.ts';
import { seek } from '../../shared/journal/seek.ts';
import { packageUrl } from '../../shared/package-files.ts';
import { paddlewire } from '../support/hubs.ts';
import { recordMatch } from '../support/journals.ts';
import { missing } from '../support/needs.ts';
import { launchChromium, openPage, type Watched } from './support/chromium.ts';
import { play, type Played } from './support/journal-page.ts';
import { PATIENT } from './support/probes.ts';

/** The tick that the page shows. */
const place = async (page: Page): Promise<number> =>
  Number(/tick (\d+)/.exec((await page.locator('output').textContent()) ?? '')?.[1]);

describe.skipIf(missing('chromium'))('journals in Chromium', () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'paddlewire-journal-'));
  const path = (name: string): string => join(folder, name);
  beforeAll(async () => {
    const entry = fileURLToPath(packageUrl('test/browser/support/journal-page.ts'));
    const lib = { entry, formats: ['iife' as const], name: 'page', fileName: () => 'page.js' };
    await build({ configFile: false, logLevel: 'error', build: { outDir: folder, emptyOutDir: false, lib } });
    writeFileSync(path('page.html'), '<!doctype html><title>journals</title><script src="page.js"></script>');
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it.each(GAMES.map((game) => [game.name, game] as const))(
    '%s: every tick has the same hash as in Node',
    async (_name, game) => {
      const { page, complaints } = await openPage(browser, pathToFileURL(path('page.html')).href);
      for (const seed of [1, 2, 3]) {
        const bytes = recordMatch(game, { seed, ticks: 600, rare: 20, seats: 4 });
        const there = await page.evaluate<Played>(`playJournal(${JSON.stringify([...bytes])})`);
        const here = play(bytes);
        expect(there).toEqual(here);
        expect(there.verdict).toMatchObject({ damage: null, disagreement: null, finished: true });
        expect(there.hashes).toHaveLength(there.verdict.ticks + 1);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  /** The page of a journal, as the command makes it, opened from the file. */
  async function exported(bytes: Uint8Array, name: string, options = {}): Promise<Watched> {
    writeFileSync(path(`${name}.pwj`), bytes);
    const { code, stderr } = await paddlewire([
      'journal',
      'export',
      path(`${name}.pwj`),
      '--html',
      '-o',
      path(`${name}.html`),
    ]);
    expect([code, stderr]).toEqual([0, '']);
    return openPage(browser, pathToFileURL(path(`${name}.html`)).href, options);
  }

  it('the page plays, pauses, steps and is at any tick, as the rules say', async () => {
    const bytes = recordMatch(pong, {
      seed: 5,
      ticks: 6000,
      seats: 4,
      rare: 0,
      parameters: { target: 99, ballSpeed: 5000 },
    });
    const reader = new JournalReader(bytes);
    const { page, complaints } = await exported(bytes, 'pong');
    const said = async (): Promise<string | null> => page.locator('canvas').getAttribute('aria-label');
    for (const tick of [5999, 4321, 1801, 7, 3600]) {
      await page.locator('input[type=range]').fill(String(tick));
      const scores = pong.scores(seek(reader, tick).replay.state as never);
      expect((await said())?.match(/\d+(?=,|$)/g)?.map(Number)).toEqual(scores);
      expect(await place(page)).toBe(tick);
    }
    await page.getByRole('button', { name: 'One tick on' }).click();
    expect(await place(page)).toBe(3601);
    await page.getByRole('button', { name: 'One tick back' }).click();
    expect(await place(page)).toBe(3600);
    await page.getByRole('combobox').selectOption('8');
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => place(page), PATIENT).toBeGreaterThan(3700);
    await page.getByRole('button', { name: 'Pause' }).click();
    const stopped = await place(page);
    await page.getByRole('button', { name: 'Play' }).waitFor();
    expect(await place(page)).toBe(stopped);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    [1280, 800, 'light'],
    [360, 640, 'dark'],
  ] as const)('fits into %i x %i (%s), without scrolling', async (width, height, colorScheme) => {
    const bytes = recordMatch(pong, { seed: 5, ticks: 600, seats: 4 });
    const { page, complaints } = await exported(bytes, `fits-${width}`, { viewport: { width, height }, colorScheme });
    await page.locator('canvas').waitFor();
    const size = await page.evaluate<number[]>(
      '[document.documentElement.scrollWidth, document.documentElement.scrollHeight]',
    );
    expect(size).toEqual([width, height]);
    const box = await page.locator('canvas').boundingBox();
    expect(box?.width).toBeGreaterThan(width * 0.6);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('a game that draws itself does so here too, at any tick', async () => {
    const garden = await exported(recordMatch(snake, { seed: 5, ticks: 600, seats: 3 }), 'snake');
    const picture = async (): Promise<string> =>
      garden.page.locator('canvas').evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
    const slider = garden.page.getByRole('slider', { name: 'Tick' });
    const seen = new Set<string>();
    for (const tick of [0, 60, 120]) {
      await slider.fill(String(tick));
      await expect.poll(() => place(garden.page), PATIENT).toBe(tick);
      seen.add(await picture());
    }
    expect(seen.size).toBe(3);
    expect(garden.complaints).toEqual([]);
    await garden.page.context().close();
  });

  it('a quiz is shown by its points; a torn journal plays as far as it is whole, and says so', async () => {
    const bytes = recordMatch(buzzer, { seed: 5, ticks: 1200, seats: 3 });
    const quiz = await exported(bytes.subarray(0, bytes.length - 200), 'quiz');
    await quiz.page.locator('table tr').first().waitFor();
    expect(await quiz.page.locator('.warning').textContent()).toContain('cut off');
    expect(quiz.complaints).toEqual([]);
    await quiz.page.context().close();
  });
});
