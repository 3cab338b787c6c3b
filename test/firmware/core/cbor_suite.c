/* The CBOR subset: the examples of RFC 8949, appendix A, as far as they are in it, and what is refused. */
#include <stdlib.h>
#include <string.h>

#include "cbor_reader.h"
#include "cbor_writer.h"
#include "harness.h"

static void write_numbers(const void *context) {
  (void)context;
  static const struct {
    uint32_t value;
    uint8_t size;
    uint8_t bytes[5];
  } rows[] = {{0, 1, {0x00}},
              {10, 1, {0x0a}},
              {23, 1, {0x17}},
              {24, 2, {0x18, 0x18}},
              {100, 2, {0x18, 0x64}},
              {255, 2, {0x18, 0xff}},
              {256, 3, {0x19, 0x01, 0x00}},
              {1000, 3, {0x19, 0x03, 0xe8}},
              {65535, 3, {0x19, 0xff, 0xff}},
              {65536, 5, {0x1a, 0x00, 0x01, 0x00, 0x00}},
              {1000000, 5, {0x1a, 0x00, 0x0f, 0x42, 0x40}},
              {4294967295u, 5, {0x1a, 0xff, 0xff, 0xff, 0xff}}};
  for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
    uint8_t out[CBOR_UINT_BYTES];
    struct cbor_reader reader;
    const uint8_t *const end = cbor_write_uint(out, rows[at].value);
    CHECK_BYTES(out, (size_t)(end - out), rows[at].bytes, rows[at].size);
    cbor_reader_init(&reader, out, rows[at].size);
    CHECK_EQUAL(cbor_read(&reader), CBOR_OK);
    CHECK_EQUAL(reader.kind, CBOR_KIND_UINT);
    CHECK_EQUAL(reader.argument, rows[at].value);
    CHECK(reader.at == reader.end);
  }
}

static void write_strings(const void *context) {
  (void)context;
  char text[200];
  uint8_t out[CBOR_STRING_BYTES(200)];
  memset(text, 'a', sizeof text);
  for (uint8_t size = 0; size < 200; size++) {
    struct cbor_reader reader;
    const uint8_t *end = cbor_write_text(out, text, size);
    CHECK_EQUAL(end - out, size + (size < 24 ? 1 : 2));
    cbor_reader_init(&reader, out, (uint16_t)(end - out));
    CHECK_EQUAL(cbor_read(&reader), CBOR_OK);
    CHECK_EQUAL(reader.kind, CBOR_KIND_TEXT);
    CHECK_BYTES(reader.bytes, reader.argument, text, size);
    end = cbor_write_bytes(out, (const uint8_t *)text, size);
    cbor_reader_init(&reader, out, (uint16_t)(end - out));
    CHECK_EQUAL(cbor_read(&reader), CBOR_OK);
    CHECK_EQUAL(reader.kind, CBOR_KIND_BYTES);
  }
}

static void write_array_and_null(const void *context) {
  (void)context;
  uint8_t out[8];
  struct cbor_reader reader;
  uint8_t count = 0;
  const uint8_t *const end = cbor_write_null(cbor_write_array(out, 25));
  CHECK_BYTES(out, (size_t)(end - out), "\x98\x19\xf6", 3);
  cbor_reader_init(&reader, out, 3);
  CHECK_EQUAL(cbor_open_array(&reader, &count), CBOR_OK);
  CHECK_EQUAL(count, 25);
  CHECK_EQUAL(cbor_read(&reader), CBOR_OK);
  CHECK_EQUAL(reader.kind, CBOR_KIND_NULL);
}

struct item {
  const char *name;
  const char *bytes;
  uint8_t size;
  uint8_t result; /* of enum cbor_result */
  uint8_t kind;   /* of enum cbor_kind, if it is CBOR_OK */
};

