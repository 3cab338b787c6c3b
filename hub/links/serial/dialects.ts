/** The dialects that a board on a serial port may speak: by what each is known, and how it is asked for. */
import { decode, encode } from '../../../shared/contract/codec.ts';
import { FIRST_BAUD, isUp } from '../../../shared/contract/messages.ts';
import { PaddlewireError } from '../../../shared/errors.ts';
import { encodeFrame, FrameDecoder } from '../../../shared/serial/frame.ts';
import { LineReader, readTextLine } from '../../../shared/serial/text-lines.ts';

export const DIALECTS = ['paddlewire', 'firmata', 'text'] as const;
/** Our frames, StandardFirmata, or lines of text. */
export type Dialect = (typeof DIALECTS)[number];

/** The rate at which each dialect is spoken first. */
export const BAUD: Readonly<Record<Dialect, number>> = { paddlewire: FIRST_BAUD, firmata: 57_600, text: FIRST_BAUD };
/** Sketches that were copied from a book print at this one. */
export const COURTESY_BAUD = 9600;

const START_SYSEX = 0xf0;
const END_SYSEX = 0xf7;
const REPORT_FIRMWARE = 0x79;
const REPORT_VERSION = 0xf9;

const helloRequired = encodeFrame(encode({ type: 'ERROR', code: 'hello-required', text: '', detail: null }));

/** Asks for a HELLO in frames, and for one in text. Both begin with what ends whatever the board has half read. */
export const ASK_AT_FIRST_BAUD = Uint8Array.of(0, ...helloRequired, ...new TextEncoder().encode('\nhello?\n'));
/** Ends a sysex that noise began, then asks for version and firmware. */
export const ASK_FIRMATA = Uint8Array.of(END_SYSEX, REPORT_VERSION, START_SYSEX, REPORT_FIRMWARE, END_SYSEX);

/** What was heard of a port, for the sentence that says what is wrong. */
export interface Heard {
  readonly bytes: number;
  /** The last line that could be text, if there was one. */
  readonly line: string | null;
}

/** Letters beyond ASCII may be in text, but not most: of garbage three in five bytes are none of ASCII's. */
const NOISE_SHARE = 1 / 2;

/** Tells which dialect a stream of bytes is in, whatever came before. */
export class DialectListener {
  readonly #frames = new FrameDecoder();
  readonly #lines = new LineReader();
  readonly #firmata = new FirmataReport();
  #bytes = 0;
  #noise = 0;
  #line: string | null = null;

  get heard(): Heard {
    return { bytes: this.#bytes, line: this.#isText ? this.#line : null };
  }

  /** @returns the dialect as soon as it is certain: a message of a device, a Firmata's name, or a line of ours */
  push(chunk: Uint8Array): Dialect | null {
    let found: Dialect | null = null;
    for (const byte of chunk) if (!isTextByte(byte)) this.#noise++;
    this.#bytes += chunk.length;
    this.#frames.push(chunk, (payload) => {
      if (isFromDevice(payload)) found ??= 'paddlewire';
    });
    if (this.#firmata.push(chunk)) found ??= 'firmata';
    this.#lines.push(chunk, (line) => {
      this.#line = line;
      if (this.#isText && readTextLine(line) !== null) found ??= 'text';
    });
    return found;
  }

  get #isText(): boolean {
    return this.#noise <= this.#bytes * NOISE_SHARE;
  }
}

/** ASCII. A zero is what a line leaves that was just opened; it is no sign of another dialect. */
const isTextByte = (byte: number): boolean =>
  (byte >= 0x20 && byte < 0x7f) || byte === 0 || (byte >= 0x09 && byte <= 0x0d);

/** A message that only a device sends: an echo of our own question is none. */
function isFromDevice(payload: Uint8Array): boolean {
  try {
    const { message, short } = decode(payload);
    return short !== undefined || (message !== undefined && isUp(message));
  } catch (error) {
    if (error instanceof PaddlewireError) return false;
    throw error;
  }
}

/** Looks for F0 79 major minor … F7, all between below 0x80: the question itself has nothing between. */
class FirmataReport {
  /** Bytes since F0 79; -1: not within; -2: F0 was the last. */
  #state = -1;

  push(chunk: Uint8Array): boolean {
    return chunk.some((byte) => this.#take(byte));
  }

  #take(byte: number): boolean {
    const state = this.#state;
    if (byte === START_SYSEX) this.#state = -2;
    else if (state === -2) this.#state = byte === REPORT_FIRMWARE ? 0 : -1;
    else if (state >= 0 && byte === END_SYSEX) {
      this.#state = -1;
      return state >= 2;
    } else if (state >= 0) this.#state = byte < 0x80 ? state + 1 : -1;
    return false;
  }
}
