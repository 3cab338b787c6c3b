/** Plays on an emulated board by pressing its two buttons, and measures how long a press takes to be seen. */
import type { RigBoard } from '../../../hardware/emulator/rig.ts';
import { movePong } from '../../../shared/games/pong/bot.ts';
import type { PongLayout } from '../../../shared/games/pong/layout.ts';
import type { PongView } from '../../../shared/games/pong/view.ts';
import type { Quantiles } from '../../quantiles.ts';

/** The buttons of a paddle (docs/firmware.md): backward is up or left, forward is down or right. */
const PIN = { backward: 2, forward: 3 } as const;
const BOUNCE = { bounceMs: 5, edges: 6 } as const;
const SIDES = ['left', 'right', 'up', 'down'] as const;

export class BoardPlayer {
  readonly #board: RigBoard;
  readonly #latency: Quantiles;
  /** -1, 0 or 1: which button is held. */
  #held = 0;
  #busy = false;
  /** What is awaited in a snapshot since a press, in ns of the monotonic clock. */
  #awaited: { readonly move: number; readonly since: bigint } | null = null;
  presses = 0;

  constructor(board: RigBoard, latency: Quantiles) {
    this.#board = board;
    this.#latency = latency;
  }

  /** A snapshot has come: looks whether it shows the press, and moves on. */
  see(seat: number, view: PongView, layout: PongLayout): void {
    const side = SIDES[seat];
    const paddle = view.paddles[seat as 0 | 1 | 2 | 3];
    if (side === undefined || paddle === null) return;
    this.#look(view.moves[seat as 0 | 1 | 2 | 3]);
    const { width, height } = layout.paddles[seat as 0 | 1 | 2 | 3];
    const move = movePong({
      side,
      court: [layout.width, layout.height],
      ball: [view.ball.x, view.ball.y],
      velocity: [view.velocity.x, view.velocity.y],
      paddle,
      length: Math.max(width, height),
    });
    if (move !== this.#held && !this.#busy && this.#awaited === null) void this.#change(move);
  }

  /** Lets go of everything. */
  async rest(): Promise<void> {
    if (this.#held !== 0) await this.#change(0);
    this.#awaited = null;
  }

  #look(move: number): void {
    if (this.#awaited === null || this.#awaited.move !== move) return;
    this.#latency.add(Number(process.hrtime.bigint() - this.#awaited.since) / 1e6);
    this.#awaited = null;
  }

  async #change(move: -1 | 0 | 1): Promise<void> {
    this.#busy = true;
    const held = this.#held;
    this.#held = move;
    if (held !== 0) await this.#board.release(pinOf(held), BOUNCE);
    if (move !== 0) {
      const { wallNs } = await this.#board.press(pinOf(move), BOUNCE);
      this.presses++;
      this.#awaited = { move, since: wallNs };
    }
    this.#busy = false;
  }
}

const pinOf = (move: number): number => (move < 0 ? PIN.backward : PIN.forward);
