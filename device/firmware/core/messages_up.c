#include "messages_up.h"

#include "cbor.h"

/* shared/contract/short-input.ts gives the layout, bit by bit. */
enum { SHORT_SEQ_MASK = 0x7f, SHORT_AXIS_FLAG = 0x80, SHORT_TIME_SHIFT = 7, SHORT_LOW_MASK = 0x0fff };

uint8_t message_hello(uint8_t *out, const struct identity *identity, uint32_t last_seq) {
  uint8_t *at = cbor_write_array(out, 10);
  at = cbor_write_uint(at, MESSAGE_HELLO);
  at = cbor_write_uint(at, CONTRACT_VERSION);
  at = cbor_write_text(at, identity->id, identity->id_size);
  at = cbor_write_uint(at, KIND_BOARD);
  at = cbor_write_text(at, identity->id, 0); /* no name: the hub makes one */
  at = cbor_write_text(at, identity->firmware, identity->firmware_size);
  at = cbor_write_uint(at, identity->restarts);
  at = cbor_write_uint(at, last_seq);
  at = cbor_write_uint(at, 0); /* wants no observations */
  at = cbor_write_uint(at, identity->max_baud);
  return (uint8_t)(at - out);
}

uint8_t message_pong(uint8_t *out, uint32_t token, uint32_t time_us, uint16_t lost) {
  uint8_t *at = cbor_write_array(out, 4);
  at = cbor_write_uint(at, MESSAGE_PONG);
  at = cbor_write_uint(at, token);
  at = cbor_write_uint(at, time_us);
  at = cbor_write_uint(at, lost);
  return (uint8_t)(at - out);
}

static uint8_t *write_numbers(uint8_t *at, const uint16_t *numbers, uint8_t count) {
  at = cbor_write_array(at, count);
  while (count-- > 0) at = cbor_write_uint(at, *numbers++);
  return at;
}

uint8_t message_report(uint8_t *out, const struct health *health) {
  uint8_t *at = cbor_write_array(out, 4);
  at = cbor_write_uint(at, MESSAGE_REPORT);
  at = write_numbers(at, health->bounce_us, HEALTH_BUTTONS);
  at = cbor_write_uint(at, health->stuck);
  at = write_numbers(at, health->lost, LOST_WAYS);
  return (uint8_t)(at - out);
}

/* The two below have one length and no choice in them: they are written byte by byte. */

uint8_t message_join(uint8_t *out) {
  out[0] = CBOR_ARRAY << 5 | 3;
  out[1] = MESSAGE_JOIN;
  out[2] = CBOR_TEXT << 5; /* any room */
  out[3] = CBOR_TEXT << 5; /* any side */
  return JOIN_BYTES;
}

static uint8_t short_input(uint8_t *out, uint8_t first, uint8_t buttons, uint16_t low) {
  out[0] = CBOR_BYTES << 5 | 3;
  out[1] = first;
  out[2] = (uint8_t)((buttons << 4) | ((low & SHORT_LOW_MASK) >> 8));
  out[3] = (uint8_t)low;
  return SHORT_INPUT_BYTES;
}

uint8_t message_short_buttons(uint8_t *out, uint32_t seq, uint8_t buttons, uint32_t time_us) {
  return short_input(out, seq & SHORT_SEQ_MASK, buttons, (uint16_t)(time_us >> SHORT_TIME_SHIFT));
}

uint8_t message_short_axis(uint8_t *out, uint32_t seq, uint8_t buttons, uint16_t axis) {
  return short_input(out, SHORT_AXIS_FLAG | (seq & SHORT_SEQ_MASK), buttons, axis);
}
