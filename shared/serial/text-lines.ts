/** The text dialect of a serial line (docs/text-lines.md): what a pupil's ten-line sketch prints, and how it is read. */
import { BUTTON } from '../contract/messages.ts';
import { isDeviceId } from '../contract/topics.ts';

/** The longest line, without its end. */
export const MAX_LINE_BYTES = 64;
const MAX_NAME_BYTES = 32;
/** What analogRead gives on most boards, and what INPUT tells. */
const KNOB_MAX = 1023;
const AXIS_MAX = 4095;

/** What a line means. */
export type TextLine =
  | { readonly is: 'held'; readonly buttons: number }
  | { readonly is: 'tap' }
  /** @property position 0 to 4095 */
  | { readonly is: 'axis'; readonly position: number }
  | { readonly is: 'hello'; readonly id: string; readonly name: string };

const HELD: Readonly<Record<string, number>> = {
  U: BUTTON.up,
  D: BUTTON.down,
  L: BUTTON.left,
  R: BUTTON.right,
  S: 0,
};

/** What a line means, or null if it is none of the dialect. Upper and lower case are the same, but for names. */
export function readTextLine(line: string): TextLine | null {
  const [word = '', ...rest] = line.trim().split(/\s+/);
  const key = word.toUpperCase();
  if (rest.length === 0) {
    const buttons = HELD[key];
    if (buttons !== undefined) return { is: 'held', buttons };
    return key === 'A' ? { is: 'tap' } : null;
  }
  const [value = ''] = rest;
  if (key === 'AXIS') return rest.length === 1 && /^\d{1,4}$/.test(value) ? axis(Number(value)) : null;
  if (key !== 'HELLO' || !isDeviceId(value)) return null;
  return { is: 'hello', id: value, name: nameOf(rest.slice(1).join(' ')) };
}

/** As much of it as a name may be; a letter that was cut in two is no letter. */
function nameOf(text: string): string {
  const bytes = new TextEncoder().encode(text.replaceAll(/\p{Cc}/gu, '')).subarray(0, MAX_NAME_BYTES);
  return new TextDecoder().decode(bytes).replace(/\uFFFD+$/, '');
}

function axis(value: number): TextLine | null {
  return value > KNOB_MAX ? null : { is: 'axis', position: Math.round((value * AXIS_MAX) / KNOB_MAX) };
}

/** Cuts bytes into lines, ended by CR, LF or both. Memory is bounded by one line; what is longer is dropped and counted. */
export class LineReader {
  readonly #bytes = new Uint8Array(MAX_LINE_BYTES);
  #length = 0;
  #overlong = false;
  /** Lines that were longer than 64 bytes. */
  tooLong = 0;

  /** @param onLine gets each line that is not empty */
  push(chunk: Uint8Array, onLine: (line: string) => void): void {
    for (const byte of chunk) {
      if (byte === 0x0a || byte === 0x0d) this.#end(onLine);
      else if (this.#length < MAX_LINE_BYTES) this.#bytes[this.#length++] = byte;
      else this.#overlong = true;
    }
  }

  #end(onLine: (line: string) => void): void {
    const line = this.#overlong ? '' : new TextDecoder().decode(this.#bytes.subarray(0, this.#length));
    if (this.#overlong) this.tooLong++;
    this.#length = 0;
    this.#overlong = false;
    // Zeros are what a line that was just opened, or another dialect's question, leaves.
    const plain = line.replaceAll('\0', '');
    if (plain.trim() !== '') onLine(plain);
  }
}
