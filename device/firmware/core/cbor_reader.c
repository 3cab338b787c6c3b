#include "cbor_reader.h"

#include "cbor.h"

static uint16_t left(const struct cbor_reader *reader) { return (uint16_t)(reader->end - reader->at); }

/* Reads the argument that follows a head, its highest byte first. Of eight bytes the lower four are kept. */
static enum cbor_result read_argument(struct cbor_reader *reader, uint8_t info) {
  uint8_t bytes = (uint8_t)(1 << (info - CBOR_ONE_BYTE));
  if (left(reader) < bytes) return CBOR_END;
  uint32_t argument = 0;
  for (; bytes > 0; bytes--) argument = (argument << 8) | *reader->at++;
  reader->argument = argument;
  return CBOR_OK;
}

static enum cbor_result read_head(struct cbor_reader *reader) {
  if (reader->at == reader->end) return CBOR_END;
  const uint8_t first = *reader->at++;
  const uint8_t major = (uint8_t)(first >> 5);
  const uint8_t info = first & 0x1f;
  reader->kind = major; /* the kinds have the numbers of the major types, but for the last two of these */
  reader->argument = info;
  if (info > CBOR_EIGHT_BYTES || major == CBOR_TAG) return CBOR_REFUSED; /* 28 to 31: reserved, or no length */
  if (info > CBOR_DIRECT_MAX && read_argument(reader, info) != CBOR_OK) return CBOR_END;
  if (major == CBOR_SIMPLE) {
    reader->kind = info == CBOR_SIMPLE_NULL ? CBOR_KIND_NULL : CBOR_KIND_OTHER;
    /* Allowed are false, true, null and floats. */
    return info < CBOR_SIMPLE_FALSE || info == CBOR_SIMPLE_UNDEFINED || info == CBOR_ONE_BYTE ? CBOR_REFUSED : CBOR_OK;
  }
  if (info != CBOR_EIGHT_BYTES) return CBOR_OK;
  /* Nobody here can use so large a number, and nothing sends such a string or array. */
  reader->kind = CBOR_KIND_OTHER;
  return major > CBOR_NEGATIVE ? CBOR_REFUSED : CBOR_OK;
}

/*
 * What follows a head: bytes of its own, or items within it, which are added to `items`. Each item takes a byte at
 * least, so what is left bounds every honest size, and 16 bits hold the sum of all items to come.
 */
static enum cbor_result enter(struct cbor_reader *reader, uint16_t *items) {
  if (reader->kind < CBOR_KIND_BYTES || reader->kind > CBOR_KIND_MAP) return CBOR_OK;
  if (reader->argument > left(reader)) return CBOR_END;
  const uint16_t size = (uint16_t)reader->argument;
  if (reader->kind <= CBOR_KIND_TEXT) {
    reader->bytes = reader->at;
    reader->at += size;
  } else {
    *items = (uint16_t)(*items + size);
    if (reader->kind == CBOR_KIND_MAP) *items = (uint16_t)(*items + size);
  }
  return *items > left(reader) + 1 ? CBOR_END : CBOR_OK;
}

void cbor_reader_init(struct cbor_reader *reader, const uint8_t *bytes, uint16_t size) {
  reader->at = bytes;
  reader->end = bytes + size;
}

enum cbor_result cbor_open_array(struct cbor_reader *reader, uint8_t *count) {
  const enum cbor_result result = read_head(reader);
  if (result != CBOR_OK) return result;
  *count = (uint8_t)reader->argument;
  return reader->kind == CBOR_KIND_ARRAY && reader->argument <= UINT8_MAX ? CBOR_OK : CBOR_REFUSED;
}

enum cbor_result cbor_read(struct cbor_reader *reader) {
  enum cbor_result result = read_head(reader);
  const uint8_t kind = reader->kind;
  /* Only how many items are to come counts, not at which depth: so no stack is needed. */
  for (uint16_t items = 1; result == CBOR_OK; result = read_head(reader)) {
    result = enter(reader, &items);
    if (result != CBOR_OK || --items == 0) break;
  }
  reader->kind = kind;
  return result;
}
