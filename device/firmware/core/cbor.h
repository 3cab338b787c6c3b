/* What a byte of CBOR says (RFC 8949, section 3): the words that reader and writer share. */
#ifndef PADDLEWIRE_CBOR_H
#define PADDLEWIRE_CBOR_H

/* The major type: the upper three bits of an item's first byte. */
enum cbor_major {
  CBOR_UINT = 0,
  CBOR_NEGATIVE = 1,
  CBOR_BYTES = 2,
  CBOR_TEXT = 3,
  CBOR_ARRAY = 4,
  CBOR_MAP = 5,
  CBOR_TAG = 6,
  CBOR_SIMPLE = 7
};

/* The lower five bits: the argument itself up to 23, or how many bytes of it follow. */
enum { CBOR_DIRECT_MAX = 23, CBOR_ONE_BYTE = 24, CBOR_TWO_BYTES = 25, CBOR_FOUR_BYTES = 26, CBOR_EIGHT_BYTES = 27 };

enum { CBOR_SIMPLE_FALSE = 20, CBOR_SIMPLE_NULL = 22, CBOR_SIMPLE_UNDEFINED = 23 };

#endif
