/** The play page in a real browser, and what a test can tell of it from the hub's side. */
import type { CDPSession, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Session } from '../../../hub/lobby/session.ts';
import type { Seat } from '../../../hub/rooms/seats.ts';
import { decode } from '../../../shared/contract/codec.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { readPongView } from '../../../shared/games/pong/view.ts';
import { eventually } from '../../support/eventually.ts';
import type { RunningHub } from '../../support/hubs.ts';
import { mqttClient, type TestClient } from '../../support/mqtt-clients.ts';
import { PATIENT } from './probes.ts';

export const PIN = '4711';
export const WITH_PIN = { PADDLEWIRE_ACCESS_MODE: 'pin', PADDLEWIRE_ACCESS_SECRET: PIN };
export const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } as const;

/** Taps the PIN on the page's own keys. */
export async function tapPin(page: Page, pin: string): Promise<void> {
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).tap();
  await page.getByRole('button', { name: 'Go' }).tap();
}

/** Takes the first of the names. @returns it */
export async function takeName(page: Page): Promise<string> {
  const first = page.locator('.names button').first();
  const name = (await first.textContent()) ?? '';
  await first.click();
  return name;
}

export interface Player {
  readonly session: Session;
  readonly seat: Seat<unknown>;
}

/** The device of that name, once it is there and sits. */
export const seatedAs = ({ hub }: RunningHub, name: string, room = 'main'): Promise<Player> =>
  eventually(() => {
    const session = [...hub.lobby.sessions].find((one) => one.name === name && one.link !== null);
    const seat = session === undefined ? undefined : hub.rooms.get(room)?.seats.of(session.id);
    return session !== undefined && seat?.present === true && { session, seat };
  });

/** All devices of pages that sit in a room. */
export const pagesSeated = ({ hub }: RunningHub, room = 'main'): Player[] =>
  [...hub.lobby.sessions].flatMap((session) => {
    const seat = hub.rooms.get(room)?.seats.of(session.id);
    return session.kind === 'browser' && seat?.present === true ? [{ session, seat }] : [];
  });

export const playing = ({ hub }: RunningHub, room = 'main'): Promise<unknown> =>
  eventually(() => hub.rooms.get(room)?.phase === 'playing');

/** A spectator who reads paddles from the hub's snapshots. */
export class Spectator {
  readonly #client: TestClient;

  private constructor(client: TestClient) {
    this.#client = client;
  }

  static async watch({ url }: RunningHub, secret = PIN): Promise<Spectator> {
    return new Spectator(await mqttClient(url, { username: 'spectator', password: secret }, [topics.state('main')]));
  }

  /** Where a seat's paddle is by the newest snapshot. */
  paddle(index: number): number | null {
    const bytes = this.#client.received.at(-1)?.payload;
    const message = bytes === undefined ? undefined : decode(bytes).message;
    const view = message?.type === 'SNAPSHOT' ? readPongView(message.view) : null;
    return view?.paddles[index as 0 | 1 | 2 | 3] ?? null;
  }

  /** Waits until a paddle has gone at least so many px in a direction. */
  async moves(index: number, direction: 1 | -1, px = 10): Promise<void> {
    const from = await eventually(() => this.paddle(index) ?? undefined);
    await eventually(() => ((this.paddle(index) ?? from) - from) * direction >= px);
  }

  /** Waits until a paddle stands still. */
  async rests(index: number, { seat }: Player): Promise<void> {
    await eventually(() => seat.command === 0);
    let before: number | null = null;
    await eventually(() => {
      const [now, same] = [this.paddle(index), this.paddle(index) === before];
      before = now;
      return same;
    });
  }
}

/** Puts a finger on a half of the table, or lifts it. */
export async function touch(page: Page, kind: 'touchStart' | 'touchEnd', half: 'left' | 'right'): Promise<void> {
  const box = await page.locator('.zones').boundingBox();
  if (box === null) throw new Error('the page has no touch zones');
  const x = box.x + box.width * (half === 'left' ? 0.25 : 0.75);
  const y = box.y + box.height * 0.9;
  const session = touching.get(page) ?? (await page.context().newCDPSession(page));
  touching.set(page, session);
  await session.send('Input.dispatchTouchEvent', { type: kind, touchPoints: kind === 'touchEnd' ? [] : [{ x, y }] });
}

/** A finger is lifted by whoever put it down. */
const touching = new WeakMap<Page, CDPSession>();

/** Waits until the table is there and nothing is said over it. */
export async function tableIsClear(page: Page): Promise<void> {
  await page.locator('.table canvas').waitFor();
  await expect.poll(() => page.locator('.board > .play-sheet').count(), PATIENT).toBe(0);
}

/** What a teacher does, over HTTP from the hub's own computer. */
export async function tellHub(http: string, path: string, body: object): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${http}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(response.status).toBe(200);
  return response.json();
}
