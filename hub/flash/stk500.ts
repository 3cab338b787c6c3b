/**
 * Talks to a boot loader in STK500 version 1, as far as optiboot and its kin speak it (Atmel AVR061). Each command is
 * answered by INSYNC, what was asked for, OK; a boot loader that hears nothing for a second starts the program instead.
 */
import { PaddlewireError } from '../../shared/errors.ts';
import type { Cancel, Clock } from '../clock.ts';

/** A port with a board on it, or whatever brings bytes there and back. */
export interface BoardLine {
  readonly path: string;
  write(bytes: Uint8Array): void;
  /** @returns what ends the listening */
  listen(onBytes: (bytes: Uint8Array) => void, onClose: () => void): () => void;
  /** Goes to another rate. */
  setBaud(baud: number): Promise<void>;
  /** Pulls the board's reset by DTR, where the line has one. */
  reset(): Promise<void>;
}

const COMMAND = {
  getSync: 0x30,
  enterProgramming: 0x50,
  leaveProgramming: 0x51,
  loadAddress: 0x55,
  writePage: 0x64,
  readPage: 0x74,
  readSignature: 0x75,
} as const;
const END_OF_PACKET = 0x20;
const IN_SYNC = 0x14;
const OK = 0x10;
const FLASH = 'F'.charCodeAt(0);

/** A page is erased and written in 9 ms, and sent at 57600 baud in 25 ms. */
const ANSWER_MS = 500;
/**
 * Optiboot blinks for 375 ms before it looks at what has come, and its chip holds three bytes till then: a second SYNC
 * meanwhile would lose its end, and be taken for a mistake that starts the program.
 */
const SYNC_MS = 700;

export class Stk500 {
  readonly #line: BoardLine;
  readonly #clock: Pick<Clock, 'after'>;
  #received: number[] = [];
  #closed = false;
  /** Is called when something has come, or nothing will. */
  #wake: () => void = () => {};
  readonly #unlisten: () => void;

  constructor(line: BoardLine, clock: Pick<Clock, 'after'>) {
    this.#line = line;
    this.#clock = clock;
    this.#unlisten = line.listen(
      (bytes) => {
        this.#received.push(...bytes);
        this.#wake();
      },
      () => {
        this.#closed = true;
        this.#wake();
      },
    );
  }

  close(): void {
    this.#unlisten();
  }

  /** Whether a boot loader is listening, and in step. @throws PaddlewireError port-lost */
  async sync(): Promise<boolean> {
    // What the program said before the reset, or the boot loader to a command half sent, is none of this answer.
    this.#received = [];
    this.#line.write(Uint8Array.of(COMMAND.getSync, END_OF_PACKET));
    const answer = await this.#take(2, SYNC_MS);
    return answer?.[0] === IN_SYNC && answer[1] === OK;
  }

  /** The chip's three bytes. @throws PaddlewireError flash-failed, port-lost */
  signature(): Promise<Uint8Array> {
    return this.#ask([COMMAND.readSignature], 3);
  }

  /** @throws PaddlewireError flash-failed, port-lost */
  async enter(): Promise<void> {
    await this.#ask([COMMAND.enterProgramming]);
  }

  /** Starts the program. @throws PaddlewireError flash-failed, port-lost */
  async leave(): Promise<void> {
    await this.#ask([COMMAND.leaveProgramming]);
  }

  /** Erases a page and writes it. @throws PaddlewireError flash-failed, port-lost */
  async writePage(address: number, bytes: Uint8Array): Promise<void> {
    await this.#loadAddress(address);
    await this.#ask([COMMAND.writePage, bytes.length >> 8, bytes.length & 0xff, FLASH, ...bytes]);
  }

  /** @throws PaddlewireError flash-failed, port-lost */
  async readPage(address: number, size: number): Promise<Uint8Array> {
    await this.#loadAddress(address);
    return this.#ask([COMMAND.readPage, size >> 8, size & 0xff, FLASH], size);
  }

  async #loadAddress(address: number): Promise<void> {
    const word = address >> 1;
    await this.#ask([COMMAND.loadAddress, word & 0xff, word >> 8]);
  }

  async #ask(command: readonly number[], size = 0): Promise<Uint8Array> {
    this.#received = [];
    this.#line.write(Uint8Array.of(...command, END_OF_PACKET));
    const answer = await this.#take(size + 2, ANSWER_MS);
    if (answer === null) throw new PaddlewireError('flash-failed', 'The board stopped answering.');
    if (answer[0] !== IN_SYNC || answer.at(-1) !== OK)
      throw new PaddlewireError('flash-failed', 'The board answered something else than was asked.');
    return answer.slice(1, -1);
  }

  /** The next bytes, or null if they do not come in time. */
  async #take(count: number, ms: number): Promise<Uint8Array | null> {
    let late = false;
    const cancel: Cancel = this.#clock.after(ms, () => {
      late = true;
      this.#wake();
    });
    try {
      while (this.#received.length < count) {
        if (this.#closed) throw new PaddlewireError('port-lost', `${this.#line.path} went away.`);
        if (late) return null;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      return Uint8Array.from(this.#received.splice(0, count));
    } finally {
      cancel();
    }
  }
}
