/** Frames on a serial line: payload, CRC-16 low byte first, COBS, and a zero as delimiter (docs/serial.md). */
import { cobsDecodeInPlace, cobsEncode } from './cobs.ts';
import { crc16 } from './crc16.ts';
import { MAX_MESSAGE_BYTES } from '../contract/messages.ts';

const CRC_BYTES = 2;
/** The longest frame between two delimiters: payload, CRC and COBS codes. */
export const MAX_FRAME_BYTES = MAX_MESSAGE_BYTES + CRC_BYTES + 1 + Math.floor((MAX_MESSAGE_BYTES + CRC_BYTES) / 254);

/** One counter for each way bytes or frames are lost on a line, and for the frames that arrived. */
export interface FrameCounters {
  /** Frames that arrived whole. */
  frames: number;
  /** Frames longer than any message: dropped up to the next delimiter. */
  tooLong: number;
  /** Frames too short to hold a CRC. Noise between two delimiters. */
  tooShort: number;
  /** Frames that are not COBS: bytes were lost or a delimiter was made up on the line. */
  badStuffing: number;
  /** Frames whose CRC is wrong: bits changed on the line. */
  badCrc: number;
}

/** All frames that were lost, for whatever reason. */
export const framesLost = (counters: FrameCounters): number =>
  counters.tooLong + counters.tooShort + counters.badStuffing + counters.badCrc;

/** @param lineBytes how long the frame was on the line, delimiter included */
export type OnPayload = (payload: Uint8Array, lineBytes: number) => void;

/** The bytes of one frame, delimiter included. */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  const body = new Uint8Array(payload.length + CRC_BYTES);
  body.set(payload);
  const crc = crc16(payload);
  body[payload.length] = crc & 0xff;
  body[payload.length + 1] = crc >> 8;
  const stuffed = cobsEncode(body);
  const frame = new Uint8Array(stuffed.length + 1);
  frame.set(stuffed);
  return frame;
}

/**
 * Takes a line's bytes in pieces of any size and gives whole payloads. Memory is bounded by one frame; after garbage
 * it is in step again at the next delimiter. Each way of loss has its counter.
 */
export class FrameDecoder {
  readonly counters: FrameCounters = { frames: 0, tooLong: 0, tooShort: 0, badStuffing: 0, badCrc: 0 };
  readonly #buffer = new Uint8Array(MAX_FRAME_BYTES);
  #length = 0;
  #overlong = false;

  /** @param onPayload gets each payload, whose bytes are its own to keep, and its length on the line */
  push(chunk: Uint8Array, onPayload: OnPayload): void {
    for (const byte of chunk) {
      if (byte === 0) this.#endFrame(onPayload);
      else if (this.#length < MAX_FRAME_BYTES) this.#buffer[this.#length++] = byte;
      else this.#overlong = true;
    }
  }

  /** Forgets a half-received frame, as after a port was opened again. */
  reset(): void {
    this.#length = 0;
    this.#overlong = false;
  }

  #endFrame(onPayload: OnPayload): void {
    const received = this.#length;
    const overlong = this.#overlong;
    this.reset();
    // Two delimiters in a row are idle filling, not a loss.
    if (received === 0) return;
    if (overlong) {
      this.counters.tooLong++;
      return;
    }
    const length = cobsDecodeInPlace(this.#buffer, received);
    if (length < 0) this.counters.badStuffing++;
    else if (length <= CRC_BYTES) this.counters.tooShort++;
    else if (crc16(this.#buffer, 0, length) !== 0) this.counters.badCrc++;
    else {
      this.counters.frames++;
      onPayload(this.#buffer.slice(0, length - CRC_BYTES), received + 1);
    }
  }
}
