/* The messages a paddle sends, as payloads of frames (docs/contract.md). */
#ifndef PADDLEWIRE_MESSAGES_UP_H
#define PADDLEWIRE_MESSAGES_UP_H

#include <stdint.h>

#include "cbor_writer.h"
#include "contract.h"
#include "health.h"

enum { MAX_FIRMWARE_BYTES = 16 };

/* The most bytes of each message. */
enum {
  HELLO_BYTES = CBOR_ARRAY_BYTES + 4 * 1 + CBOR_STRING_BYTES(CONTRACT_MAX_ID_BYTES) + 1 +
                CBOR_STRING_BYTES(MAX_FIRMWARE_BYTES) + 3 * CBOR_UINT_BYTES,
  PONG_BYTES = CBOR_ARRAY_BYTES + 1 + 3 * CBOR_UINT_BYTES,
  REPORT_BYTES = 3 * CBOR_ARRAY_BYTES + 1 + (HEALTH_BUTTONS + 1 + LOST_WAYS) * CBOR_UINT_BYTES,
  JOIN_BYTES = 4,
  SHORT_INPUT_BYTES = 4
};

/* Who a paddle is. Texts are not ended by a zero. */
struct identity {
  char id[CONTRACT_MAX_ID_BYTES];
  uint8_t id_size;       /* 0: none yet, the hub will give one */
  uint8_t firmware_size; /* up to MAX_FIRMWARE_BYTES */
  const char *firmware;  /* program and version */
  uint32_t restarts;     /* how often the board has started, this time included */
  uint32_t max_baud;     /* fastest rate of its line; 0: it cannot change it */
};

/*
 * Each of these writes one message to `out`, the caller's, which has the bytes named above for it, and returns the
 * message's size in bytes.
 */

/* HELLO of a board that asks for nothing but what concerns its seat. `last_seq`: number of its newest INPUT. */
uint8_t message_hello(uint8_t *out, const struct identity *identity, uint32_t last_seq);

/* PONG with the token of its PING, the clock in µs and how many frames from the hub were lost. */
uint8_t message_pong(uint8_t *out, uint32_t token, uint32_t time_us, uint16_t lost);

/* REPORT of a self-test. */
uint8_t message_report(uint8_t *out, const struct health *health);

/* JOIN without a wish: the hub chooses room and side. */
uint8_t message_join(uint8_t *out);

/* INPUT in its short form, for changed buttons: number, buttons held (the first four travel), clock in µs. */
uint8_t message_short_buttons(uint8_t *out, uint32_t seq, uint8_t buttons, uint32_t time_us);

/* INPUT in its short form, for an axis that moved to 0 to CONTRACT_MAX_AXIS. */
uint8_t message_short_axis(uint8_t *out, uint32_t seq, uint8_t buttons, uint16_t axis);

#endif
