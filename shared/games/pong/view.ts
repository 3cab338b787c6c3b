/** The 23 bytes of a snapshot, written and read; docs/games.md has the table. Little endian, places in 1/64 px. */
import { UNITS_PER_PX } from './court.ts';
import { ALL_SEATS, NOBODY, perSeat, type PerSeat, type Seat } from './sides.ts';
import type { Paddle, PongState } from './state.ts';

export const PONG_VIEW_BYTES = 23;

/** Units of 1/256 px in one of the view. */
const COARSE = 4;
const COARSE_PER_PX = UNITS_PER_PX / COARSE;
const ABSENT = 0xffff;
const NO_SEAT = 0xf;
/** Step of the serve's countdown. */
const WAIT_MS = 40;

const VELOCITY_AT = 4;
const PADDLES_AT = 8;
const MOVES_AT = 16;
const SCORES_AT = 17;
const SEATS_AT = 21;
const COUNT_AT = 22;

/** What a browser or an agent reads from a snapshot. Places in px from the court's top left corner. */
export interface PongView {
  readonly ball: { readonly x: number; readonly y: number };
  /** px per tick. */
  readonly velocity: { readonly x: number; readonly y: number };
  /** Centre of each paddle along its side; null where nobody sits. */
  readonly paddles: PerSeat<number | null>;
  /** Direction in which each paddle moved in this tick: -1 up or left, 1 down or right. */
  readonly moves: PerSeat<-1 | 0 | 1>;
  readonly scores: PerSeat<number>;
  /** The seat that the waiting ball will be served to; null while it flies. */
  readonly server: Seat | null;
  /** ms until the serve, to 40 ms. */
  readonly serveMs: number;
  /** The seat that touched the ball last in this rally. */
  readonly touched: Seat | null;
  /** Hits on a paddle's face in this rally, 255 for more. */
  readonly hits: number;
}

export function writePongView({ ball, paddles, rally, scores, court }: PongState): Uint8Array {
  const bytes = new Uint8Array(PONG_VIEW_BYTES);
  const data = new DataView(bytes.buffer);
  data.setUint16(0, ball.at[0] / COARSE, true);
  data.setUint16(2, ball.at[1] / COARSE, true);
  data.setInt16(VELOCITY_AT, clampInt16(ball.velocity[0]), true);
  data.setInt16(VELOCITY_AT + 2, clampInt16(ball.velocity[1]), true);
  let moves = 0;
  for (const seat of ALL_SEATS) {
    const paddle = paddles[seat];
    data.setUint16(PADDLES_AT + 2 * seat, paddle.seated === 1 ? paddle.at / COARSE : ABSENT, true);
    moves |= moveBits(paddle) << (2 * seat);
    bytes[SCORES_AT + seat] = scores[seat];
  }
  bytes[MOVES_AT] = moves;
  bytes[SEATS_AT] = (rally.server & NO_SEAT) | ((rally.touched & NO_SEAT) << 4);
  const waitMs = (rally.wait * 1000) / court.rate;
  bytes[COUNT_AT] = rally.server === NOBODY ? Math.min(255, rally.hits) : Math.min(255, Math.ceil(waitMs / WAIT_MS));
  return bytes;
}

/** Reads a view; null if the bytes are not one. */
export function readPongView(bytes: Uint8Array): PongView | null {
  if (bytes.length !== PONG_VIEW_BYTES) return null;
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const px = (at: number): number => data.getUint16(at, true) / COARSE_PER_PX;
  const velocity = (at: number): number => data.getInt16(at, true) / UNITS_PER_PX;
  const server = seatOf(data.getUint8(SEATS_AT) & NO_SEAT);
  const count = data.getUint8(COUNT_AT);
  return {
    ball: { x: px(0), y: px(2) },
    velocity: { x: velocity(VELOCITY_AT), y: velocity(VELOCITY_AT + 2) },
    paddles: perSeat((seat) =>
      data.getUint16(PADDLES_AT + 2 * seat, true) === ABSENT ? null : px(PADDLES_AT + 2 * seat),
    ),
    moves: perSeat((seat) => moveOfBits((data.getUint8(MOVES_AT) >> (2 * seat)) & 3)),
    scores: perSeat((seat) => data.getUint8(SCORES_AT + seat)),
    server,
    serveMs: server === null ? 0 : count * WAIT_MS,
    touched: seatOf(data.getUint8(SEATS_AT) >> 4),
    hits: server === null ? count : 0,
  };
}

const seatOf = (nibble: number): Seat | null => ALL_SEATS[nibble] ?? null;

const clampInt16 = (value: number): number => Math.max(-0x8000, Math.min(0x7fff, value));

const moveBits = ({ move }: Paddle): number => (move === -1 ? 1 : move === 1 ? 2 : 0);

const moveOfBits = (bits: number): -1 | 0 | 1 => (bits === 1 ? -1 : bits === 2 ? 1 : 0);
