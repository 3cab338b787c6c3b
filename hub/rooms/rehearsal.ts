/**
 * A match that nobody sees, played before the doors open. V8 compiles code only once it has run often, which at 60
 * ticks a second takes twenty seconds of stutter: after this the first rally is as smooth as the last.
 */
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { BUTTON } from '../../shared/contract/messages.ts';
import type { Game, ParameterValues, Parameters } from '../../shared/games/game.ts';
import type { ScoreBook } from './match-book.ts';
import type { LogFile } from './match-log.ts';
import type { RoomOutput } from './room-parts.ts';
import { Room } from './room.ts';

/** Enough for the optimising compiler; some 0.1 s the first time, a tenth of that when it is compiled. */
const TICKS = 3000;
/** How often a player changes its mind, in ticks: each at another moment. */
const HOLD_TICKS = 16;
const RATE = 60;

const nowhere: RoomOutput = { state: () => {}, event: () => {}, changed: () => {}, toDevice: () => {}, sync: () => {} };
const noFile: LogFile = { filledBy: () => {}, write: () => {}, seat: () => {}, finish: () => {} };
const noBook: ScoreBook = { full: false, match: () => {}, points: () => {}, flush: () => Promise.resolve() };

/** Plays `game` with all seats taken, with all that a room does in a tick. @returns how many matches were begun */
export async function rehearse<S, C, P extends Parameters>(
  game: Game<S, C, P>,
  parameters: ParameterValues<P>,
): Promise<number> {
  let now = 0;
  const clock: Clock = { now: () => now, epoch: () => 0, after: () => () => {} };
  const settings = { name: 'rehearsal', rate: RATE, policy: 'pause', begins: 'itself', graceMs: 0 } as const;
  const room = new Room({
    game,
    parameters,
    settings: { ...settings, countdownMs: 0, resumeMs: 0, restartMs: 0 },
    clock,
    seed: () => 1,
    book: noBook,
    journal: () => noFile,
    kindOf: () => '',
    out: nowhere,
  });
  for (const seat of game.seats) {
    room.join(seat, seat);
    room.sync(seat, true);
  }
  for (let tick = 0; tick < TICKS; tick++) {
    now += 1000 / RATE;
    const player = tick % game.seats.length;
    const buttons = Math.floor(tick / HOLD_TICKS) & (BUTTON.up | BUTTON.down);
    room.input(game.seats[player] as string, { buttons, axis: null }, { at: now, bound: 0 });
    room.tick();
    // Results are announced between ticks, and what waits outside gets its turn.
    if (player === 0) await setImmediate();
  }
  return room.totals.matches;
}
