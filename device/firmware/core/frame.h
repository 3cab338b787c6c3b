/* Frames on a serial line: payload, CRC-16 low byte first, COBS, and a zero as delimiter (docs/serial.md). */
#ifndef PADDLEWIRE_FRAME_H
#define PADDLEWIRE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cobs.h"
#include "contract.h"

enum { FRAME_DELIMITER = 0, FRAME_CRC_BYTES = 2 };

/* The most bytes that a payload of `size` bytes takes on the line, delimiter included. */
#define FRAME_BYTES(size) (COBS_BYTES((size) + FRAME_CRC_BYTES) + 1)

/* The longest frame between two delimiters. */
enum { FRAME_MAX_BYTES = FRAME_BYTES(CONTRACT_MAX_MESSAGE_BYTES) - 1 };

/*
 * Frames one payload.
 *
 * out       the caller's buffer, of FRAME_BYTES(size) bytes at least
 * payload   what to send; may lie at out + 1 if it has at most FRAME_IN_PLACE_BYTES bytes, else not within `out`
 * size      its bytes, 1 to CONTRACT_MAX_MESSAGE_BYTES
 *
 * Returns the bytes written, delimiter included.
 */
size_t frame_encode(uint8_t *out, const uint8_t *payload, size_t size);

/* With its CRC one block of COBS: stuffing then never overtakes what it still has to read. */
enum { FRAME_IN_PLACE_BYTES = 252 };

/* What came of a byte. */
enum frame_result {
  FRAME_NONE,  /* nothing yet */
  FRAME_TAKEN, /* a frame is whole: see `payload` and the sizes below */
  FRAME_LOST   /* a frame was dropped, and the counter of its way of loss grew */
};

/* What can become of a frame: it arrives, or is lost in one of these ways. */
enum frame_fate {
  FRAME_WHOLE,
  FRAME_TOO_LONG,     /* longer than any message */
  FRAME_TOO_SHORT,    /* too short to hold a CRC: noise between two delimiters */
  FRAME_BAD_STUFFING, /* not COBS: bytes were lost or a delimiter was made up on the line */
  FRAME_BAD_CRC,      /* bits changed on the line */
  FRAME_FATES         /* how many of these there are */
};

/*
 * Takes a line's bytes one by one. COBS and CRC are done as the bytes come, so a board need not hold a whole frame:
 * of a payload that is larger than the buffer the head is kept, the CRC covers all of it. After garbage the receiver
 * is in step again at the next delimiter.
 */
struct frame_receiver {
  uint8_t *payload;      /* the caller's buffer */
  uint16_t capacity;     /* its bytes */
  uint16_t payload_size; /* of the frame taken last, as sent */
  uint16_t kept;         /* of those, how many are in `payload` */
  uint16_t received;     /* bytes since the delimiter, undecoded */
  uint16_t decoded;      /* bytes of data since the delimiter */
  uint16_t crc;
  struct cobs_decoder cobs;
  uint16_t counters[FRAME_FATES]; /* by enum frame_fate; they stay at their largest, 65535 */
};

/*
 * Makes a receiver, its counters at 0. Precondition: `buffer` is the caller's, holds `capacity` bytes, and lives as
 * long as the receiver.
 */
void frame_receiver_init(struct frame_receiver *receiver, uint8_t *buffer, uint16_t capacity);

/* Forgets a frame that has begun; the counters stay. */
void frame_receiver_restart(struct frame_receiver *receiver);

/*
 * Takes one byte of the line, of any value.
 *
 * Returns FRAME_TAKEN when the byte ended a good frame; `payload`, `payload_size` and `kept` hold until the next call.
 */
enum frame_result frame_receiver_put(struct frame_receiver *receiver, uint8_t byte);

/*
 * Takes many bytes of the line, up to the end of a frame if there is one among them: faster than one by one.
 *
 * bytes   may be written by an interrupt, but not these
 * size    how many there are; set to how many were taken
 *
 * Returns what came of the last byte taken.
 */
enum frame_result frame_receiver_take(struct frame_receiver *receiver, const volatile uint8_t *bytes, uint8_t *size);

#endif
