/* Messages of a hub: limits, what is skipped, and every cut and every changed byte of real ones. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "messages_down.h"
#include "messages_up.h"

struct row {
  const char *name;
  const char *bytes;
  uint16_t size;
  uint8_t result; /* of enum message_result */
};

static const struct row rows[] = {
    {"fields of a later version are skipped", "\x84\x12\x05\xa1\x61\x61\x82\x01\x02\xf6", 10, MESSAGE_TAKEN},
    {"tone without duration", "\x83\x0f\x01\x19\x03\x70", 6, MESSAGE_TAKEN},
    {"light with nothing but its kind", "\x82\x0f\x00", 3, MESSAGE_TAKEN},
    {"light with null for value and duration", "\x84\x0f\x00\xf6\xf6", 5, MESSAGE_TAKEN},
    {"effect without kind", "\x81\x0f", 2, MESSAGE_MALFORMED},
    {"effect whose kind is a text", "\x82\x0f\x64tone", 7, MESSAGE_MALFORMED},
    {"effect whose duration is a text", "\x84\x0f\x01\x01\x61\x31", 6, MESSAGE_MALFORMED},
    {"effect whose value is over 16 bits", "\x84\x0f\x01\x1a\x00\x01\x00\x00\x01", 9, MESSAGE_MALFORMED},
    {"ping with the largest token", "\x82\x12\x1a\xff\xff\xff\xff", 7, MESSAGE_TAKEN},
    {"ping without token", "\x81\x12", 2, MESSAGE_MALFORMED},
    {"ping with null", "\x82\x12\xf6", 3, MESSAGE_MALFORMED},
    {"ping with a negative token", "\x82\x12\x20", 3, MESSAGE_MALFORMED},
    {"ping of 17 bytes", "\x82\x12\x6e" "aaaaaaaaaaaaaa", 17, MESSAGE_TOO_LARGE},
    {"welcome of version 2", "\x82\x0a\x02", 3, MESSAGE_OTHER_VERSION},
    {"welcome of version 2 with other fields", "\x83\x0a\x02\x82\x01\x02", 6, MESSAGE_OTHER_VERSION},
    {"welcome without id", "\x82\x0a\x01", 3, MESSAGE_MALFORMED},
    {"welcome with an id of 33 bytes", "\x83\x0a\x01\x78\x21" "123456789012345678901234567890123", 38,
     MESSAGE_MALFORMED},
    {"seat whose side is a number", "\x84\x0b\x60\x01\x00", 5, MESSAGE_MALFORMED},
    {"bytes behind the message", "\x82\x12\x05\x00", 4, MESSAGE_MALFORMED},
    {"an empty array", "\x80", 1, MESSAGE_MALFORMED},
    {"a map", "\xa1\x64type\x64PING", 11, MESSAGE_MALFORMED},
    {"the type as a text", "\x82\x64PING\x05", 7, MESSAGE_UNKNOWN},
    {"type 9", "\x81\x09", 2, MESSAGE_UNKNOWN},
    {"type 24", "\x81\x18\x18", 3, MESSAGE_UNKNOWN},
    {"type 266, which is 10 modulo 256", "\x81\x19\x01\x0a", 4, MESSAGE_UNKNOWN},
    {"a message that only devices send", "\x83\x02\x60\x60", 4, MESSAGE_UNKNOWN},
};

static void run_row(const void *context) {
  const struct row *const row = context;
  uint8_t *const bytes = malloc(row->size);
  memcpy(bytes, row->bytes, row->size);
  struct message message;
  CHECK_EQUAL(message_read(&message, bytes, row->size, row->size), row->result);
  free(bytes);
}

static void missing_numbers_are_zero(const void *context) {
  (void)context;
  struct message message;
  CHECK_EQUAL(message_read(&message, (const uint8_t *)"\x84\x0f\x01\x19\x03\x70\xf6", 7, 7), MESSAGE_TAKEN);
  CHECK_EQUAL(message.number[0], EFFECT_TONE);
  CHECK_EQUAL(message.number[1], 880);
  CHECK_EQUAL(message.number[2], 0);
}

static const char long_error[] =
    "\x84\x13\x6eseat-none-free\x78\x30" "All seats are taken; wait until somebody leaves." "\xa1\x64" "free\x80";

static void a_head_is_enough(const void *context) {
  (void)context;
  const uint16_t size = sizeof long_error - 1;
  struct message message;
  for (uint16_t kept = 17; kept <= size; kept++) {
    CHECK_EQUAL(message_read(&message, (const uint8_t *)long_error, kept, size), MESSAGE_TAKEN);
    CHECK_BYTES(message.text, message.text_size, "seat-none-free", 14);
  }
  for (uint16_t kept = 2; kept < 17; kept++) {
    CHECK_EQUAL(message_read(&message, (const uint8_t *)long_error, kept, size), MESSAGE_TOO_LARGE);
  }
}

