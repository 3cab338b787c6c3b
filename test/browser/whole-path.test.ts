/**
 * The whole path with nothing fake but the outermost wire: a press on a pin of an emulated Uno with the real firmware,
 * a serial port, the real hub, and its own page in a real browser.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RigBoard } from '../../hardware/emulator/rig.ts';
import type { Session } from '../../hub/lobby/session.ts';
import type { Room } from '../../hub/rooms/room.ts';
import { decode } from '../../shared/contract/codec.ts';
import { BUTTON } from '../../shared/contract/messages.ts';
import { topics } from '../../shared/contract/topics.ts';
import { readPongView } from '../../shared/games/pong/view.ts';
import { compiledUrl } from '../../shared/package-files.ts';
import { BACKWARD, Bench, FORWARD, settledOn } from '../support/boards.ts';
import { eventually } from '../support/eventually.ts';
import { spawnHub, startHub, temporaryFolder, type RunningHub } from '../support/hubs.ts';
import { mqttClient, RawDevice } from '../support/mqtt-clients.ts';
import { missing } from '../support/needs.ts';
import { launchChromium, openPage, type Watched } from './support/chromium.ts';
import { colourOf, pixelAt, shownScores, waitForNewPictures } from './support/probes.ts';

/** The middle of the left paddle's way, and both its ends, on the default court. */
const LEFT = { x: 49.5, middle: 300, top: 30, bottom: 570 } as const;
/** Points in seconds, and a match that lasts. */
const LIVELY = {
  PADDLEWIRE_PONG_BALL_SPEED: '20000',
  PADDLEWIRE_PONG_PADDLE_SPEED: '10000',
  PADDLEWIRE_PONG_SERVE_MS: '100',
  PADDLEWIRE_PONG_TARGET: '99',
};

interface Stage {
  readonly bench: Bench;
  readonly running: RunningHub;
  readonly board: RigBoard;
  /** The board as the hub knows it. */
  readonly session: Session;
}

/** A hub, a board on the left, a player by MQTT on the right, and a match that is on. */
async function play(): Promise<Stage> {
  const bench = await Bench.start();
  const running = await bench.hub(LIVELY);
  const board = await bench.plug('first');
  const session = await settledOn(running, board);
  await idler(running.url);
  await eventually(() => roomOf(running).phase === 'playing');
  return { bench, running, board, session };
}

/** Sits on the right and keeps out of the ball's way, so that the board on the left soon has points. */
async function idler(url: string): Promise<void> {
  const device = await RawDevice.seated(url, 'other', 'right');
  device.send({ type: 'INPUT', seq: 1, time: 0, buttons: BUTTON.up, axis: null });
}

const roomOf = ({ hub }: RunningHub): Room => hub.rooms.get('main') as Room;

/** Whether the left paddle is drawn at a place of its way. */
async function isPaddleAt(page: Page, y: number): Promise<boolean> {
  const [pixel, colour] = [await pixelAt(page, LEFT.x, y), await colourOf(page, '--left')];
  return pixel.join() === colour.join();
}

const says = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

