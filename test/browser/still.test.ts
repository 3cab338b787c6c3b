/** A page draws when its picture is another one, and not otherwise: nothing while nothing moves, and all that moves. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { topics } from '../../shared/contract/topics.ts';
import { withDefaults } from '../../shared/games/game.ts';
import { pong } from '../../shared/games/pong/pong.ts';
import { eventually } from '../support/eventually.ts';
import { missing } from '../support/needs.ts';
import { playBots } from './support/bot-match.ts';
import { launchChromium, openPage } from './support/chromium.ts';
import { buildDashboard, Classroom } from './support/classroom.ts';
import { countDrawing, drawnIn, pictureOf } from './support/drawing.ts';
import { PATIENT } from './support/probes.ts';
import { playScene, SCENES, setScene, type Scene } from './support/scenes.ts';
import { showDevice, showMoment, showState } from './support/scoreboards.ts';

/** Frames of the screen in which something that moves is drawn, or nothing is. */
const FRAMES = 20;

describe.skipIf(missing('chromium'))('what is drawn', () => {
  let browser: Browser;
  let built: Awaited<ReturnType<typeof buildDashboard>>;
  let classroom: Classroom;
  beforeAll(async () => {
    built = await buildDashboard();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await built.remove();
  });
  beforeEach(async () => {
    classroom = new Classroom(built.folder);
    await classroom.start();
    return () => classroom.stop();
  });

  async function open(path = '', options = {}): Promise<Page> {
    const { page } = await openPage(browser, `${classroom.url}${path}`, options);
    onTestFinished(() => page.context().close());
    await page.locator('canvas').first().waitFor();
    await countDrawing(page);
    return page;
  }

  /** A court on which the ball stands in the air, and nothing else happens. */
  async function openStill(name: Scene['name'], options = {}): Promise<Page> {
    const scene = SCENES.find((one) => one.name === name) as Scene;
    setScene(classroom, scene);
    const page = await open('', options);
    playScene(classroom, scene);
    await still(page);
    return page;
  }

  it.each(['waiting', 'countdown', 'paused', 'over', 'four', 'four rooms'])(
    '%s: nothing while it stands still',
    async (name) => {
      const page = await openStill(name);
      expect(await drawnIn(page, 2 * FRAMES)).toBe(0);
    },
  );

  it('a match that is played, and nothing any more when it stands still', async () => {
    const page = await openStill('two');
    const match = playBots(classroom, { seats: [0, 1] });
    onTestFinished(match.stop);
    await moves(page);
    await moves(page);
    match.stop();
    await still(page);
  });

  it.each(['point', 'bounce', 'serve', 'win'])(
    'the glow of a %s until it has gone, and then the picture as it was',
    async (event) => {
      const page = await openStill('four');
      const before = await pictureOf(page);
      const drawn = await calls(page);
      classroom.publishJson(topics.events('main'), { event, tick: 101, seat: 'up', device: null });
      await expect.poll(() => calls(page), PATIENT).toBeGreaterThan(drawn);
      await still(page);
      expect(await pictureOf(page)).toBe(before);
    },
  );

  it('no glow at all for readers who ask for less motion', async () => {
    const page = await openStill('four', { reducedMotion: 'reduce' });
    for (const event of ['point', 'bounce', 'serve', 'win'])
      classroom.publishJson(topics.events('main'), { event, tick: 101, seat: 'up', device: null });
    showDevice(classroom, 'last', { name: 'Came last', kind: 'board', link: 'serial' });
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
    await changes(() => showMoment(classroom, { points: [3, 4, null, null], away: [1] }));
    await changes(() => showMoment(classroom, { points: [3, 4, 0, null] }));
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
      showState(classroom, { ...state, rally: { ...state.rally, server: 0, wait } }, tick);
      await expect.poll(() => calls(page), PATIENT).toBeGreaterThan(drawn);
      await still(page);
    }
  });

  it('no tile that is out of sight, until it is scrolled to', async () => {
    const page = await openStill('four rooms', { viewport: { width: 360, height: 640 } });
    const last = page.locator('canvas').last();
    expect((await last.boundingBox())?.y).toBeGreaterThan(1.25 * 640);
    const match = playBots(classroom, { room: 'west', seats: [0, 1, 2, 3] });
    onTestFinished(match.stop);
    const begun = match.state();
    await eventually(() => match.state() !== begun);
    showDevice(classroom, 'last', { name: 'Came last', kind: 'board', link: 'serial' });
    await page.getByText('Came last').waitFor();
    expect(await drawnIn(page, FRAMES)).toBe(0);
    await last.scrollIntoViewIfNeeded();
    await moves(page);
  });
});

/** Calls so far. */
const calls = (page: Page): Promise<number> => page.evaluate<number>('window.drawn');

const still = (page: Page) => expect.poll(() => drawnIn(page, FRAMES), PATIENT).toBe(0);
const moves = (page: Page) => expect.poll(() => drawnIn(page, FRAMES), PATIENT).toBeGreaterThan(0);
