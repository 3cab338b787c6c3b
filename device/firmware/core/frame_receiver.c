#include "count.h"
#include "crc16.h"
#include "frame.h"

static void begin_frame(struct frame_receiver *receiver) {
  receiver->received = 0;
  receiver->decoded = 0;
  receiver->crc = CRC16_START;
  receiver->cobs = (struct cobs_decoder){0};
}

void frame_receiver_init(struct frame_receiver *receiver, uint8_t *buffer, uint16_t capacity) {
  *receiver = (struct frame_receiver){.payload = buffer, .capacity = capacity};
  begin_frame(receiver);
}

static void take_byte(struct frame_receiver *receiver, uint8_t byte) {
  /* One more than the limit says "too long"; what comes then, up to the delimiter, is not even looked at. */
  if (receiver->received > FRAME_MAX_BYTES) return;
  receiver->received++;
  uint8_t data;
  if (!cobs_decoder_put(&receiver->cobs, byte, &data)) return;
  if (receiver->decoded < receiver->capacity) receiver->payload[receiver->decoded] = data;
  receiver->decoded++;
  receiver->crc = crc16_add(receiver->crc, data);
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
  begin_frame(receiver);
  return fate == FRAME_WHOLE ? FRAME_TAKEN : FRAME_LOST;
}

enum frame_result frame_receiver_put(struct frame_receiver *receiver, uint8_t byte) {
  if (byte == FRAME_DELIMITER) return end_frame(receiver);
  take_byte(receiver, byte);
  return FRAME_NONE;
}
