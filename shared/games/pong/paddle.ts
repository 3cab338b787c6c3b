/** How paddles follow their commands. */
import { AXIS_MAX, asksServe, moveOf, placeOf, type PongCommand } from './command.ts';
import type { Side } from './court.ts';
import type { Paddle, PongState } from './state.ts';
import { perSeat, type PerSeat } from './sides.ts';

/** Where all paddles are at the end of the tick. A seat without a command stands still. */
export function movePaddles(state: PongState, commands: readonly (PongCommand | null)[]): PerSeat<Paddle> {
  const { paddles, court } = state;
  return perSeat((seat) => {
    const paddle = paddles[seat];
    return paddle.seated === 0 ? paddle : movePaddle(paddle, court.sides[seat], commands[seat] ?? 0);
  });
}

/** One paddle, one tick. It stops at the ends of its side however long a key is held. */
function movePaddle(paddle: Paddle, side: Side, command: PongCommand): Paddle {
  const wished = paddle.at + wayOf(paddle, side, command);
  const at = wished < side.low ? side.low : wished > side.high ? side.high : wished;
  const move = at < paddle.at ? -1 : at > paddle.at ? 1 : 0;
  const action = asksServe(command);
  if (move === 0 && paddle.move === 0 && action === paddle.action) return paddle;
  return { seated: 1, at, move, action };
}

/** Units to go in this tick. A direction goes before a place. */
function wayOf(paddle: Paddle, side: Side, command: PongCommand): number {
  const move = moveOf(command);
  const place = placeOf(command);
  if (move !== 0 || place < 0) return move * side.speed;
  const way = side.low + Math.floor(((side.high - side.low) * place) / AXIS_MAX) - paddle.at;
  return way > side.speed ? side.speed : way < -side.speed ? -side.speed : way;
}
