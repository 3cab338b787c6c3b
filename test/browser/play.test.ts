/** The play page against a real hub: joining, steering, coming back, and several players at one keyboard. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Bench, seatedOn } from '../support/boards.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type RunningHub } from '../support/hubs.ts';
import { missing } from '../support/needs.ts';
import { launchChromium, openPage, type Watched } from './support/chromium.ts';
import { colourOf, PATIENT, pixelAt } from './support/probes.ts';
import { sitDown } from './support/opponent.ts';
import {
  pagesSeated,
  PHONE,
  PIN,
  playing,
  seatedAs,
  Spectator,
  tableIsClear,
  takeName,
  tapPin,
  tellHub,
  touch,
  WITH_PIN,
} from './support/play-page.ts';

describe.skipIf(missing('chromium'))('the play page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  const openPlay = async ({ http }: RunningHub, query = '', options = {}): Promise<Watched> => {
    const watched = await openPage(browser, `${http}/play${query}`, options);
    onTestFinished(() => watched.page.context().close());
    return watched;
  };

  it.skipIf(missing('pty'))(
    'joins a board by PIN on a phone, and its touch zones move the paddle of its seat',
    async () => {
      const bench = await Bench.start();
      const running = await bench.hub(WITH_PIN);
      await bench.plug('one');
      await seatedOn(running, bench.path('one'));
      const { page, complaints } = await openPlay(running, '', PHONE);
      await tapPin(page, '1234');
      await page.getByText('does not know this PIN').waitFor();
      await tapPin(page, PIN);
      const player = await seatedAs(running, await takeName(page));
      const spectator = await Spectator.watch(running);
      await playing(running);
      await tableIsClear(page);
      // The board sits left, the phone right; its own side is at the bottom, so the court's top is to its right.
      expect(player.seat.name).toBe('right');
      const moved = spectator.moves(player.seat.index, -1);
      await touch(page, 'touchStart', 'right');
      await moved;
      await touch(page, 'touchEnd', 'right');
      await spectator.rests(player.seat.index, player);
      const back = spectator.moves(player.seat.index, 1);
      await touch(page, 'touchStart', 'left');
      await back;
      await touch(page, 'touchEnd', 'left');
      expect(complaints).toEqual([]);
    },
  );

  it('has a slider, and the paddle goes where the thumb is on a turned court', async () => {
    const running = await startHub();
    sitDown(running.url, { side: 'left' });
    const { page, complaints } = await openPlay(running, '', PHONE);
    const player = await seatedAs(running, await takeName(page));
    const spectator = await Spectator.watch(running);
    await playing(running);
    await tableIsClear(page);
    await page.getByRole('button', { name: 'Slider' }).tap();
    // It sits right, turned to the bottom: the court's top is on the right of the screen.
    const up = spectator.moves(player.seat.index, -1);
    await page.getByRole('slider').fill('4095');
    await eventually(() => player.session.sensedNow.axis === 0);
    await up;
    const down = spectator.moves(player.seat.index, 1);
    await page.getByRole('slider').fill('0');
    await eventually(() => player.session.sensedNow.axis === 4095);
    await down;
    await page.getByRole('button', { name: 'Arrows' }).tap();
    await eventually(() => player.seat.command === 0);
    expect(complaints).toEqual([]);
  });

  it('needs a tap only when it was opened by the QR code, and shows no PIN afterwards', async () => {
    const running = await startHub({}, WITH_PIN);
    const { page, complaints } = await openPlay(running, `?pin=${PIN}&room=main`, PHONE);
    const name = await takeName(page);
    await seatedAs(running, name);
    await page.getByText('Waiting for players').waitFor();
    expect(page.url()).not.toContain(PIN);
    expect(complaints).toEqual([]);
  });

  it('has the same seat after a reload', async () => {
    const running = await startHub({}, WITH_PIN);
    sitDown(running.url, { side: 'left', secret: PIN });
    const { page, complaints } = await openPlay(running, `?pin=${PIN}`);
    const { session, seat } = await seatedAs(running, await takeName(page));
    await playing(running);
    const births = session.births;
    await page.reload();
    await eventually(() => session.births > births && seat.present);
    await playing(running);
    await tableIsClear(page);
    expect(running.hub.rooms.get('main')?.seats.of(session.id)).toBe(seat);
    await page.keyboard.down('ArrowUp');
    await eventually(() => seat.command === 1);
    await page.keyboard.up('ArrowUp');
    await eventually(() => seat.command === 0);
    expect(pagesSeated(running)).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('is another device in a second tab, and each has its own seat', async () => {
    const running = await startHub();
    const one = await openPlay(running);
    const first = await seatedAs(running, await takeName(one.page));
    const second = await one.page.context().newPage();
    second.setDefaultTimeout(0);
    await second.goto(one.page.url());
    await second.locator('.names button').first().click();
    await eventually(() => pagesSeated(running).length === 2);
    await second.reload();
    const ids = (): Set<string> => new Set(pagesSeated(running).map(({ session }) => session.id));
    await playing(running);
    await tableIsClear(second);
    await eventually(() => ids().size === 2 && ids().has(first.session.id));
    expect(one.complaints).toEqual([]);
  });

  it('becomes another device when a tab that cannot be asked has its id', async () => {
    const running = await startHub();
    const { page } = await openPlay(running);
    await seatedAs(running, await takeName(page));
    const second = await page.context().newPage();
    second.setDefaultTimeout(0);
    await second.addInitScript('BroadcastChannel = class extends EventTarget { postMessage() {} close() {} }');
    await second.goto(page.url());
    await eventually(() => pagesSeated(running).length === 2);
    await playing(running);
    await tableIsClear(page);
    await tableIsClear(second);
  });

  it('takes a second player at the same keyboard, and each key moves its own paddle', async () => {
    const running = await startHub();
    const { page, complaints } = await openPlay(running);
    const first = await seatedAs(running, await takeName(page));
    await page.getByRole('button', { name: 'Add a player on this keyboard' }).click();
    await page.getByRole('button', { name: /W A S D/ }).click();
    const second = await eventually(() => pagesSeated(running).find(({ session }) => session.id !== first.session.id));
    await playing(running);
    await page.keyboard.down('ArrowDown');
    await page.keyboard.down('KeyW');
    await eventually(() => first.seat.command === 2 && second.seat.command === 1);
    await page.keyboard.up('ArrowDown');
    await eventually(() => first.seat.command === 0);
    expect(second.seat.command).toBe(1);
    await page.keyboard.up('KeyW');
    await eventually(() => second.seat.command === 0);
    // Both are there again after a reload.
    const births = [first.session.births, second.session.births] as const;
    await page.reload();
    await eventually(() => first.session.births > births[0] && second.session.births > births[1]);
    await playing(running);
    const both = String([first.session.id, second.session.id].toSorted());
    await eventually(
      () =>
        String(
          pagesSeated(running)
            .map(({ session }) => session.id)
            .toSorted(),
        ) === both,
    );
    expect(complaints).toEqual([]);
  });

  it('comes back to its seat by itself when the link was cut', async () => {
    const running = await startHub({}, WITH_PIN);
    sitDown(running.url, { secret: PIN });
    const { page, complaints } = await openPlay(running, `?pin=${PIN}`);
    const { session, seat } = await seatedAs(running, await takeName(page));
    await playing(running);
    await page.keyboard.down('ArrowDown');
    await eventually(() => seat.command === 2);
    session.link?.close('port-lost');
    await eventually(() => session.link !== null && seat.present);
    // What is still held counts again, without another press.
    await eventually(() => seat.command === 2);
    await playing(running);
    await tableIsClear(page);
    await page.keyboard.up('ArrowDown');
    await eventually(() => seat.command === 0);
    expect(complaints).toEqual([]);
  });

  it('waits for a seat when all are taken, and takes the next free one', async () => {
    const running = await startHub();
    const others = ['left', 'right', 'up', 'down'].map((side) => sitDown(running.url, { side }));
    await eventually(() => running.hub.rooms.get('main')?.seats.free.length === 0);
    const { page } = await openPlay(running);
    const name = await takeName(page);
    await page.getByText('Every seat is taken').waitFor();
    await others[2]?.stop();
    const { seat } = await seatedAs(running, name);
    expect(seat.name).toBe('up');
  });

  it('is a buzzer in a game of presses', async () => {
    const running = await startHub({ 'rooms.names': ['main:reaction'] });
    sitDown(running.url);
    const { page, complaints } = await openPlay(running, '', PHONE);
    const { session } = await seatedAs(running, await takeName(page));
    await playing(running);
    await page.getByText('Wait for the light').waitFor();
    const before = session.counters.inputs;
    await page.getByRole('button', { name: 'Press!' }).tap();
    await page.getByText('Too early').waitFor();
    await eventually(() => session.counters.inputs >= before + 2);
    expect(complaints).toEqual([]);
  });

  it('says that the teacher has paused, and how a match ended', async () => {
    const running = await startHub({}, { PADDLEWIRE_PONG_TARGET: '1', PADDLEWIRE_PONG_BALL_SPEED: '20000' });
    sitDown(running.url, { side: 'left' });
    const { page, complaints } = await openPlay(running);
    await seatedAs(running, await takeName(page));
    const room = running.hub.rooms.get('main');
    await playing(running);
    room?.pause();
    await page.getByText('The teacher stopped the clock').waitFor();
    room?.resume();
    await page.getByText(/Place [12] of 2/).waitFor();
    expect(complaints).toEqual([]);
  });

  it('moves its paddle at once though the hub does not answer, and says that the hub is silent', async () => {
    const running = await startHub();
    sitDown(running.url, { side: 'right' });
    const { page, complaints } = await openPlay(running);
    const { seat } = await seatedAs(running, await takeName(page));
    expect(seat.name).toBe('left');
    await playing(running);
    await tableIsClear(page);
    await page.keyboard.down('ArrowUp');
    await eventually(() => seat.command === 1);
    for (const ticker of running.hub.tickers) ticker.stop();
    await page.getByText('The hub is silent').waitFor();
    // Its end of the way is the top; nobody but the page has moved it there.
    const blue = await colourOf(page, '--left');
    await expect.poll(() => pixelAt(page, 49.5, 12), PATIENT).toEqual(blue);
    await page.keyboard.up('ArrowUp');
    await page.keyboard.down('ArrowDown');
    await expect.poll(() => pixelAt(page, 49.5, 588), PATIENT).toEqual(blue);
    for (const ticker of running.hub.tickers) ticker.start();
    await expect.poll(() => page.getByText('The hub is silent').count(), PATIENT).toBe(0);
    await eventually(() => seat.command === 2);
    expect(complaints).toEqual([]);
  });

  it('says when the teacher takes its seat, locks the lobby or bans it, and comes back when it may', async () => {
    const running = await startHub();
    const { page, complaints } = await openPlay(running);
    const name = await takeName(page);
    const { session } = await seatedAs(running, name);
    const tell = (path: string, body: object = {}): Promise<unknown> => tellHub(running.http, path, body);
    await tell(`/api/devices/${session.id}/kick`);
    await page.getByText('The teacher took your seat').waitFor();
    await tell('/api/hub', { locked: true });
    await page.getByRole('button', { name: 'Take a seat' }).click();
    await page.getByText('The lobby is locked').waitFor();
    await tell('/api/hub', { locked: false });
    await seatedAs(running, name);
    await tell(`/api/devices/${session.id}/ban`, { banned: true });
    await page.getByText('does not let this device play').waitFor();
    await tell(`/api/devices/${session.id}/ban`, { banned: false });
    await seatedAs(running, name);
    await page.getByText('Waiting for players').waitFor();
    expect(complaints).toEqual([]);
  });

  it('stays who it is when it was out of sight, and gives its seat back when it leaves', async () => {
    const running = await startHub();
    const { page, complaints } = await openPlay(running);
    const { session } = await seatedAs(running, await takeName(page));
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByText('You have left').waitFor();
    await eventually(() => pagesSeated(running).length === 0);
    await page.getByRole('button', { name: 'Take a seat' }).click();
    await eventually(() => pagesSeated(running).length === 1);
    expect(pagesSeated(running)[0]?.session).toBe(session);
    expect(complaints).toEqual([]);
  });
});
