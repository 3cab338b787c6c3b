/** Sine and cosine in integers: the same bits on every processor, which Math.sin does not promise (ECMA-262, 21.3.2). */

/** Angle units in a degree. */
export const ANGLE_UNITS = 16;
/** What stands for 1 in the results: 2^14. */
export const Q14 = 16_384;

/** Sine of each whole degree from 0 to 90, times Q14. */
// oxfmt-ignore
const SINES: readonly number[] = [
  0, 286, 572, 857, 1143, 1428, 1713, 1997, 2280, 2563, 2845, 3126, 3406,
  3686, 3964, 4240, 4516, 4790, 5063, 5334, 5604, 5872, 6138, 6402, 6664, 6924,
  7182, 7438, 7692, 7943, 8192, 8438, 8682, 8923, 9162, 9397, 9630, 9860, 10087,
  10311, 10531, 10749, 10963, 11174, 11381, 11585, 11786, 11982, 12176, 12365, 12551, 12733,
  12911, 13085, 13255, 13421, 13583, 13741, 13894, 14044, 14189, 14330, 14466, 14598, 14726,
  14849, 14968, 15082, 15191, 15296, 15396, 15491, 15582, 15668, 15749, 15826, 15897, 15964,
  16026, 16083, 16135, 16182, 16225, 16262, 16294, 16322, 16344, 16362, 16374, 16382, 16384,
];

/** Sine of an angle from 0 to 90 degrees, in 1/16 degree; times Q14, off by at most 2. */
export function sine(angle: number): number {
  const degree = Math.floor(angle / ANGLE_UNITS);
  const low = SINES[degree] ?? Q14;
  const high = SINES[degree + 1] ?? low;
  return low + (((high - low) * (angle % ANGLE_UNITS)) >> 4);
}

/** Cosine of an angle from 0 to 90 degrees, like `sine`. */
export const cosine = (angle: number): number => sine(90 * ANGLE_UNITS - angle);

/** length × sine or cosine, rounded to an integer of at least 1: nothing ever stands still on an axis. */
export const scaled = (length: number, q14: number): number => Math.max(1, Math.floor((length * q14 + Q14 / 2) / Q14));
