#include "count.h"
#include "crc16.h"
#include "frame.h"

void frame_receiver_restart(struct frame_receiver *receiver) {
  receiver->received = 0;
  receiver->decoded = 0;
  receiver->crc = CRC16_START;
  receiver->cobs = (struct cobs_decoder){0};
}

void frame_receiver_init(struct frame_receiver *receiver, uint8_t *buffer, uint16_t capacity) {
  *receiver = (struct frame_receiver){.payload = buffer, .capacity = capacity};
  frame_receiver_restart(receiver);
}

/*
 * Takes bytes up to the first delimiter. All that changes with every byte is in locals, and so in registers: at 1 Mbaud
 * a chip of 16 MHz has 160 cycles for a byte, its interrupt included. Returns how many bytes there were.
 */
static uint8_t take_bytes(struct frame_receiver *receiver, const volatile uint8_t *bytes, uint8_t size) {
  const volatile uint8_t *at = bytes;
  struct cobs_decoder cobs = receiver->cobs;
  uint16_t crc = receiver->crc;
  uint16_t decoded = receiver->decoded;
  for (; size > 0; size--) {
    const uint8_t byte = *at;
    if (byte == FRAME_DELIMITER) break;
    at++;
    uint8_t data;
    if (!cobs_decoder_put(&cobs, byte, &data)) continue;
    if (decoded < receiver->capacity) receiver->payload[decoded] = data;
    decoded++;
    crc = crc16_add(crc, data);
  }
  receiver->cobs = cobs;
  receiver->crc = crc;
  receiver->decoded = decoded;
  return (uint8_t)(at - bytes);
}

static enum frame_fate fate_of_frame(const struct frame_receiver *receiver) {
  if (receiver->received > FRAME_MAX_BYTES) return FRAME_TOO_LONG;
  if (!cobs_decoder_whole(&receiver->cobs)) return FRAME_BAD_STUFFING;
  if (receiver->decoded <= FRAME_CRC_BYTES) return FRAME_TOO_SHORT;
  return receiver->crc == 0 ? FRAME_WHOLE : FRAME_BAD_CRC;
}

static enum frame_result end_frame(struct frame_receiver *receiver) {
  /* Two delimiters in a row are idle filling, not a loss. */
  if (receiver->received == 0) return FRAME_NONE;
  const enum frame_fate fate = fate_of_frame(receiver);
  count_up(&receiver->counters[fate]);
  receiver->payload_size = (uint16_t)(receiver->decoded - FRAME_CRC_BYTES);
  receiver->kept = receiver->payload_size < receiver->capacity ? receiver->payload_size : receiver->capacity;
  frame_receiver_restart(receiver);
  return fate == FRAME_WHOLE ? FRAME_TAKEN : FRAME_LOST;
}

enum frame_result frame_receiver_take(struct frame_receiver *receiver, const volatile uint8_t *bytes, uint8_t *size) {
  const uint8_t taken = take_bytes(receiver, bytes, *size);
  /* One more than the limit says "too long"; beyond it nothing is counted any more, so that nothing can wrap. */
  if (receiver->received <= FRAME_MAX_BYTES) receiver->received = (uint16_t)(receiver->received + taken);
  else receiver->decoded = receiver->received;
  if (taken == *size) return FRAME_NONE;
  *size = (uint8_t)(taken + 1);
  return end_frame(receiver);
}

enum frame_result frame_receiver_put(struct frame_receiver *receiver, uint8_t byte) {
  uint8_t size = 1;
  return frame_receiver_take(receiver, &byte, &size);
}
