/*
 * Consistent Overhead Byte Stuffing (Cheshire and Baker, 1999), a byte at a time in both directions: no zero inside a
 * frame, so that a zero can end it. Data travels as blocks; a block is a code byte n and n - 1 bytes without zero, and
 * a zero follows each block but a full one (n = 255) and the last.
 */
#ifndef PADDLEWIRE_COBS_H
#define PADDLEWIRE_COBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most bytes that `size` bytes of data become, without delimiter. */
#define COBS_BYTES(size) ((size) + 1 + (size) / 254)

/* Stuffs data into a buffer of the caller. */
struct cobs_encoder {
  uint8_t *code; /* where the open block's code goes */
  uint8_t *end;  /* where the next byte goes */
};

/* Begins a frame. Precondition: `out` is the caller's, and holds COBS_BYTES of all the data that will be put. */
void cobs_encoder_begin(struct cobs_encoder *encoder, uint8_t *out);

/* Adds one byte of data. */
void cobs_encoder_put(struct cobs_encoder *encoder, uint8_t byte);

/* Ends the frame, without delimiter. Returns where the stuffed bytes end in the caller's buffer. */
uint8_t *cobs_encoder_end(struct cobs_encoder *encoder);

/* Unstuffs a line's bytes. All zero is its beginning, and its state after a delimiter. */
struct cobs_decoder {
  uint8_t left;  /* bytes still to come in the open block */
  bool zero_due; /* a zero stands between the block and the next one */
};

/*
 * Takes one byte of the line.
 *
 * byte   not 0: the caller keeps delimiters to itself
 * out    gets the byte of data, if there is one
 *
 * Returns whether a byte of data came out: each byte of the line yields at most one.
 */
bool cobs_decoder_put(struct cobs_decoder *decoder, uint8_t byte, uint8_t *out);

/* Returns whether a delimiter may come now: if not, bytes were lost or a delimiter was made up on the line. */
bool cobs_decoder_whole(const struct cobs_decoder *decoder);

#endif
