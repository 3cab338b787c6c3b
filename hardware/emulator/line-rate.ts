/** What becomes of a byte when the two ends of a line are not at the same rate. */

/** A receiver that samples the middle of each bit from the start bit's edge on reads ten bits right up to about this. */
const TOLERANCE = 0.04;
const DATA_BITS = 8;

/**
 * Whether bytes of one end arrive whole at the other. The arguments are both rates, or both the time of a byte, in any
 * unit.
 */
export const ratesMatch = (one: number, other: number): boolean => Math.abs(one / other - 1) <= TOLERANCE;

/**
 * What a receiver at the wrong rate takes a byte for: it samples the sender's bits at its own times.
 * @param sent how long the sender takes for a byte
 * @param heard how long the receiver thinks it takes
 * @returns never the byte itself
 */
export function heardAs(byte: number, sent: number, heard: number): number {
  let seen = 0;
  for (let bit = 0; bit < DATA_BITS; bit++) {
    // In bits of the sender: 0 is its start bit, 1 to 8 are data, then the line is high.
    const at = Math.floor(((bit + 1.5) * heard) / sent);
    const level = at === 0 ? 0 : at > DATA_BITS ? 1 : (byte >> (at - 1)) & 1;
    seen |= level << bit;
  }
  return seen === byte ? byte ^ 0xff : seen;
}
