/** A board that says what a test writes, on a pseudo-terminal: no firmware, no rate, no reset. */
import { mkdirSync, rmSync, symlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { onTestFinished } from 'vitest';
import { PortEnd } from '../../hardware/emulator/rig/port-end.ts';
import { openPty } from '../../hardware/emulator/rig/pty.ts';

const POLL_MS = 2;

export class ScriptedBoard {
  readonly path: string;
  /** All that the host has sent. */
  heard = new Uint8Array();
  readonly #port: PortEnd;
  readonly #master: number;
  readonly #poll: NodeJS.Timeout;
  readonly #onBytes: (bytes: Uint8Array) => void;
  #plugged = true;

  private constructor(path: string, master: number, onBytes: (bytes: Uint8Array) => void) {
    this.path = path;
    this.#master = master;
    this.#port = new PortEnd(master);
    this.#onBytes = onBytes;
    this.#poll = setInterval(() => this.#listen(), POLL_MS);
  }

  /** Plugs one in under a path. @param onBytes gets what the host sends */
  static async plug(path: string, onBytes: (bytes: Uint8Array) => void = () => {}): Promise<ScriptedBoard> {
    const pty = await openPty();
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(pty.path, path);
    const board = new ScriptedBoard(path, pty.master, onBytes);
    onTestFinished(() => board.unplug());
    return board;
  }

  get isOpen(): boolean {
    return this.#port.isOpen;
  }

  get opens(): number {
    return this.#port.opens;
  }

  /** What the host has sent, as text. */
  get text(): string {
    return new TextDecoder().decode(this.heard);
  }

  /** @returns how many bytes the line took; none while its buffer is full or nobody has it open */
  say(bytes: Uint8Array | string): number {
    // The number of a closed file is soon another's.
    if (!this.#plugged) return 0;
    try {
      return writeSync(this.#master, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
    } catch {
      return 0;
    }
  }

  unplug(): void {
    this.#plugged = false;
    clearInterval(this.#poll);
    this.#port.close();
    rmSync(this.path, { force: true });
  }

  #listen(): void {
    const { bytes } = this.#port.poll();
    if (bytes.length === 0) return;
    this.heard = Uint8Array.from([...this.heard, ...bytes]);
    this.#onBytes(Uint8Array.from(bytes));
  }
}
