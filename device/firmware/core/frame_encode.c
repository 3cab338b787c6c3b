#include "crc16.h"
#include "frame.h"

size_t frame_encode(uint8_t *out, const uint8_t *payload, size_t size) {
  struct cobs_encoder cobs;
  uint16_t crc = CRC16_START;
  cobs_encoder_begin(&cobs, out);
  /* One loop for payload and CRC: stuffing stands in the program once, and can be compiled into it. */
  for (size_t left = size + FRAME_CRC_BYTES; left > 0; left--) {
    uint8_t byte = (uint8_t)crc;
    if (left > FRAME_CRC_BYTES) {
      byte = *payload++;
      crc = crc16_add(crc, byte);
    } else {
      crc >>= 8;
    }
    cobs_encoder_put(&cobs, byte);
  }
  uint8_t *const end = cobs_encoder_end(&cobs);
  *end = FRAME_DELIMITER;
  return (size_t)(end - out) + 1;
}
