/*
 * Reads the subset of CBOR (RFC 8949) that the contract uses, in place and item by item; what is within an item that
 * the caller does not open is read over, however deep, without recursion. Indefinite lengths, tags and other simple
 * values are refused, as in the hub (shared/contract/cbor-check.ts). Nothing is read outside the buffer, whatever the
 * bytes say.
 */
#ifndef PADDLEWIRE_CBOR_READER_H
#define PADDLEWIRE_CBOR_READER_H

#include <stdint.h>

enum cbor_result {
  CBOR_OK,
  CBOR_END,    /* the bytes end before the item does */
  CBOR_REFUSED /* not CBOR of the contract, or not what the caller opens */
};

enum cbor_kind {
  CBOR_KIND_UINT,  /* written in up to 32 bits */
  CBOR_KIND_OTHER, /* false, true, a float, a negative integer or one written in 64 bits */
  CBOR_KIND_BYTES,
  CBOR_KIND_TEXT,
  CBOR_KIND_ARRAY,
  CBOR_KIND_MAP,
  CBOR_KIND_NULL
};

struct cbor_reader {
  const uint8_t *at;
  const uint8_t *end;
  /* The item read last: */
  uint8_t kind;         /* of enum cbor_kind */
  uint32_t argument;    /* a number's value, a string's size in bytes */
  const uint8_t *bytes; /* what a string holds, not ended by a zero; lies within the reader's bytes */
};

/* Makes a reader. Precondition: `bytes` holds `size` bytes, at most 16383, and outlives the reader. */
void cbor_reader_init(struct cbor_reader *reader, const uint8_t *bytes, uint16_t size);

/*
 * Opens an array: reads its head only, so that its items come next.
 *
 * Returns CBOR_OK and how many items it has; CBOR_REFUSED also if it is something else or has over 255.
 */
enum cbor_result cbor_open_array(struct cbor_reader *reader, uint8_t *count);

/*
 * Reads one whole item, with all that is in it.
 *
 * Returns CBOR_OK, and the item's kind and value in the reader. After any other result the reader is of no more use.
 */
enum cbor_result cbor_read(struct cbor_reader *reader);

#endif
