/** A page draws when its picture is another one, and not otherwise: nothing while nothing moves, and all that moves. */
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encode } from '../../shared/contract/codec.ts';
import { topics } from '../../shared/contract/topics.ts';
import { withDefaults } from '../../shared/games/game.ts';
import { pong } from '../../shared/games/pong/pong.ts';
import { eventually } from '../support/eventually.ts';
import { rps } from '../../shared/games/rps/rps.ts';
import { missing } from '../support/needs.ts';
import { playBots } from './support/bot-match.ts';
import { BADGES } from './support/canned-answers.ts';
import { openPage } from './support/chromium.ts';
import { countDrawing, drawnIn, pictureOf } from './support/drawing.ts';
import { PATIENT } from './support/probes.ts';
import { oneVisitor } from './support/visitor.ts';
import { playScene, SCENES, setScene, type Scene } from './support/scenes.ts';
import { showDevice, showHealth, showMoment, showState } from './support/scoreboards.ts';

/** Nothing is looked at here but whether there is something to draw. */
const SMALL = { width: 640, height: 480 };
/** Frames of the screen in which something that moves is drawn, or nothing is. */
const FRAMES = 20;

describe.skipIf(missing('chromium'))('what is drawn', () => {
  const visitor = oneVisitor();

  /** The page of somebody who comes for the first time. */
  async function open(path = '', { viewport = SMALL, calm = false } = {}): Promise<Page> {
    const { page } = visitor;
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: calm ? 'reduce' : null });
    await visitor.come(path);
    await page.locator('canvas').first().waitFor();
    await countDrawing(page);
    return page;
  }

  /** A court on which the ball stands in the air, and nothing else happens. */
  async function openStill(name: Scene['name'], options = {}): Promise<Page> {
    const scene = sceneOf(name);
    setScene(visitor.classroom, scene);
    const page = await open('', options);
    playScene(visitor.classroom, scene);
    await still(page);
    return page;
  }

  it('each phase once, and nothing while it stands still', async () => {
    const page = await openStill('four');
    for (const name of ['waiting', 'countdown', 'paused', 'over']) {
      const drawn = await calls(page);
      setScene(visitor.classroom, sceneOf(name));
      await page.locator(`.stage.${name}`).waitFor();
      playScene(visitor.classroom, sceneOf(name));
      await expect.poll(() => calls(page), PATIENT).toBeGreaterThan(drawn);
      await still(page);
    }
    expect(await drawnIn(page, 2 * FRAMES)).toBe(0);
  });

  it('the lab: nothing while it stands still', async () => {
    setScene(visitor.classroom, sceneOf('lab'));
    const page = await open('lab');
    playScene(visitor.classroom, sceneOf('lab'));
    await still(page);
    const match = playBots(visitor.classroom, { seats: [0, 1] });
    onTestFinished(match.stop);
    await moves(page);
    match.stop();
    await still(page);
  });

  it('a game that draws itself: a moment that is told again and again is drawn once', async () => {
    showMoment(visitor.classroom, { game: 'rps', parameters: {} });
    const page = await open();
    let [state, tick] = [rps.join(rps.initial(withDefaults(rps.parameters), 1, 60), 0), 0];
    const telling = setInterval(() => {
      const snapshot = { type: 'SNAPSHOT', tick: (tick += 1), phase: 'playing', view: rps.view(state) } as const;
      visitor.classroom.publish(topics.state('main'), encode(snapshot));
    }, 1000 / 60);
    onTestFinished(() => clearInterval(telling));
    await eventually(async () => (await calls(page)) > 0);
    await still(page);
    const drawn = await calls(page);
    state = rps.join(state, 1);
    await expect.poll(() => calls(page), PATIENT).toBeGreaterThan(drawn);
    await still(page);
  });

  it('a match that is played, and nothing any more when it stands still', async () => {
    const page = await openStill('two');
    const match = playBots(visitor.classroom, { seats: [0, 1] });
    onTestFinished(match.stop);
    await moves(page);
    await moves(page);
    match.stop();
    await still(page);
  });

  it('each glow until it has gone, and then the picture as it was', async () => {
    const page = await openStill('four');
    const before = await pictureOf(page);
    for (const event of ['point', 'bounce', 'serve', 'win']) {
      const drawn = await calls(page);
      visitor.classroom.publishJson(topics.events('main'), { event, tick: 101, seat: 'up', device: null });
      await expect.poll(() => calls(page), PATIENT).toBeGreaterThan(drawn);
      await still(page);
      expect(await pictureOf(page), event).toBe(before);
    }
  });

  it('no glow at all for readers who ask for less motion', async () => {
    const page = await openStill('four', { calm: true });
    for (const event of ['point', 'bounce', 'serve', 'win'])
      visitor.classroom.publishJson(topics.events('main'), { event, tick: 101, seat: 'up', device: null });
    showDevice(visitor.classroom, 'last', { name: 'Came last', kind: 'board', link: 'serial' });
    await page.getByText('Came last').waitFor();
    expect(await drawnIn(page, FRAMES)).toBe(0);
  });

  it('another score, another size, other colours, at once', async () => {
    const page = await openStill('two');
    const shown = [await pictureOf(page)];
    const changes = async (change: () => unknown): Promise<void> => {
      await change();
      await expect.poll(async () => shown.includes(await pictureOf(page)), PATIENT).toBe(false);
      await still(page);
      shown.push(await pictureOf(page));
    };
    await changes(() => page.emulateMedia({ colorScheme: 'dark' }));
    await changes(() => page.setViewportSize({ width: 1000, height: 700 }));
    await changes(() => showMoment(visitor.classroom, { points: [3, 4, null, null], away: [1] }));
    await changes(() => showMoment(visitor.classroom, { points: [3, 4, 0, null] }));
  });

  it('the wait for a serve as it runs out', async () => {
    const page = await openStill('two');
    let state = pong.initial(withDefaults(pong.parameters), 1, 60);
    for (const seat of [0, 1]) state = pong.join(state, seat);
    for (const [tick, wait] of [
      [200, 60],
      [260, 30],
    ] as const) {
      const drawn = await calls(page);
      showState(visitor.classroom, { ...state, rally: { ...state.rally, server: 0, wait } }, tick);
      await expect.poll(() => calls(page), PATIENT).toBeGreaterThan(drawn);
      await still(page);
    }
  });

  it('moments of play are told to pages that show them, and to no others', async () => {
    showMoment(visitor.classroom);
    const match = playBots(visitor.classroom, { seats: [0, 1] });
    onTestFinished(match.stop);
    const { page } = await openPage(visitor.browser, `${visitor.classroom.url}health`);
    onTestFinished(() => page.context().close());
    let told = 0;
    const state = Buffer.from(topics.state('main'));
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => (told += Buffer.from(payload).includes(state) ? 1 : 0));
    });
    await page.reload();
    /** How many come until the page has heard of another board. */
    let boards = 0;
    const toldUntilHeard = async (): Promise<number> => {
      const before = told;
      const name = `Board number ${(boards += 1)}`;
      showHealth(visitor.classroom, 'ok', [Object.assign({}, BADGES[0], { name })]);
      await page.getByText(name, { exact: true }).first().waitFor();
      return told - before;
    };
    expect(await toldUntilHeard()).toBe(0);
    await page.getByRole('link', { name: 'Court' }).click();
    await expect.poll(() => told, PATIENT).toBeGreaterThan(0);
    await page.locator('canvas').waitFor();
    await page.getByRole('link', { name: 'Health' }).click();
    await expect.poll(toldUntilHeard, PATIENT).toBe(0);
  });

  it('no tile that is out of sight, until it is scrolled to', async () => {
    const page = await openStill('four rooms', { viewport: { width: 360, height: 640 } });
    const last = page.locator('canvas').last();
    expect((await last.boundingBox())?.y).toBeGreaterThan(1.25 * 640);
    const match = playBots(visitor.classroom, { room: 'west', seats: [0, 1, 2, 3] });
    onTestFinished(match.stop);
    const begun = match.state();
    await eventually(() => match.state() !== begun);
    showDevice(visitor.classroom, 'last', { name: 'Came last', kind: 'board', link: 'serial' });
    await page.getByText('Came last').waitFor();
    expect(await drawnIn(page, FRAMES)).toBe(0);
    await last.scrollIntoViewIfNeeded();
    await moves(page);
  });
});

const sceneOf = (name: string): Scene => SCENES.find((one) => one.name === name) as Scene;

/** Calls so far. */
const calls = (page: Page): Promise<number> => page.evaluate<number>('window.drawn');

const still = (page: Page) => expect.poll(() => drawnIn(page, FRAMES), PATIENT).toBe(0);
const moves = (page: Page) => expect.poll(() => drawnIn(page, FRAMES), PATIENT).toBeGreaterThan(0);
