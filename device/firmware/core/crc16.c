#include "crc16.h"

/*
 * Without a table, which would cost 512 bytes of flash, and without a loop over the bits. The polynomial is
 * x^16 + x^12 + x^5 + 1, reflected: what leaves at the low end comes back 0, 5 and 12 places further up. The feedback
 * of a byte's low half reaches its own high half (12 - 8 = 4 places), which is settled first.
 */
uint16_t crc16_add(uint16_t crc, uint8_t byte) {
  uint8_t feedback = (uint8_t)(crc ^ byte);
  feedback = (uint8_t)(feedback ^ (feedback << 4));
  /* In bytes: to shift 16 bits by three takes an 8-bit chip a loop. */
  const uint8_t upper = feedback >> 4;
  const uint8_t low = (uint8_t)((crc >> 8) ^ (uint8_t)(feedback << 3) ^ upper);
  const uint8_t high = (uint8_t)(feedback ^ (upper >> 1));
  return (uint16_t)((unsigned)high << 8 | low);
}
