/** One tick of Pong. */
import type { GameEvent } from '../game.ts';
import { bounceOffPaddle, freeSqueezed, meetEdges, overlaps } from './collision.ts';
import type { PongCommand } from './command.ts';
import { advance, shareUntil, takeOff, type Flight } from './flight.ts';
import { movePaddles } from './paddle.ts';
import { awaitServe, losePoint } from './rally.ts';
import { ALL_SEATS, NOBODY, type PerSeat, type Seat } from './sides.ts';
import type { Paddle, PongState } from './state.ts';

/** The seat that has reached the target, or NOBODY. */
export function winnerOf({ scores, court }: PongState): Seat | typeof NOBODY {
  for (const seat of ALL_SEATS) if (scores[seat] >= court.target) return seat;
  return NOBODY;
}

/** The next state. A match that is won stays as it is. */
export function step(state: PongState, commands: readonly (PongCommand | null)[], events: GameEvent[]): PongState {
  if (winnerOf(state) !== NOBODY) return state;
  const paddles = movePaddles(state, commands);
  const { server } = state.rally;
  if (server !== NOBODY) return awaitServe(state, server, paddles, events);
  // Nobody is seated: there is nothing to move.
  if (state.ball.velocity[0] === 0 && state.ball.velocity[1] === 0) return state;
  const flight = takeOff(state, events);
  fly(flight, state.paddles, paddles);
  return flight.lost === NOBODY
    ? landed(state, paddles, flight)
    : losePoint({ ...state, paddles }, flight, flight.lost, events);
}

/** Ball and paddles move side by side in parts so short that nothing can pass through anything. */
function fly(flight: Flight, from: PerSeat<Paddle>, to: PerSeat<Paddle>): void {
  const { court } = flight;
  const parts = Math.ceil(Math.max(flight.speed, court.paddleSpeed) / court.stride);
  for (let part = 1; part <= parts; part++) {
    advance(flight, part, parts);
    for (const seat of ALL_SEATS) {
      if (to[seat].seated === 0) continue;
      const way = to[seat].at - from[seat].at;
      const at = from[seat].at + shareUntil(way, part, parts);
      if (overlaps(flight, seat, at)) bounceOffPaddle(flight, seat, at, way);
    }
    meetEdges(flight, to);
    if (flight.lost !== NOBODY) return;
    freeFromAll(flight, from, to, part, parts);
  }
}

/** Frees a ball that an edge of the court has pressed back into a paddle. */
function freeFromAll(flight: Flight, from: PerSeat<Paddle>, to: PerSeat<Paddle>, part: number, parts: number): void {
  for (const seat of ALL_SEATS) {
    if (to[seat].seated === 0) continue;
    const at = from[seat].at + shareUntil(to[seat].at - from[seat].at, part, parts);
    if (overlaps(flight, seat, at)) freeSqueezed(flight, seat);
  }
}

/** Written out, not spread: this is made at each tick. */
function landed(state: PongState, paddles: PerSeat<Paddle>, flight: Flight): PongState {
  const { rally } = state;
  const sameRally =
    rally.hits === flight.hits && rally.touched === flight.touched && rally.touchedBefore === flight.touchedBefore;
  return {
    court: state.court,
    random: flight.random,
    ball: { at: flight.at, velocity: flight.velocity, speed: flight.speed },
    paddles,
    rally: sameRally
      ? rally
      : {
          server: NOBODY,
          wait: 0,
          touched: flight.touched,
          touchedBefore: flight.touchedBefore,
          hits: flight.hits,
        },
    scores: state.scores,
    begun: state.begun,
  };
}
