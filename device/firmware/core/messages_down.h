/* The messages a hub sends, as a paddle reads them: only the fields it acts on (docs/contract.md). */
#ifndef PADDLEWIRE_MESSAGES_DOWN_H
#define PADDLEWIRE_MESSAGES_DOWN_H

#include <stdint.h>

#include "contract.h"

enum message_result {
  MESSAGE_TAKEN,
  MESSAGE_TOO_LARGE,     /* over the limit of its type, or a field lies beyond what was kept of it */
  MESSAGE_UNKNOWN,       /* a type that no hub of this version sends */
  MESSAGE_MALFORMED,     /* not a message, or a field is missing or of another kind */
  MESSAGE_OTHER_VERSION, /* of a version of the contract that this paddle does not speak */
  MESSAGE_RESULTS        /* how many of these there are */
};

enum { MESSAGE_FIELDS = 3, MESSAGE_TEXT_BYTES = 32 };

struct message {
  uint8_t type;                    /* of enum message_type */
  uint8_t text_size;               /* of `text`, up to MESSAGE_TEXT_BYTES bytes */
  const char *text;                /* the last TEXT of those in CONTRACT_DOWN; not ended by a zero */
  uint32_t wide;                   /* the first field, if a number, in full: PING's token, BAUD's rate */
  uint16_t number[MESSAGE_FIELDS]; /* the fields that are numbers, each at its place; 0 where missing or null */
};

/*
 * Reads one message.
 *
 * payload, kept   the first bytes of the frame's payload, as many as the receiver kept
 * size            bytes of the whole payload
 *
 * Returns MESSAGE_TAKEN and the message, whose text lies within `payload`; else why it is not one.
 */
enum message_result message_read(struct message *message, const uint8_t *payload, uint16_t kept, uint16_t size);

#endif