#define ITEM(bytes) {bytes, sizeof bytes - 1}

/* Every beginning of every message, whole or as the head of a longer one, and every byte changed to everything. */
static void hostile(const void *context) {
  (void)context;
  static const struct {
    const char *bytes;
    uint16_t size;
  } messages[] = {ITEM("\x86\x0a\x01\x6cuno-7f3a2c91\x6b" "Amber Otter\x18\x80\x07"),
                  ITEM("\x84\x0b\x64main\x64left\x00"),
                  ITEM("\x84\x0f\x01\x19\x03\x70\x18\x3c"),
                  ITEM("\x84\x10\x00\x64left\x84\x05\x02\x00\x01"),
                  ITEM("\x82\x12\x1a\x12\x34\x56\x78"),
                  ITEM("\x83\x0d\x18\x2a\x83\x1a\x00\x01\xc2\x00\x33\xf6"),
                  ITEM(long_error)};
  struct message message;
  for (size_t at = 0; at < sizeof messages / sizeof messages[0]; at++) {
    const uint16_t size = messages[at].size;
    for (uint16_t kept = 0; kept <= size; kept++) {
      uint8_t *const bytes = malloc(kept > 0 ? kept : 1u);
      memcpy(bytes, messages[at].bytes, kept);
      CHECK((message_read(&message, bytes, kept, kept) == MESSAGE_TAKEN) == (kept == size));
      (void)message_read(&message, bytes, kept, size);
      for (uint32_t change = 0; change < 256u * kept; change++) {
        const uint8_t before = bytes[change / 256];
        bytes[change / 256] = (uint8_t)change;
        const enum message_result result = message_read(&message, bytes, kept, kept);
        CHECK(result < MESSAGE_RESULTS);
        if (result == MESSAGE_TAKEN && message.text != NULL) {
          CHECK(message.text_size <= MESSAGE_TEXT_BYTES);
          CHECK((const uint8_t *)message.text + message.text_size <= bytes + kept);
        }
        bytes[change / 256] = before;
      }
      free(bytes);
    }
  }
}

static void largest_hello(const void *context) {
  (void)context;
  struct identity identity = {
      .firmware = "firmware of 16 b", .firmware_size = 16, .id_size = 32, .restarts = UINT32_MAX, .max_baud = UINT32_MAX};
  uint8_t out[HELLO_BYTES];
  memset(identity.id, 'x', sizeof identity.id);
  CHECK(message_hello(out, &identity, UINT32_MAX) <= HELLO_BYTES);
  CHECK(message_pong(out, UINT32_MAX, UINT32_MAX, UINT16_MAX) <= PONG_BYTES);
}

void suite_messages(void) {
  for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) run_case("messages", rows[at].name, run_row, &rows[at]);
  run_case("messages", "missing numbers are 0", missing_numbers_are_zero, NULL);
  run_case("messages", "of a long error its head is enough", a_head_is_enough, NULL);
  run_case("messages", "every cut and every changed byte", hostile, NULL);
  run_case("messages", "the largest HELLO and PONG fit what is kept for them", largest_hello, NULL);
}

void print_contract(void) {
#define UP_LINE(name, type) printf("contract\t%s\t%d\t%d\n", #name, type, 0);
#define DOWN_LINE(name, type, bytes, first, second, third) \
  printf("contract\t%s\t%d\t%d\t%s\t%s\t%s\n", #name, type, bytes, #first, #second, #third);
#define CONSTANT(name) printf("constant\t%s\t%d\n", #name, name);
#define CODE(name) printf("code\t%s\n", name);
  CONTRACT_UP(UP_LINE)
  CONTRACT_DOWN(DOWN_LINE)
  CONSTANT(CONTRACT_VERSION)
  CONSTANT(CONTRACT_MAX_MESSAGE_BYTES)
  CONSTANT(CONTRACT_MAX_ID_BYTES)
  CONSTANT(CONTRACT_MAX_AXIS)
  CONSTANT(CONTRACT_HUB_SILENCE_MS)
  CONSTANT(KIND_BOARD)
  CONSTANT(BUTTON_UP)
  CONSTANT(BUTTON_DOWN)
  CONSTANT(EFFECT_LIGHT)
  CONSTANT(EFFECT_TONE)
  CONSTANT(EFFECT_IDENTIFY)
  CONSTANT(RESULT_WIN)
  CODE(CODE_HELLO_REQUIRED)
  CODE(CODE_SEAT_MISSING)
  CODE(CODE_SEAT_NONE_FREE)
  CODE(CODE_SEAT_TAKEN)
}
