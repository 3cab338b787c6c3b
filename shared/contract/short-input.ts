/**
 * The short form of INPUT: a CBOR byte string of three bytes, so that a press is eight bytes on a serial wire
 * (COBS code, four bytes, CRC-16, delimiter). Most significant bit first:
 *
 *     0 sssssss bbbbtttt tttttttt   buttons changed: seq modulo 128, buttons, time in units of 128 µs modulo 4096
 *     1 sssssss bbbbaaaa aaaaaaaa   axis moved: seq modulo 128, buttons, axis 0..4095
 *
 * Only the first four buttons travel. The receiver restores the full seq and time from what it knows of the device.
 */
import type { MessageOf } from './messages.ts';

/** One unit of the short time, in µs. */
export const SHORT_TIME_UNIT_US = 128;
/** After how many µs the short time wraps: 0.524 s. */
export const SHORT_TIME_WRAP_US = 4096 * SHORT_TIME_UNIT_US;
/** After how many inputs the short number wraps. */
export const SHORT_SEQ_WRAP = 128;

type Input = MessageOf<'INPUT'>;

/** An INPUT whose seq and time are still modulo the wraps above; time is null where the form carries none. */
export interface ShortInput {
  readonly seq: number;
  readonly buttons: number;
  readonly time: number | null;
  readonly axis: number | null;
}

/** Packs an INPUT into three bytes. An input with an axis gives up its time. */
export function packShortInput(input: Input): Uint8Array {
  const low = input.axis ?? Math.floor(input.time / SHORT_TIME_UNIT_US) % 4096;
  const first = (input.axis === null ? 0 : 0x80) | (input.seq % SHORT_SEQ_WRAP);
  return Uint8Array.of(first, ((input.buttons & 0x0f) << 4) | (low >> 8), low & 0xff);
}

/** Unpacks three bytes; every value of them is valid. */
export function unpackShortInput(packed: Uint8Array): ShortInput {
  const [first, second, third] = packed as unknown as [number, number, number];
  const low = ((second & 0x0f) << 8) | third;
  const moved = first >= 0x80;
  return {
    seq: first % SHORT_SEQ_WRAP,
    buttons: second >> 4,
    time: moved ? null : low * SHORT_TIME_UNIT_US,
    axis: moved ? low : null,
  };
}

/** The number congruent to `short` modulo `wrap` that is nearest to `near` (and not negative). */
export function unwrap(short: number, wrap: number, near: number): number {
  const candidate = near - ((((near - short) % wrap) + wrap) % wrap);
  if (near - candidate > wrap / 2) return candidate + wrap;
  return candidate < 0 ? candidate + wrap : candidate;
}
