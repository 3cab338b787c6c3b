/** What a process prints: read no faster than a person could want, and of it the last lines are kept. */
import type { Readable } from 'node:stream';

/** Bytes that are read of a process in a second; one that prints more waits until its next second. */
const BYTES_PER_SECOND = 65_536;
const REST_MS = 100;
const KEPT_LINES = 20;
const MAX_LINE = 300;

export class OutputTail {
  readonly #lines: string[] = [];
  readonly #listener: (line: string) => void;
  #left = (BYTES_PER_SECOND * REST_MS) / 1000;
  #timer: NodeJS.Timeout | null = null;
  readonly #streams: Readable[] = [];
  /** Bytes that were read. */
  bytes = 0;

  /** @param listener gets each line as it comes */
  constructor(listener: (line: string) => void) {
    this.#listener = listener;
  }

  /** The last lines, oldest first. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Reads a stream to its end. */
  read(stream: Readable): void {
    this.#streams.push(stream);
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      this.#spend(text.length);
      const lines = (rest + text).split('\n');
      rest = (lines.pop() ?? '').slice(0, MAX_LINE);
      // Of a flood only the end is of use.
      for (const line of lines.slice(-KEPT_LINES)) this.#keep(line);
    });
    stream.on('end', () => {
      if (rest !== '') this.#keep(rest);
      rest = '';
    });
    stream.on('error', () => {});
  }

  /** Reads on without a pause: the process has ended, and what is left is little. */
  drain(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#left = Infinity;
    for (const stream of this.#streams) stream.resume();
  }

  #spend(bytes: number): void {
    this.bytes += bytes;
    this.#left -= bytes;
    if (this.#left > 0 || this.#timer !== null) return;
    for (const stream of this.#streams) stream.pause();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#left = (BYTES_PER_SECOND * REST_MS) / 1000;
      for (const stream of this.#streams) stream.resume();
    }, REST_MS);
    this.#timer.unref();
  }

  #keep(line: string): void {
    // A terminal obeys control characters: an agent has no business with it.
    const plain = line.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').slice(0, MAX_LINE);
    this.#lines.push(plain);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    this.#listener(plain);
  }
}
