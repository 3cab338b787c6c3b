/** A real match of Pong between bots that mostly follow the ball, published tick by tick as the hub does. */
import { topics } from '../../../shared/contract/topics.ts';
import { withDefaults, type GameEvent } from '../../../shared/games/game.ts';
import type { PongObservation } from '../../../shared/games/pong/observe.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import type { PongState } from '../../../shared/games/pong/state.ts';
import type { Classroom } from './classroom.ts';
import { showMoment, showState } from './scoreboards.ts';

const RATE = 60;

export interface BotMatch {
  readonly room?: string;
  readonly seats: readonly number[];
  readonly parameters?: Readonly<Record<string, number>>;
  /** Settings of the lab by seat. */
  readonly lab?: Readonly<Record<string, unknown>>;
}

/** Begins to play. @returns what ends it, and the state as it is */
export function playBots(
  classroom: Classroom,
  { room = 'main', seats, parameters = {}, lab = {} }: BotMatch,
): { stop: () => void; state: () => PongState } {
  let state = pong.initial(withDefaults(pong.parameters, parameters), 7, RATE);
  for (const seat of seats) state = pong.join(state, seat);
  let tick = 0;
  const tell = (): void => showMoment(classroom, { room, parameters, lab, points: pointsOf(state, seats) });
  const timer = setInterval(() => {
    const events: GameEvent[] = [];
    state = pong.step(
      state,
      [0, 1, 2, 3].map((seat) => follow(state, seat)),
      events,
    );
    tick += 1;
    showState(classroom, state, tick, room);
    for (const { kind, seat } of events) {
      const name = seat === null ? null : pong.seats[seat];
      classroom.publishJson(topics.events(room), { event: kind, tick, seat: name, device: null });
    }
    // The scoreboard is retained and told again now and then, so that a restarted broker has it soon.
    if (tick % RATE === 1 || events.some(({ kind }) => kind === 'point')) tell();
  }, 1000 / RATE);
  return { stop: () => clearInterval(timer), state: () => state };
}

const pointsOf = (state: PongState, seats: readonly number[]): (number | null)[] =>
  pong.scores(state).map((points, seat) => (seats.includes(seat) ? points : null));

/** The command of a bot that follows the ball, mostly. */
export function follow(state: PongState, seat: number): number | null {
  const told = pong.observe(state, seat) as PongObservation | null;
  if (told === null) return null;
  const along = seat < 2 ? 1 : 0;
  const away = told.ball[along] - (told.paddles[told.you] ?? 0);
  return pong.validate({ move: Math.abs(away) < 20 ? 0 : Math.sign(away) }, seat);
}
