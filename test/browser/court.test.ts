/** The court page in a real browser: it draws what is played, comes back by itself, and needs nothing but the hub. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'uqr';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { withDefaults } from '../../shared/games/game.ts';
import { pong } from '../../shared/games/pong/pong.ts';
import type { PongState } from '../../shared/games/pong/state.ts';
import { topics } from '../../shared/contract/topics.ts';
import { missing } from '../support/needs.ts';
import { playBots } from './support/bot-match.ts';
import { colourOf, PATIENT, pixelAt, shownPoints, shownScores, waitForNewPictures } from './support/probes.ts';
import type { Watched } from './support/chromium.ts';
import { buildDashboard } from './support/classroom.ts';
import { oneVisitor } from './support/visitor.ts';
import { PLAYERS, showDevice, showHealth, showMoment, showState } from './support/scoreboards.ts';

const noChromium = missing('chromium');
/** A lively match: points come every few seconds. */
const FAST = { ballSpeed: 12_000, paddleSpeed: 6000, serveMs: 200, target: 99 };

let folder = '';
let removeFolder = async (): Promise<void> => {};

beforeAll(async () => {
  const built = await buildDashboard();
  [folder, removeFolder] = [built.folder, built.remove];
});
afterAll(() => removeFolder());

it('the built page loads nothing from another host and has no script or style of its own in it', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  expect(page).not.toMatch(/https?:\/\//);
  expect(page).not.toMatch(/<script(?![^>]*src=)|<style|style=|\son\w+=/);
});

