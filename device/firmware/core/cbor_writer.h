/*
 * Writes the subset of CBOR (RFC 8949) that the contract uses: definite arrays, unsigned integers, short texts and
 * byte strings, null. Every head is as short as it can be, as the hub writes them.
 *
 * Each call writes one item, or an array's head, at `at` and returns where the next goes. Precondition: the caller's
 * buffer has room for it, which the sizes below let a caller know when it is compiled.
 */
#ifndef PADDLEWIRE_CBOR_WRITER_H
#define PADDLEWIRE_CBOR_WRITER_H

#include <stdint.h>

/* The most bytes an item takes. */
enum { CBOR_ARRAY_BYTES = 2, CBOR_UINT_BYTES = 5, CBOR_NULL_BYTES = 1 };
#define CBOR_STRING_BYTES(size) (2 + (size))

/* Begins an array of `count` items; the next `count` calls write them. */
uint8_t *cbor_write_array(uint8_t *at, uint8_t count);

/* Writes an unsigned integer. */
uint8_t *cbor_write_uint(uint8_t *at, uint32_t value);

/* Writes a text of `size` bytes of UTF-8. */
uint8_t *cbor_write_text(uint8_t *at, const char *text, uint8_t size);

/* Writes a byte string of `size` bytes. */
uint8_t *cbor_write_bytes(uint8_t *at, const uint8_t *bytes, uint8_t size);

/* Writes null. */
uint8_t *cbor_write_null(uint8_t *at);

#endif
