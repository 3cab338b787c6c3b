/** Numbers and names of the database as messages can carry them: whatever is in it never breaks one. */

const MOST = 0xffff_ffff;
const NAME_BYTES = 32;

export const atMost = (value: unknown): number => Math.min(Number(value), MOST);

/** A name without control characters, and cut between characters. */
export function cleanName(name: unknown): string {
  let clean = '';
  for (const character of String(name).replaceAll(/[\u0000-\u001f\u007f]/g, '')) {
    if (Buffer.byteLength(clean + character) > NAME_BYTES) break;
    clean += character;
  }
  return clean;
}
