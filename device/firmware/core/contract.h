/*
 * The part of the contract that a paddle speaks. shared/contract/messages.ts is the one table; a test holds this
 * copy equal to it (test/firmware/core.test.ts).
 */
#ifndef PADDLEWIRE_CONTRACT_H
#define PADDLEWIRE_CONTRACT_H

#include <stdint.h>

enum {
  CONTRACT_VERSION = 1,
  CONTRACT_MAX_MESSAGE_BYTES = 1024, /* of any type: also the limit of a frame's payload */
  CONTRACT_MAX_ID_BYTES = 32,
  CONTRACT_MAX_AXIS = 4095,
  CONTRACT_HUB_QUIET_MS = 1000,  /* without any frame for so long, nothing may sound or look as if all were well */
  CONTRACT_HUB_SILENCE_MS = 3000 /* without PING for so long, the hub is lost */
};

/* The rate at which every serial line begins. */
#define CONTRACT_FIRST_BAUD UINT32_C(115200)

/* Messages a paddle sends: MESSAGE(name, type number). */
#define CONTRACT_UP(MESSAGE) \
  MESSAGE(HELLO, 1)          \
  MESSAGE(JOIN, 2)           \
  MESSAGE(PONG, 7)           \
  MESSAGE(REPORT, 9)

/*
 * Messages a hub sends to a device: MESSAGE(name, type number, largest size in bytes, and the first three fields).
 * A field is NUMBER, OPTIONAL (a number that may be missing or null) or TEXT where a paddle reads it, else ANY.
 */
#define CONTRACT_DOWN(MESSAGE)                           \
  MESSAGE(WELCOME, 10, 160, NUMBER, TEXT, ANY)           \
  MESSAGE(SEAT, 11, 64, TEXT, TEXT, ANY)                 \
  MESSAGE(START, 12, 64, ANY, ANY, ANY)                  \
  MESSAGE(OBSERVE, 13, 512, ANY, ANY, ANY)               \
  MESSAGE(SCORE, 14, 160, NUMBER, ANY, ANY)              \
  MESSAGE(EFFECT, 15, 32, NUMBER, OPTIONAL, OPTIONAL)    \
  MESSAGE(END, 16, 160, NUMBER, ANY, ANY)                \
  MESSAGE(ACK, 17, 32, ANY, ANY, ANY)                    \
  MESSAGE(PING, 18, 16, NUMBER, ANY, ANY)                \
  MESSAGE(ERROR, 19, 512, TEXT, ANY, ANY)                \
  MESSAGE(ASK, 20, 16, ANY, ANY, ANY)                    \
  MESSAGE(BAUD, 21, 16, NUMBER, ANY, ANY)               \
  MESSAGE(SYNC, 22, 1024, ANY, ANY, ANY)              \
  MESSAGE(NOTE, 23, 224, ANY, ANY, ANY)

/* The types of the list above have no gap between them. */
enum { CONTRACT_FIRST_DOWN = 10 };

#define CONTRACT_UP_NUMBER(name, type) MESSAGE_##name = (type),
#define CONTRACT_DOWN_NUMBER(name, type, bytes, first, second, third) MESSAGE_##name = (type),
enum message_type { CONTRACT_UP(CONTRACT_UP_NUMBER) CONTRACT_DOWN(CONTRACT_DOWN_NUMBER) };
#undef CONTRACT_UP_NUMBER
#undef CONTRACT_DOWN_NUMBER

/* HELLO.kind */
enum { KIND_BOARD = 0 };

/* Bits of INPUT.buttons that a paddle with two buttons uses, on whatever side it sits. */
enum { BUTTON_UP = 1, BUTTON_DOWN = 2 };

/* EFFECT.effect, and EFFECT.value where the effect is a light. */
enum { EFFECT_LIGHT = 0, EFFECT_TONE = 1, EFFECT_IDENTIFY = 2 };
enum { LIGHT_VALUE_OFF = 0, LIGHT_VALUE_ON = 1, LIGHT_VALUE_FLASH = 2 };

/* END.result */
enum { RESULT_WIN = 0 };

/* ERROR.code: the codes a paddle acts on (shared/errors.ts). */
#define CODE_HELLO_REQUIRED "hello-required"
#define CODE_SEAT_MISSING "seat-missing"
#define CODE_SEAT_NONE_FREE "seat-none-free"
#define CODE_SEAT_TAKEN "seat-taken"

#endif