describe.skipIf(missing('chromium', 'pty'))('from a pin to the page of the hub', () => {
  let browser: Browser;

  beforeAll(async () => {
    expect(existsSync(compiledUrl('hub/dashboard/index.html')), 'npm run build makes the page').toBe(true);
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  /** The hub's page. */
  async function open({ http }: { readonly http: string }): Promise<Watched> {
    const watched = await openPage(browser, http);
    onTestFinished(() => watched.page.context().close());
    return watched;
  }

  it('a press moves the paddle on the court; names and points are those of the hub', async () => {
    const { running, board, session } = await play();
    const { page, complaints } = await open(running);
    await eventually(() => isPaddleAt(page, LEFT.middle));
    await board.press(BACKWARD);
    await eventually(() => isPaddleAt(page, LEFT.top));
    expect(await isPaddleAt(page, LEFT.middle)).toBe(false);
    await board.release(BACKWARD);
    await board.press(FORWARD);
    await eventually(() => isPaddleAt(page, LEFT.bottom));
    await board.release(FORWARD);
    expect(await page.locator('.seat.left .name').innerText()).toBe(session.name);
    expect(await page.locator('.seat.right .name').innerText()).toBe(running.hub.lobby.session('other')?.name);
    await eventually(() => roomOf(running).totals.points >= 3);
    // The points stand still, so that page and hub are asked the same.
    roomOf(running).pause();
    const [left, right] = roomOf(running).summary().scores;
    await eventually(async () => (await shownScores(page)).join() === `${left},${right}`);
    await says(page, 'The teacher stopped the clock');
    expect(complaints).toEqual([]);
  });

  it('a board that is pulled pauses the match; under another path it plays on with its points', async () => {
    const { bench, running, board, session } = await play();
    const { page, complaints } = await open(running);
    const room = roomOf(running);
    await eventually(() => (room.summary().scores[0] ?? 0) >= 1);
    await board.unplug();
    await page.getByRole('heading', { name: 'Paused' }).waitFor();
    await says(page, `${session.name} lost the link`);
    await page.locator('.seat.left').getByText('link lost').waitFor();
    const [scored = 0] = room.summary().scores;
    const { match } = room.summary();
    await eventually(async () => (await shownScores(page))[0] === scored);
    await board.plug({ linkPath: bench.path('second') });
    await page.getByRole('heading', { name: 'Paused' }).waitFor({ state: 'detached' });
    await waitForNewPictures(page, 5);
    expect(room.summary().match).toBe(match);
    expect((await shownScores(page))[0]).toBeGreaterThanOrEqual(scored);
    expect(room.seats.of(session.id)).toMatchObject({ name: 'left', present: true });
    // It plays, too.
    await board.press(BACKWARD);
    await eventually(() => isPaddleAt(page, LEFT.top));
    expect(complaints).toEqual([]);
  });

  it('a page that is opened during a pause shows the moment at which play stopped', async () => {
    const { running, board } = await play();
    const { received } = await mqttClient(running.url, {}, [topics.state('main')]);
    await board.press(BACKWARD);
    await eventually(() => {
      const payload = received.at(-1)?.payload;
      const message = payload === undefined ? undefined : decode(payload).message;
      return message?.type === 'SNAPSHOT' && readPongView(message.view)?.paddles[0] === LEFT.top;
    });
    await board.unplug();
    await eventually(() => roomOf(running).phase === 'paused');
    const { page, complaints } = await open(running);
    await says(page, 'lost the link');
    await eventually(() => isPaddleAt(page, LEFT.top));
    expect(await isPaddleAt(page, LEFT.middle)).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('a hub that dies is missed; started again on its ports, page and board find it, with all points shown', async () => {
    const bench = await Bench.start();
    const args = ['--data', temporaryFolder(), '--serial', join(bench.folder, 'port-*')];
    const hub = await spawnHub(args, LIVELY);
    const board = await bench.plug('first');
    await idler(hub.url);
    const { page, complaints } = await open(hub);
    await says(page, /^Connected$/);
    await eventually(async () => (await shownLifetime(page, 'left')) >= 1);
    expect(complaints).toEqual([]);
    const name = await page.locator('.seat.left .name').innerText();
    const shown = [await shownLifetime(page, 'left'), await shownLifetime(page, 'right')];
    await hub.kill();
    await says(page, 'not reachable');
    const { httpPort, mqttPort } = hub.address;
    const again = await spawnHub([...args, '--http-port', `${httpPort}`, '--mqtt-port', `${mqttPort}`], LIVELY);
    await page.getByText('not reachable').waitFor({ state: 'hidden' });
    await says(page, /^Connected$/);
    await idler(again.url);
    await page.locator('.seat.left .name').getByText(name, { exact: true }).waitFor();
    await board.press(BACKWARD);
    await eventually(() => isPaddleAt(page, LEFT.top));
    expect(await shownLifetime(page, 'left')).toBeGreaterThanOrEqual(shown[0] ?? 0);
    expect(await shownLifetime(page, 'right')).toBeGreaterThanOrEqual(shown[1] ?? 0);
    // The browser itself notes each try that found nobody; the page has no complaint of its own.
    expect(complaints.filter((text) => !/WebSocket connection to .* failed/.test(text))).toEqual([]);
  });

  it('a hub that is stopped does not wait for the pages that watch it', async () => {
    const running = await startHub();
    const { page } = await open(running);
    await says(page, /^Connected$/);
    await running.hub.stop();
    await says(page, 'not reachable');
  });
});

/** The lifetime points beside a seat; those are on the hub's disk. */
async function shownLifetime(page: Page, seat: string): Promise<number> {
  const [text = ''] = await page.locator(`.seat.${seat} .lifetime`).allInnerTexts();
  return Number(/All time: (\d+) point/.exec(text)?.[1] ?? 0);
}