static const struct item items[] = {
    {"a negative number", "\x38\x63", 2, CBOR_OK, CBOR_KIND_OTHER},
    {"a number written in 64 bits", "\x1b\x00\x00\x00\x00\x00\x00\x00\x05", 9, CBOR_OK, CBOR_KIND_OTHER},
    {"a number written longer than need be", "\x19\x00\x05", 3, CBOR_OK, CBOR_KIND_UINT},
    {"a half float", "\xf9\x3c\x00", 3, CBOR_OK, CBOR_KIND_OTHER},
    {"a float", "\xfa\x47\xc3\x50\x00", 5, CBOR_OK, CBOR_KIND_OTHER},
    {"a double", "\xfb\x3f\xf1\x99\x99\x99\x99\x99\x9a", 9, CBOR_OK, CBOR_KIND_OTHER},
    {"false", "\xf4", 1, CBOR_OK, CBOR_KIND_OTHER},
    {"true", "\xf5", 1, CBOR_OK, CBOR_KIND_OTHER},
    {"null", "\xf6", 1, CBOR_OK, CBOR_KIND_NULL},
    {"undefined", "\xf7", 1, CBOR_REFUSED, 0},
    {"simple(16)", "\xf0", 1, CBOR_REFUSED, 0},
    {"simple(255)", "\xf8\xff", 2, CBOR_REFUSED, 0},
    {"a tag", "\xc0\x63\x32\x30\x31", 5, CBOR_REFUSED, 0},
    {"reserved length 28", "\x1c", 1, CBOR_REFUSED, 0},
    {"indefinite array", "\x9f\x01\xff", 3, CBOR_REFUSED, 0},
    {"indefinite text", "\x7f\x61\x61\xff", 4, CBOR_REFUSED, 0},
    {"break alone", "\xff", 1, CBOR_REFUSED, 0},
    {"empty array", "\x80", 1, CBOR_OK, CBOR_KIND_ARRAY},
    {"nested arrays [1, [2, 3], [4, 5]]", "\x83\x01\x82\x02\x03\x82\x04\x05", 8, CBOR_OK, CBOR_KIND_ARRAY},
    {"map {a: 1, b: [2, 3]}", "\xa2\x61\x61\x01\x61\x62\x82\x02\x03", 9, CBOR_OK, CBOR_KIND_MAP},
    {"empty map", "\xa0", 1, CBOR_OK, CBOR_KIND_MAP},
    {"array of 19 deep", "\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x00", 20,
     CBOR_OK, CBOR_KIND_ARRAY},
    {"array with a tag inside", "\x82\x01\xc1\x00", 4, CBOR_REFUSED, 0},
    {"nothing", "", 0, CBOR_END, 0},
    {"number cut short", "\x1a\x00\x01\x00", 4, CBOR_END, 0},
    {"text cut short", "\x63\x61\x62", 3, CBOR_END, 0},
    {"array cut short", "\x82\x01", 2, CBOR_END, 0},
    {"map cut short", "\xa1\x01", 2, CBOR_END, 0},
    {"array that claims four billion items", "\x9a\xff\xff\xff\xff\x00", 6, CBOR_END, 0},
    {"map that claims four billion pairs", "\xba\xff\xff\xff\xff\x00", 6, CBOR_END, 0},
    {"text that claims four billion bytes", "\x7a\xff\xff\xff\xff\x61", 6, CBOR_END, 0},
    {"text that claims 2^64 - 1 bytes", "\x7b\xff\xff\xff\xff\xff\xff\xff\xff", 9, CBOR_REFUSED, 0},
    {"arrays whose claims add up to more than there is", "\x83\x83\x83\x00\x00", 5, CBOR_END, 0},
};

static void run_item(const void *context) {
  const struct item *const item = context;
  /* Memory of exactly this size, so that the sanitizer sees a byte read too far. */
  uint8_t *const bytes = malloc(item->size + 1u);
  memcpy(bytes, item->bytes, item->size);
  bytes[item->size] = 0;
  uint8_t *const exact = malloc(item->size > 0 ? item->size : 1u);
  memcpy(exact, item->bytes, item->size);
  struct cbor_reader reader;
  cbor_reader_init(&reader, exact, item->size);
  const enum cbor_result result = cbor_read(&reader);
  CHECK_EQUAL(result, item->result);
  if (result == CBOR_OK) {
    CHECK_EQUAL(reader.kind, item->kind);
    CHECK(reader.at == reader.end);
    /* With something behind it, it ends at the same place. */
    cbor_reader_init(&reader, bytes, (uint16_t)(item->size + 1));
    CHECK_EQUAL(cbor_read(&reader), CBOR_OK);
    CHECK_EQUAL(reader.end - reader.at, 1);
  }
  free(exact);
  free(bytes);
}

static void random_bytes(const void *context) {
  (void)context;
  uint32_t random = 99;
  for (int round = 0; round < 200000; round++) {
    uint8_t bytes[24];
    const uint16_t size = (uint16_t)random_below(&random, sizeof bytes + 1);
    for (uint16_t at = 0; at < size; at++) bytes[at] = (uint8_t)random_next(&random);
    struct cbor_reader reader;
    cbor_reader_init(&reader, bytes, size);
    while (reader.at < reader.end && cbor_read(&reader) == CBOR_OK) {
      CHECK(reader.at > bytes && reader.at <= bytes + size);
    }
  }
}

void suite_cbor(void) {
  run_case("cbor", "numbers are as short as can be, and read back", write_numbers, NULL);
  run_case("cbor", "texts and byte strings of every length read back", write_strings, NULL);
  run_case("cbor", "an array's head and null", write_array_and_null, NULL);
  for (size_t at = 0; at < sizeof items / sizeof items[0]; at++) run_case("cbor", items[at].name, run_item, &items[at]);
  run_case("cbor", "random bytes never lead outside the buffer", random_bytes, NULL);
}
