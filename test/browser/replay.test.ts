/** The replay of a journal in the page: each tick is the one that Node computes, down to its hash. */
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { JournalReader } from '../../shared/journal/journal-reader.ts';
import { seek } from '../../shared/journal/seek.ts';
import { stateHash } from '../../shared/sim/state-hash.ts';
import { missing } from '../support/needs.ts';
import { journal } from './support/canned-answers.ts';
import type { Watched } from './support/chromium.ts';
import { PATIENT } from './support/probes.ts';
import { oneVisitor } from './support/visitor.ts';

const bytes = journal();
const hashAt = (tick: number): string => stateHash(seek(new JournalReader(bytes), tick).replay.state);

describe.skipIf(missing('chromium'))('the replay', () => {
  const visitor = oneVisitor();
  beforeEach(() => visitor.classroom.api.set('GET /api/matches/{match}/journal', () => bytes));
  const open = (path = 'matches/m-2'): Promise<Watched> => visitor.come(path);

  it('scrubbed to a tick shows exactly the state that Node computes', async () => {
    const { page, complaints } = await open();
    const slider = page.getByRole('slider', { name: 'Tick' });
    for (const tick of [3599, 2400, 1801, 61, 0, 1234]) {
      await slider.fill(String(tick));
      await expect.poll(() => shown(page), PATIENT).toEqual({ tick, hash: hashAt(tick) });
    }
    expect(complaints).toEqual([]);
  });

  it('plays, pauses, steps and jumps, by buttons and by keys', async () => {
    const { page, complaints } = await open('matches/m-2?tick=600');
    await expect.poll(() => shown(page), PATIENT).toEqual({ tick: 600, hash: hashAt(600) });
    await page.getByRole('button', { name: 'One tick on' }).click();
    expect((await shown(page)).tick).toBe(601);
    await page.locator('main').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await shown(page)).toEqual({ tick: 599, hash: hashAt(599) });
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('8');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(async () => (await shown(page)).tick, PATIENT).toBeGreaterThan(700);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    const stopped = await shown(page);
    expect(stopped.hash).toBe(hashAt(stopped.tick));
    // The last thing noted is the end.
    await page.locator('.timeline li button').last().click();
    expect((await shown(page)).tick).toBe(3600);
    expect(await page.locator('.timeline [aria-current]').innerText()).toContain('The match ends');
    expect(complaints).toEqual([]);
  });

  it('shows the state as names and values, those of the rules', async () => {
    const { page } = await open('matches/m-2?tick=900');
    await expect.poll(async () => (await shown(page)).tick, PATIENT).toBe(900);
    const state = seek(new JournalReader(bytes), 900).replay.state as { readonly scores: readonly number[] };
    const scores = page.locator('.tree li', { hasText: /^scores/ }).first();
    expect(await scores.innerText()).toContain(JSON.stringify(state.scores));
    const ball = page.locator('.tree summary', { hasText: 'court' }).first();
    await ball.click();
    await page.locator('.tree details[open] li').first().waitFor();
  });

  it('says what is wrong with a journal that cannot be played, and of a page that cannot be loaded', async () => {
    visitor.classroom.api.set('GET /api/matches/{match}/journal', new Uint8Array([1, 2, 3]));
    const { page } = await open();
    await page.getByText('This journal cannot be played').waitFor();
    await visitor.classroom.stop();
    onTestFinished(() => visitor.classroom.start());
    // The list of matches was never loaded.
    await page.getByRole('link', { name: 'All matches' }).click();
    await page.getByText('The hub is away').waitFor();
    await page.getByRole('button', { name: 'Load again' }).waitFor();
  });

  it('keeps the journal of a match by its star', async () => {
    const { page } = await open('matches');
    await page.getByRole('button', { name: 'Keep its journal for ever' }).click();
    await expect
      .poll(() => visitor.classroom.api.told, PATIENT)
      .toEqual([{ name: 'POST /api/matches/{match}/star', params: { match: 'm-3' }, body: { starred: true } }]);
  });
});

/** Tick and hash that stand on the page: they are written together. */
async function shown(page: Page): Promise<{ readonly tick: number; readonly hash: string }> {
  const hash = page.locator('.hash');
  return {
    tick: Number(await hash.getAttribute('data-tick')),
    hash: (await hash.textContent()) ?? '',
  };
}
