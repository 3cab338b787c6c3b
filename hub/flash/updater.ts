/** Brings a board on one of the hub's own ports to the program that this hub carries, while the hub runs. */
import { PaddlewireError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { paddleProgram, updateFor, type Program } from './firmware-files.ts';
import { flashBoard } from './flash-board.ts';
import { openPortLine, type Explain } from './port-line.ts';

export interface UpdaterParts {
  readonly clock: Pick<Clock, 'after'>;
  /** Ends the link on a port and leaves it alone until it is given back. */
  readonly borrow: (path: string) => Promise<{ release(): void }>;
  readonly explain: Explain;
  readonly log: (code: string, detail: Record<string, unknown>) => void;
}

export class Updater {
  readonly #parts: UpdaterParts;
  readonly #busy = new Map<string, Promise<string>>();
  #program: Program | null = null;

  constructor(parts: UpdaterParts) {
    this.#parts = parts;
  }

  /** The version that a board with this firmware can be brought to; null: none, or no program of ours. */
  offer(firmware: string): string | null {
    return updateFor(firmware, this.#ours.name);
  }

  /**
   * Flashes the board on a port. Its link ends meanwhile; the board comes back by itself, to the same seat.
   * @returns the name of the program that it has now
   * @throws PaddlewireError flash-failed and the others of flashBoard; port-busy while it is being flashed already
   */
  async update(path: string): Promise<string> {
    if (this.#busy.has(path)) throw new PaddlewireError('port-busy', `The board on ${path} is being flashed already.`);
    const flashing = this.#flash(path).finally(() => this.#busy.delete(path));
    this.#busy.set(path, flashing);
    return flashing;
  }

  /** No board is left with half a program: resolves when each that is being flashed is done, well or not. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.#busy.values());
  }

  async #flash(path: string): Promise<string> {
    const { clock, borrow, explain, log } = this.#parts;
    const { name, hex } = this.#ours;
    const lent = await borrow(path);
    try {
      const line = await openPortLine(path, clock, explain);
      try {
        await flashBoard({ line, clock, hex });
      } finally {
        await line.close();
      }
    } finally {
      lent.release();
    }
    log('board-flashed', { port: path, program: name });
    return name;
  }

  get #ours(): Program {
    this.#program ??= paddleProgram();
    return this.#program;
  }
}
