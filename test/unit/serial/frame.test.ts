import { describe, expect, it } from 'vitest';
import {
  encodeFrame,
  FrameDecoder,
  framesLost,
  MAX_FRAME_BYTES,
  type FrameCounters,
} from '../../../shared/serial/frame.ts';
import { crc16 } from '../../../shared/serial/crc16.ts';
import { Random } from '../../support/random.ts';
import { toHex, vectors } from '../../support/vectors.ts';

function decodeAll(decoder: FrameDecoder, bytes: Uint8Array): string[] {
  const payloads: string[] = [];
  decoder.push(bytes, (payload) => payloads.push(toHex(payload)));
  return payloads;
}

describe('the vectors', () => {
  it.each(['message', 'short', 'refused', 'frame'].flatMap(vectors))('$kind: $name', ({ payload, line }) => {
    expect(toHex(encodeFrame(payload))).toBe(toHex(line));
    expect(decodeAll(new FrameDecoder(), line)).toEqual([toHex(payload)]);
  });

  it.each(vectors('lost'))('lost: $name', ({ expected, line }) => {
    const decoder = new FrameDecoder();
    expect(decodeAll(decoder, line)).toEqual([]);
    const one: FrameCounters = { frames: 0, tooLong: 0, tooShort: 0, badStuffing: 0, badCrc: 0 };
    expect(decoder.counters).toEqual({ ...one, [expected]: 1 });
  });
});

describe('a line', () => {
  it('knows the check value of CRC-16/MCRF4XX', () => {
    expect(crc16(new TextEncoder().encode('123456789'))).toBe(0x6f91);
  });

  it('carries frames in pieces of any size', () => {
    const random = new Random(1);
    const payloads = Array.from({ length: 200 }, () => random.bytes(1 + random.below(400)));
    const line = Buffer.concat(payloads.map((payload) => encodeFrame(payload)));
    const decoder = new FrameDecoder();
    const received: string[] = [];
    for (let at = 0; at < line.length;) {
      const size = 1 + random.below(90);
      received.push(...decodeAll(decoder, line.subarray(at, at + size)));
      at += size;
    }
    expect(received).toEqual(payloads.map((payload) => toHex(payload)));
    expect(framesLost(decoder.counters)).toBe(0);
  });

  it('is in step again at the next delimiter after 10,000 bytes without one', () => {
    const decoder = new FrameDecoder();
    expect(decodeAll(decoder, new Uint8Array(10_000).fill(0x55))).toEqual([]);
    expect(decodeAll(decoder, Uint8Array.of(0))).toEqual([]);
    expect(decodeAll(decoder, encodeFrame(Uint8Array.of(7)))).toEqual(['07']);
    expect(decoder.counters).toMatchObject({ tooLong: 1, frames: 1 });
  });

  it('gives a frame of the longest length and none longer', () => {
    const decoder = new FrameDecoder();
    const longest = new Uint8Array(1024).fill(1);
    expect(encodeFrame(longest).length - 1).toBeLessThanOrEqual(MAX_FRAME_BYTES);
    expect(decodeAll(decoder, encodeFrame(longest))).toHaveLength(1);
    expect(decodeAll(decoder, encodeFrame(new Uint8Array(1040).fill(1)))).toEqual([]);
    expect(decoder.counters.tooLong).toBe(1);
  });

  it('survives garbage: nothing false passes but by the chance of a CRC, and a good frame after it arrives', () => {
    const random = new Random(2);
    const decoder = new FrameDecoder();
    for (let round = 0; round < 100; round++) {
      decodeAll(decoder, random.bytes(1000));
      decodeAll(decoder, Uint8Array.of(0));
      expect(decodeAll(decoder, encodeFrame(Uint8Array.of(1, 2, 3)))).toEqual(['010203']);
    }
    expect(framesLost(decoder.counters)).toBeGreaterThan(100);
  });

  it('finds every change of a single bit', () => {
    const frame = encodeFrame(Uint8Array.of(0x43, 1, 0x10, 7));
    for (let bit = 0; bit < (frame.length - 1) * 8; bit++) {
      const decoder = new FrameDecoder();
      const changed = Uint8Array.from(frame);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(decodeAll(decoder, changed), `bit ${bit}`).toEqual([]);
      expect(framesLost(decoder.counters)).toBeGreaterThan(0);
    }
  });

  it('two delimiters in a row are no loss', () => {
    const decoder = new FrameDecoder();
    decodeAll(decoder, Uint8Array.of(0, 0, 0));
    expect(framesLost(decoder.counters)).toBe(0);
  });
});
