/** From serve to point: who serves, who gets the point, and the ball's way back to the middle. */
import { nextBelow } from '../../sim/prng.ts';
import type { GameEvent } from '../game.ts';
import { serveVelocity } from './deflect.ts';
import type { Flight } from './flight.ts';
import { CLOCKWISE, NOBODY, OPPOSITE, type PerSeat, type Seat, type SeatOrNobody } from './sides.ts';
import { isSeated, seatedSeats, withSeat, type Ball, type Paddle, type PongState, type Rally } from './state.ts';
import type { Court } from './court.ts';

export const ballAtRest = (court: Court): Ball => ({
  at: [court.size[0] >> 1, court.size[1] >> 1],
  velocity: [0, 0],
  speed: court.ballSpeed,
});

/** A rally that waits for its serve to `server`. */
export const awaitedRally = (court: Court, server: SeatOrNobody): Rally => ({
  server,
  wait: server === NOBODY ? 0 : court.serveTicks,
  touched: NOBODY,
  touchedBefore: NOBODY,
  hits: 0,
});

/** The ball back in the middle, to be served to a random seat. For the first serve, and when somebody comes or goes. */
export function restart(state: PongState): PongState {
  const seats = seatedSeats(state);
  let { random } = state;
  let server: SeatOrNobody = NOBODY;
  if (seats.length > 0) {
    const [index, next] = nextBelow(random, seats.length);
    server = seats[index] ?? NOBODY;
    random = next;
  }
  return { ...state, random, ball: ballAtRest(state.court), rally: awaitedRally(state.court, server) };
}

/** A tick before the serve: it goes when the wait is over, or when the seat it goes to presses its action button. */
export function awaitServe(state: PongState, server: Seat, paddles: PerSeat<Paddle>, events: GameEvent[]): PongState {
  const { rally } = state;
  const { action } = paddles[server];
  const pressed = action !== 0 && action !== state.paddles[server].action;
  if (rally.wait > 1 && !pressed) return { ...state, paddles, rally: { ...rally, wait: rally.wait - 1 } };
  const [velocity, random] = serveVelocity(state, server, pressed ? action : 0);
  events.push({ kind: 'serve', seat: server });
  const ball = { ...state.ball, velocity };
  return { ...state, random, ball, paddles, rally: { ...rally, server: NOBODY, wait: 0 } };
}

/** The rally is over: its one point is given, and the next serve goes to the seat that lost it. */
export function losePoint(state: PongState, flight: Flight, loser: Seat, events: GameEvent[]): PongState {
  const { court } = state;
  const winner = pointFor(state, flight, loser);
  if (winner !== NOBODY) events.push({ kind: 'point', seat: winner, against: loser });
  return {
    ...state,
    random: flight.random,
    ball: ballAtRest(court),
    rally: awaitedRally(court, loser),
    scores: winner === NOBODY ? state.scores : withSeat(state.scores, winner, state.scores[winner] + 1),
  };
}

/** The last other seat that touched the ball; else the one across, else the next clockwise. NOBODY for a lone seat. */
function pointFor(state: PongState, { touched, touchedBefore }: Flight, loser: Seat): SeatOrNobody {
  const other = touched === loser ? touchedBefore : touched;
  if (other !== NOBODY) return other;
  if (isSeated(state, OPPOSITE[loser])) return OPPOSITE[loser];
  let seat = CLOCKWISE[loser];
  while (seat !== loser && !isSeated(state, seat)) seat = CLOCKWISE[seat];
  return seat === loser ? NOBODY : seat;
}
