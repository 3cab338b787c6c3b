#include "messages_down.h"

#include <stdbool.h>

#include "cbor_reader.h"
#include "flash.h"

/* What a field has to be, in two bits, of which the lower says that it must not be missing. */
enum rule { ANY = 0, NUMBER = 1, OPTIONAL = 2, TEXT = 3 };
enum { RULE_BITS = 2, RULE_MASK = 3, REQUIRED_BITS = 0x15 };

struct shape {
  uint16_t max_bytes;
  uint8_t rules; /* the first field's in the lowest bits */
};

#define SHAPE(name, type, bytes, first, second, third) \
  [(type) - CONTRACT_FIRST_DOWN] = {bytes, (first) | (second) << RULE_BITS | (third) << 2 * RULE_BITS},
static const IN_FLASH struct shape shapes[] = {CONTRACT_DOWN(SHAPE)};

enum { SHAPES = sizeof shapes / sizeof shapes[0] };

/* Takes the item that the reader has read last, as a field. Returns whether it obeys its rule. */
static bool take_field(struct message *message, uint8_t field, uint8_t rule, const struct cbor_reader *item) {
  if (rule == ANY) return true;
  if (rule == TEXT) {
    message->text = (const char *)item->bytes;
    message->text_size = (uint8_t)item->argument;
    return item->kind == CBOR_KIND_TEXT && item->argument <= MESSAGE_TEXT_BYTES;
  }
  if (item->kind == CBOR_KIND_NULL) return rule == OPTIONAL;
  if (field == 0) message->wide = item->argument;
  message->number[field] = (uint16_t)item->argument;
  const bool wide = message->type == MESSAGE_PING || message->type == MESSAGE_BAUD;
  return item->kind == CBOR_KIND_UINT && (wide || item->argument <= UINT16_MAX);
}

static enum message_result take_fields(struct message *message, struct cbor_reader *reader, uint8_t count, bool cut,
                                       uint8_t rules) {
  for (uint8_t field = 0; field < count; field++, rules >>= RULE_BITS) {
    const enum cbor_result result = cbor_read(reader);
    /* What lies beyond the part that was kept is only missed if a field was to be there. */
    if (result == CBOR_END && cut) return (rules & REQUIRED_BITS) == 0 ? MESSAGE_TAKEN : MESSAGE_TOO_LARGE;
    if (result != CBOR_OK || !take_field(message, field, rules & RULE_MASK, reader)) return MESSAGE_MALFORMED;
    if (field == 0 && message->type == MESSAGE_WELCOME && message->number[0] != CONTRACT_VERSION) {
      return MESSAGE_OTHER_VERSION;
    }
  }
  return (rules & REQUIRED_BITS) == 0 && reader->at == reader->end ? MESSAGE_TAKEN : MESSAGE_MALFORMED;
}

enum message_result message_read(struct message *message, const uint8_t *payload, uint16_t kept, uint16_t size) {
  struct cbor_reader reader;
  uint8_t count = 0;
  *message = (struct message){0};
  cbor_reader_init(&reader, payload, kept);
  if (cbor_open_array(&reader, &count) != CBOR_OK || count == 0) return MESSAGE_MALFORMED;
  if (cbor_read(&reader) != CBOR_OK || reader.kind != CBOR_KIND_UINT) return MESSAGE_UNKNOWN;
  const uint32_t index = reader.argument - CONTRACT_FIRST_DOWN; /* huge for the types before */
  if (index >= SHAPES) return MESSAGE_UNKNOWN;
  message->type = (uint8_t)reader.argument;
  if (size > shapes[index].max_bytes) return MESSAGE_TOO_LARGE;
  return take_fields(message, &reader, (uint8_t)(count - 1), kept < size, shapes[index].rules);
}
