#include "cobs.h"

enum { FULL_BLOCK = 0xff };

static void open_block(struct cobs_encoder *encoder) { encoder->code = encoder->end++; }

static void close_block(struct cobs_encoder *encoder) { *encoder->code = (uint8_t)(encoder->end - encoder->code); }

void cobs_encoder_begin(struct cobs_encoder *encoder, uint8_t *out) {
  encoder->end = out;
  open_block(encoder);
}

void cobs_encoder_put(struct cobs_encoder *encoder, uint8_t byte) {
  /* A full block is closed only when more follows: at the end of the data no empty block stands behind it. */
  if (encoder->end - encoder->code == FULL_BLOCK) {
    close_block(encoder);
    open_block(encoder);
  }
  if (byte == 0) {
    close_block(encoder);
    open_block(encoder);
  } else {
    *encoder->end++ = byte;
  }
}

uint8_t *cobs_encoder_end(struct cobs_encoder *encoder) {
  close_block(encoder);
  return encoder->end;
}

bool cobs_decoder_put(struct cobs_decoder *decoder, uint8_t byte, uint8_t *out) {
  if (decoder->left > 0) {
    decoder->left--;
    *out = byte;
    return true;
  }
  /* Between two blocks: this byte is a code. */
  const bool zero = decoder->zero_due;
  decoder->left = (uint8_t)(byte - 1);
  decoder->zero_due = byte != FULL_BLOCK;
  *out = 0;
  return zero;
}

bool cobs_decoder_whole(const struct cobs_decoder *decoder) { return decoder->left == 0; }
