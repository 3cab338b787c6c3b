/** The board's end of its serial port: the master of a pseudo-terminal, polled, never waited for. */
import { closeSync, readSync, writeSync } from 'node:fs';

/** Somebody opened the port or closed it, or nothing of the kind. */
export type PortEdge = 'opened' | 'closed' | null;

export interface Heard {
  readonly edge: PortEdge;
  /** Valid until the next poll. */
  readonly bytes: Uint8Array;
}

export class PortEnd {
  /** Bytes the host sent. */
  bytesIn = 0;
  /** Bytes the host could have read. */
  bytesOut = 0;
  /** Bytes sent while nobody had the port open, or nobody read for so long that the system's buffer was full. */
  bytesDropped = 0;
  /** How often the port was opened. */
  opens = 0;

  #master: number | null;
  #open = false;
  readonly #buffer = new Uint8Array(1024);

  constructor(master: number) {
    this.#master = master;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /**
   * Reads what is there. EIO means that nobody has the port open, EAGAIN that somebody has but sent nothing.
   */
  poll(): Heard {
    const { open, count } = this.#read();
    const edge = open === this.#open ? null : open ? 'opened' : 'closed';
    this.#open = open;
    if (edge === 'opened') this.opens++;
    this.bytesIn += count;
    return { edge, bytes: this.#buffer.subarray(0, count) };
  }

  /** Writes what the system takes now; the rest is lost, as on a real line. */
  write(bytes: Uint8Array): void {
    const written = this.#open ? this.#tryWrite(bytes) : 0;
    this.bytesOut += written;
    this.bytesDropped += bytes.length - written;
  }

  /** Pulls the plug: whoever has the port open is hung up. Repeat-safe. */
  close(): void {
    if (this.#master === null) return;
    closeSync(this.#master);
    this.#master = null;
    this.#open = false;
  }

  #read(): { open: boolean; count: number } {
    if (this.#master === null) return { open: false, count: 0 };
    try {
      const count = readSync(this.#master, this.#buffer);
      return { open: count > 0, count };
    } catch (error) {
      return { open: isErrno(error, 'EAGAIN'), count: 0 };
    }
  }

  #tryWrite(bytes: Uint8Array): number {
    if (this.#master === null) return 0;
    try {
      return writeSync(this.#master, bytes);
    } catch (error) {
      if (isErrno(error, 'EAGAIN') || isErrno(error, 'EIO')) return 0;
      throw error;
    }
  }
}

const isErrno = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
