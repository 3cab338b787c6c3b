#include "cbor_writer.h"

#include "cbor.h"

static uint8_t type_byte(enum cbor_major major, uint8_t info) { return (uint8_t)(major << 5 | info); }

/* Spelled out, because to shift 32 bits by a variable takes an 8-bit chip a loop of its own. */
uint8_t *cbor_write_uint(uint8_t *at, uint32_t value) {
  if (value > UINT16_MAX) {
    *at++ = type_byte(CBOR_UINT, CBOR_FOUR_BYTES);
    *at++ = (uint8_t)(value >> 24);
    *at++ = (uint8_t)(value >> 16);
    *at++ = (uint8_t)(value >> 8);
  } else if (value > UINT8_MAX) {
    *at++ = type_byte(CBOR_UINT, CBOR_TWO_BYTES);
    *at++ = (uint8_t)(value >> 8);
  } else if (value > CBOR_DIRECT_MAX) {
    *at++ = type_byte(CBOR_UINT, CBOR_ONE_BYTE);
  }
  *at++ = (uint8_t)value;
  return at;
}

/* A head whose argument fits a byte: all but numbers have one. */
static uint8_t *short_head(uint8_t *at, enum cbor_major major, uint8_t argument) {
  if (argument <= CBOR_DIRECT_MAX) {
    *at++ = type_byte(major, argument);
  } else {
    *at++ = type_byte(major, CBOR_ONE_BYTE);
    *at++ = argument;
  }
  return at;
}

uint8_t *cbor_write_array(uint8_t *at, uint8_t count) { return short_head(at, CBOR_ARRAY, count); }

uint8_t *cbor_write_bytes(uint8_t *at, const uint8_t *bytes, uint8_t size) {
  at = short_head(at, CBOR_BYTES, size);
  while (size-- > 0) *at++ = *bytes++;
  return at;
}

uint8_t *cbor_write_text(uint8_t *at, const char *text, uint8_t size) {
  at = short_head(at, CBOR_TEXT, size);
  while (size-- > 0) *at++ = (uint8_t)*text++;
  return at;
}

uint8_t *cbor_write_null(uint8_t *at) {
  *at++ = type_byte(CBOR_SIMPLE, CBOR_SIMPLE_NULL);
  return at;
}