describe.skipIf(noChromium)('in Chromium', () => {
  const visitor = oneVisitor();
  const after: (() => void)[] = [];

  afterEach(() => {
    for (const end of after.splice(0)) end();
  });

  /** The court, as somebody sees it who comes for the first time. */
  const open = (): Promise<Watched> => visitor.come();

  function play(...args: Parameters<typeof playBots>): ReturnType<typeof playBots> {
    const match = playBots(...args);
    after.push(match.stop);
    return match;
  }

  it('shows a court that moves and scores that rise, without one complaint under the strict policy', async () => {
    const match = play(visitor.classroom, { seats: [0, 1, 2, 3], parameters: FAST });
    const { page, complaints } = await open();
    await waitForNewPictures(page, 30);
    await expect.poll(() => shownPoints(page), PATIENT).toBeGreaterThan(2);
    await expect.poll(async () => (await shownScores(page)).join(), PATIENT).toBe(pong.scores(match.state()).join());
    expect(complaints).toEqual([]);
  });

  it('draws ball and paddles where the snapshot says', async () => {
    showMoment(visitor.classroom, { points: [3, 0, null, null] });
    const { page } = await open();
    await page.getByText('Players').waitFor();
    showState(visitor.classroom, stateWith(225, 150), 100);
    const ink = await colourOf(page, '--ink');
    await expect.poll(() => pixelAt(page, 225, 150), PATIENT).toEqual(ink);
    expect(await pixelAt(page, 225 - 18, 150)).not.toEqual(ink);
    expect(await pixelAt(page, 49.5, 300)).toEqual(await colourOf(page, '--left'));
    expect(await pixelAt(page, 850.5, 300)).toEqual(await colourOf(page, '--right'));
  });

  it('ignores a snapshot that is older than what it shows', async () => {
    showMoment(visitor.classroom);
    const { page } = await open();
    const ink = await colourOf(page, '--ink');
    await page.getByText('Players').waitFor();
    showState(visitor.classroom, stateWith(225, 150), 100);
    showState(visitor.classroom, stateWith(225, 150), 101);
    showState(visitor.classroom, stateWith(600, 400), 60);
    // Without a seat it is listed as waiting.
    showDevice(visitor.classroom, 'last', { name: 'Came last', kind: 'board', link: 'serial' });
    await page.getByText('Came last').waitFor();
    await expect.poll(() => pixelAt(page, 225, 150), PATIENT).toEqual(ink);
    expect(await pixelAt(page, 600, 400)).not.toEqual(ink);
  });

  it('says that the hub is away, and is back by itself when the hub is', async () => {
    play(visitor.classroom, { seats: [0, 1], parameters: FAST });
    const { page } = await open();
    await waitForNewPictures(page, 5);
    const banner = page.getByText('not reachable');
    expect(await banner.isVisible()).toBe(false);
    await visitor.classroom.stop();
    await banner.waitFor();
    await visitor.classroom.start();
    await banner.waitFor({ state: 'hidden' });
    await waitForNewPictures(page, 20);
  });

  it('forgets devices and rooms that a restarted hub no longer tells of', async () => {
    showMoment(visitor.classroom, { room: 'main' });
    showMoment(visitor.classroom, { room: 'workshop' });
    showDevice(visitor.classroom, 'old', { name: 'Old board', kind: 'board', link: 'serial' });
    const { page } = await open();
    await page.getByText('Old board').waitFor();
    await page.getByText('Room workshop').waitFor();
    await visitor.classroom.stop();
    await visitor.classroom.start();
    showMoment(visitor.classroom, { room: 'main' });
    await page.getByText('Old board').waitFor({ state: 'detached' });
    await page.getByText('Room workshop').waitFor({ state: 'detached' });
    expect(await page.locator('canvas').count()).toBe(1);
  });

  it('tells each phase in words, and the winner only when the result is on disk', async () => {
    const { page } = await open();
    const notice = page.locator('.notice');
    const said = async (moment: Parameters<typeof showMoment>[1], title: string): Promise<string> => {
      showMoment(visitor.classroom, moment);
      await page.getByRole('heading', { name: title }).waitFor();
      return notice.innerText();
    };
    const waiting = await said({ phase: 'waiting', match: null, points: [0, null, null, null] }, 'Waiting for players');
    expect(waiting).toMatch(/1 of at least 2 seats taken[^]*paddlewire play --host[^]*Let bots play/);
    await said({ phase: 'countdown', countdownMs: 3000 }, 'Get ready');
    await page.getByRole('img', { name: '2', exact: true }).waitFor();
    const paused = await said(
      { phase: 'paused', reason: 'device-lost', points: [2, 1, null, null], away: [1] },
      'Paused',
    );
    expect(paused).toContain('Brisk Heron lost the link');
    expect(await said({ phase: 'over', points: [5, 1, null, null] }, 'Match over')).not.toContain('Amber Otter');
    const won = await said({ phase: 'over', points: [5, 1, null, null], winner: 'left', final: true }, 'Winner');
    expect(won).toContain('Amber Otter');
    await said({ phase: 'over', points: [2, 1, null, null], winner: null, final: true }, 'Nobody won');
  });

  it('lists who waits for a seat; not who has one, sleeps, or said goodbye', async () => {
    showMoment(visitor.classroom);
    showDevice(visitor.classroom, 'uno-3f21', { ...PLAYERS[0] });
    showDevice(visitor.classroom, 'gone', { name: 'Gone home', kind: 'agent', link: null, state: 'disconnected' });
    showDevice(visitor.classroom, 'asleep', { name: 'Asleep', kind: 'board', link: 'mqtt', state: 'sleeping' });
    // It had a seat when it told; the room knows better.
    showDevice(visitor.classroom, 'pico-1', { name: 'Pico', kind: 'board', link: 'mqtt', seat: 'up' });
    const { page } = await open();
    await page.getByText('Waiting for a seat').waitFor();
    expect(await page.locator('.waiting-list li').allInnerTexts()).toEqual(['Pico']);
  });

  it('tells how to join: a code with PIN and room, the address, the PIN in large digits', async () => {
    showMoment(visitor.classroom);
    const { page } = await open();
    const code = page.getByRole('img', { name: 'A code to scan with a phone: 192.168.1.20:8080' });
    const link = 'http://192.168.1.20:8080/play?pin=4711&room=main';
    const { data } = encode(link, { ecc: 'M', border: 2 });
    const dark = data.flat().filter(Boolean).length;
    expect(((await code.locator('path').getAttribute('d')) ?? '').match(/M/g)).toHaveLength(dark);
    expect(await page.locator('.address').innerText()).toContain('192.168.1.20:8080/play');
    await page.locator('.pin').getByRole('img', { name: '4711' }).waitFor();
  });

  it('marks who is slowed in the lab, a long round trip, and a bot', async () => {
    showMoment(visitor.classroom, { lab: { left: { delayMs: 80, jitterMs: 0, lossPercent: 0 } } });
    showHealth(visitor.classroom, 'ok', [{ device: PLAYERS[1].device, roundTripMs: { p50: 81, p95: 90, p99: 99 } }]);
    const { page } = await open();
    await page.locator('.seat.left').getByText('slowed in the lab').waitFor();
    await page.locator('.seat.right .delay.long').getByText('81 ms').waitFor();
    expect(await page.locator('.seat.left .delay').count()).toBe(0);
  });

  it('lets bots play where nobody else does, and remembers that it is to be silent', async () => {
    showMoment(visitor.classroom, { phase: 'waiting', match: null, points: [0, null, null, null] });
    const { page } = await open();
    await page.getByRole('button', { name: 'Let bots play' }).click();
    const told = [{ name: 'POST /api/rooms/{room}/bots', params: { room: 'main' }, body: { count: 1 } }];
    await expect.poll(() => visitor.classroom.api.told, PATIENT).toEqual(told);
    await page.getByRole('button', { name: 'Sound is on' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Sound is off' }).waitFor();
  });

  it('lets a point and a win be heard on a page that was touched', async () => {
    showMoment(visitor.classroom);
    const { page, complaints } = await open();
    await page.getByText('Players').waitFor();
    // Counts what is played, instead of listening.
    await page.evaluate(`window.tones = 0; const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (at) { window.tones += 1; start.call(this, at); }`);
    const tones = () => page.evaluate('window.tones');
    await page.getByText('Players').click();
    visitor.classroom.publishJson(topics.events('main'), { event: 'point', tick: 2, seat: 'left', device: null });
    await expect.poll(tones, PATIENT).toBe(2);
    showMoment(visitor.classroom, { phase: 'over', points: [5, 1, null, null], winner: 'left', final: true });
    await expect.poll(tones, PATIENT).toBe(6);
    expect(complaints).toEqual([]);
  });

  it('is not shaken by payloads that are not what they should be', async () => {
    showMoment(visitor.classroom);
    const { page, complaints } = await open();
    await page.getByText('Amber Otter').first().waitFor();
    for (const junk of [
      '',
      '{',
      'null',
      '[]',
      '{"seats":5}',
      '{"phase":"playing","seats":[null,7]}',
      '\u0000'.repeat(2000),
    ]) {
      for (const topic of [
        topics.state('main'),
        topics.events('main'),
        topics.scoreboard('x'),
        topics.presence('x'),
        topics.health,
      ]) {
        visitor.classroom.publish(topic, junk);
      }
    }
    const name = '<img src=x onerror=alert(1)>';
    showDevice(visitor.classroom, 'last', { name, kind: 'board', link: 'serial' });
    await page.getByText(name).waitFor();
    expect(complaints).toEqual([]);
  });

  it('gives the court the whole screen, and is used by keyboard with a focus that shows', async () => {
    showMoment(visitor.classroom);
    const { page } = await open();
    const button = page.getByRole('button', { name: 'Full screen' });
    await button.waitFor();
    for (let tabs = 0; tabs < 40; tabs++) {
      if (await button.evaluate((element) => element.matches(':focus'))) break;
      await page.keyboard.press('Tab');
    }
    expect(await button.evaluate((element) => element.matches(':focus-visible'))).toBe(true);
    const outline = `getComputedStyle(document.activeElement).outlineStyle`;
    expect(await page.evaluate(outline)).toBe('solid');
    const before = (await page.locator('canvas').boundingBox())?.width ?? 0;
    await page.keyboard.press('Enter');
    await expect.poll(() => button.isVisible(), PATIENT).toBe(false);
    expect((await page.locator('canvas').boundingBox())?.width).toBeGreaterThan(before);
  });

  it('shows several rooms as tiles, and one of them alone when asked', async () => {
    for (const room of ['main', 'workshop', 'yard']) showMoment(visitor.classroom, { room });
    const { page } = await open();
    await expect.poll(() => page.locator('canvas').count(), PATIENT).toBe(3);
    await page.getByRole('link', { name: 'Room workshop' }).click();
    await expect.poll(() => page.locator('canvas').count(), PATIENT).toBe(1);
    await page.getByRole('link', { name: 'All rooms' }).click();
    await expect.poll(() => page.locator('canvas').count(), PATIENT).toBe(3);
  });
});

/** A ball that hangs in the air: one that flies would be drawn ahead of its snapshot. */
function stateWith(x: number, y: number): PongState {
  let state = pong.initial(withDefaults(pong.parameters), 1, 60);
  for (const seat of [0, 1]) state = pong.join(state, seat);
  const ball = { at: [x * 256, y * 256] as const, velocity: [0, 0] as const, speed: 512 };
  return { ...state, ball, rally: { ...state.rally, server: -1, wait: 0 } };
}
