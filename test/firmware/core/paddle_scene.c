#include "paddle_scene.h"

#include "harness.h"

struct paddle paddle;
struct identity identity;
struct health health;

int sent_type(void) {
  if (paddle.effects.size == 0) return NOTHING;
  const uint8_t *const message = paddle.effects.frame + PADDLE_MESSAGE_AT;
  return message[0] == 0x43 ? INPUT : message[1];
}

const uint8_t *sent(void) { return paddle.effects.frame + PADDLE_MESSAGE_AT; }

void start(void) {
  identity = (struct identity){.firmware = "test 1", .firmware_size = 6, .id_size = 3, .id = "uno", .restarts = 5};
  health = (struct health){0};
  paddle_start(&paddle, &identity, &health);
}

void hear(const char *bytes, uint16_t size) {
  paddle_receive(&paddle, (const uint8_t *)bytes, size, size, 123456);
}

int pass(int ms, int *at_ms) {
  int first = NOTHING;
  for (int at = 1; at <= ms; at++) {
    paddle_tick(&paddle, 1);
    if (first != NOTHING || sent_type() == NOTHING) continue;
    first = sent_type();
    if (at_ms != NULL) *at_ms = at;
  }
  return first;
}

void quiet(int ms) { CHECK_EQUAL(pass(ms, NULL), NOTHING); }

void seat(void) {
  start();
  HEAR(WELCOME);
  HEAR(SEAT_LEFT);
  CHECK_EQUAL(paddle.state, PADDLE_SEATED);
}
