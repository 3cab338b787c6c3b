/**
 * CRC-16/MCRF4XX: reflected CCITT polynomial 0x8408, initial value 0xFFFF, no final xor. It is what avr-libc's
 * `_crc_ccitt_update` computes, so a board needs no table. Sent low byte first, a whole frame's CRC is 0.
 */
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1;
  return crc;
});

/** The CRC of bytes `from` to `to` (exclusive). */
export function crc16(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = 0xffff;
  for (let at = from; at < to; at++) crc = (crc >> 8) ^ (TABLE[(crc ^ (bytes[at] as number)) & 0xff] as number);
  return crc;
}
