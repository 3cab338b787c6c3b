/** Games that draw themselves, in a real browser: played from /play, drawn on /, watched again from the journal. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { call } from '../support/http-api.ts';
import { startHub, type RunningHub } from '../support/hubs.ts';
import { missing } from '../support/needs.ts';
import { launchChromium, openPage, type Watched } from './support/chromium.ts';
import { PHONE, playing, seatedAs, tableIsClear, takeName } from './support/play-page.ts';
import { waitForNewPictures } from './support/probes.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(missing('chromium'))('games that draw themselves', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  const open = async ({ http }: RunningHub, path: string, options = {}): Promise<Watched> => {
    const watched = await openPage(browser, `${http}${path}`, options);
    onTestFinished(() => watched.page.context().close());
    return watched;
  };

  it('rock-paper-scissors is played by tapping words, and the projector shows who has won', async () => {
    const settings = {
      PADDLEWIRE_ROOMS_NAMES: 'main:rps',
      PADDLEWIRE_RPS_TARGET: '1',
      PADDLEWIRE_RPS_CHOOSE_MS: '60000',
      PADDLEWIRE_ROOMS_RESTART_MS: '60000',
    };
    const running = await startHub({}, settings);
    const [ada, ben] = [await open(running, '/play', PHONE), await open(running, '/play')];
    const projector = await open(running, '/');
    const first = await seatedAs(running, await takeName(ada.page));
    await seatedAs(running, await takeName(ben.page));
    await playing(running);
    for (const { page } of [ada, ben]) await tableIsClear(page);
    await ada.page.getByRole('button', { name: 'paper' }).tap();
    // The other one has keys: left is rock.
    await ben.page.keyboard.press('ArrowLeft');
    await projector.page.getByRole('img', { name: 'Winner', exact: true }).waitFor();
    const { winner, scores } = running.hub.rooms.get('main')?.summary() ?? {};
    expect([winner, scores?.slice(0, 2)]).toEqual([first.seat.name, [1, 0]]);
    await ada.page.getByText('You won!').waitFor();
    const picture = projector.page.getByRole('img', { name: /Rock-paper-scissors in room main/ });
    expect(await picture.getAttribute('aria-label')).toContain('1');
    for (const { page, complaints } of [ada, ben, projector]) {
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    }
  });

  it('a choice is marked until its round is over', async () => {
    const running = await startHub({}, { PADDLEWIRE_ROOMS_NAMES: 'main:rps', PADDLEWIRE_RPS_CHOOSE_MS: '60000' });
    const [ada, ben] = [await open(running, '/play', PHONE), await open(running, '/play', PHONE)];
    for (const { page } of [ada, ben]) await seatedAs(running, await takeName(page));
    await playing(running);
    for (const { page } of [ada, ben]) await tableIsClear(page);
    await ada.page.getByRole('button', { name: 'rock' }).tap();
    await ada.page.locator('button[aria-pressed=true]').waitFor();
    await ben.page.getByRole('button', { name: 'rock' }).tap();
    await ada.page.locator('button[aria-pressed=true]').waitFor({ state: 'detached' });
  });

  it('snake is steered with a thumb and with keys, and every move is drawn', async () => {
    const settings = { PADDLEWIRE_ROOMS_NAMES: 'main:snake', PADDLEWIRE_SNAKE_SPEED: '2', PADDLEWIRE_SNAKE_LIVES: '9' };
    const running = await startHub({}, settings);
    const { page, complaints } = await open(running, '/play', PHONE);
    const projector = await open(running, '/');
    const { seat } = await seatedAs(running, await takeName(page));
    await playing(running);
    await tableIsClear(page);
    await waitForNewPictures(projector.page, 3);
    await waitForNewPictures(page, 2);
    await page.locator('.pad-down').tap();
    // What a seat says is kept until it says something else: a tap is down, and up again.
    await eventually(() => seat.buttons === 0 && seat.command !== null);
    expect(await violations(page)).toEqual([]);
    expect(await violations(projector.page)).toEqual([]);
    expect([...complaints, ...projector.complaints]).toEqual([]);
  });

  it('two play hockey at one keyboard, and its hints say which keys', async () => {
    const running = await startHub({}, { PADDLEWIRE_ROOMS_NAMES: 'main:hockey' });
    const { page, complaints } = await open(running, '/play');
    const one = await seatedAs(running, await takeName(page));
    await page.getByRole('button', { name: 'Add a player on this keyboard' }).click();
    await page.getByRole('button', { name: 'Add a player: W A S D, Space' }).click();
    await playing(running);
    await tableIsClear(page);
    expect(await page.locator('.key-hints').textContent()).toContain('Enter shoot');
    const seats = running.hub.rooms.get('main')?.seats;
    await page.keyboard.down('ArrowUp');
    await page.keyboard.down('s');
    await eventually(() => one.seat.buttons === 1 && seats?.all[1]?.buttons === 2);
    await page.keyboard.up('ArrowUp');
    await page.keyboard.up('s');
    await eventually(() => one.seat.buttons === 0 && seats?.all[1]?.buttons === 0);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('tiles of several games are drawn side by side, and a match of sum is drawn again from its journal', async () => {
    const settings = {
      PADDLEWIRE_ROOMS_NAMES: 'one:sum,two:snake,three:rps,four:hockey',
      PADDLEWIRE_SUM_ROUNDS: '1',
      PADDLEWIRE_SUM_THINK_MS: '200',
    };
    const running = await startHub({}, settings);
    for (const [room, count] of Object.entries({ one: 2, two: 3, three: 8, four: 2 }))
      await call(running.http, 'POST /api/rooms/{room}/bots', { room }, { count });
    const { page, complaints } = await open(running, '/');
    await page.locator('.tile canvas').nth(3).waitFor();
    for (const room of ['two', 'three', 'four']) await playing(running, room);
    const played = await eventually(async () => {
      const { body } = await call(running.http, 'GET /api/matches');
      return body.find(({ game, endedAt, journal }) => game === 'sum' && endedAt !== null && journal);
    });
    expect(await violations(page)).toEqual([]);
    const replay = await open(running, `/matches/${encodeURIComponent(played.match)}`);
    const slider = replay.page.getByRole('slider', { name: 'Tick' });
    await replay.page.locator('.screen canvas').waitFor();
    const pictures = new Set<string>();
    for (const tick of [await slider.getAttribute('min'), await slider.getAttribute('max')]) {
      await slider.fill(tick ?? '');
      pictures.add(
        await replay.page.locator('.screen canvas').evaluate((canvas) => (canvas as unknown as Drawn).toDataURL()),
      );
    }
    expect(pictures.size).toBe(2);
    expect([...complaints, ...replay.complaints]).toEqual([]);
  });
});

/** The little of a canvas that this test uses: it is compiled without the types of a browser. */
interface Drawn {
  toDataURL(): string;
}

/** What axe-core finds that keeps somebody out. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations: found } = await page.evaluate<{
    violations: readonly { id: string; impact: string; nodes: readonly { html: string }[] }[];
  }>('axe.run()');
  const grave = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return grave.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html}`);
}
