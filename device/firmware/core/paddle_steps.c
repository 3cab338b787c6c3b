#include "paddle_steps.h"

static uint8_t *message_of(struct paddle *paddle) { return paddle->effects.frame + PADDLE_MESSAGE_AT; }

void step_begin(struct paddle *paddle) {
  paddle->effects.size = 0;
  paddle->effects.keep_id = false;
}

void step_send_hello(struct paddle *paddle) {
  paddle->effects.size = message_hello(message_of(paddle), paddle->identity, paddle->seq);
  paddle->left_ms[TIMER_HELLO_GAP] = PADDLE_HELLO_GAP_MS;
}

void step_send_join(struct paddle *paddle) {
  paddle->effects.size = message_join(message_of(paddle));
  paddle->left_ms[TIMER_JOIN] = PADDLE_JOIN_AGAIN_MS;
}

void step_send_buttons(struct paddle *paddle, uint32_t time_us) {
  paddle->seq++;
  paddle->effects.size = message_short_buttons(message_of(paddle), paddle->seq, paddle->held, time_us);
}

void step_send_axis(struct paddle *paddle) {
  paddle->seq++;
  paddle->effects.size = message_short_axis(message_of(paddle), paddle->seq, paddle->held, paddle->axis);
}

void step_search(struct paddle *paddle) {
  paddle->state = PADDLE_SEARCHING;
  paddle->backoff_ms = PADDLE_FIRST_BACKOFF_MS;
  paddle->tone = 0;
  /* All but the gap, which has to hold even if a hub asks for HELLO again and again. */
  for (uint8_t timer = TIMER_HELLO; timer < PADDLE_TIMERS; timer++) paddle->left_ms[timer] = 0;
  paddle->left_ms[TIMER_HELLO] = PADDLE_FIRST_BACKOFF_MS;
  light_set_base(&paddle->light, LIGHT_SLOW_BLINK);
}

void step_wait_for_seat(struct paddle *paddle) {
  paddle->state = PADDLE_WAITING;
  paddle->left_ms[TIMER_JOIN] = 0;
  light_set_base(&paddle->light, LIGHT_DOUBLE_BLINK);
}
