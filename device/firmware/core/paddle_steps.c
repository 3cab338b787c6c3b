#include "paddle_steps.h"

#include "flash.h"

static uint8_t *message_of(struct paddle *paddle) { return paddle->effects.frame + PADDLE_MESSAGE_AT; }

void step_begin(struct paddle *paddle) {
  paddle->effects.size = 0;
  paddle->effects.keep_id = false;
  paddle->effects.report = false;
  paddle->effects.search = false;
  paddle->effects.baud = 0;
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

void step_send_inputs(struct paddle *paddle, uint32_t now_us) {
  if (paddle->axis != PADDLE_NO_AXIS) step_send_axis(paddle);
  else if (paddle->held != 0 || paddle->seq != 0) step_send_buttons(paddle, now_us);
}

void step_send_report(struct paddle *paddle) {
  paddle->effects.size = message_report(message_of(paddle), paddle->health);
  paddle->effects.report = true;
}

void step_show_state(struct paddle *paddle) {
  static const IN_FLASH uint8_t patterns[] = {
      [PADDLE_SEARCHING] = LIGHT_SLOW_BLINK, [PADDLE_WAITING] = LIGHT_DOUBLE_BLINK, [PADDLE_SEATED] = LIGHT_STEADY};
  paddle->bar.on = paddle->state == PADDLE_SEATED && !paddle->quiet;
  light_set_base(&paddle->light, paddle->quiet ? LIGHT_SLOW_BLINK : (enum light_pattern)patterns[paddle->state]);
}

void step_search(struct paddle *paddle) {
  paddle->state = PADDLE_SEARCHING;
  paddle->effects.search = true;
  paddle->quiet = false;
  paddle->backoff_ms = PADDLE_FIRST_BACKOFF_MS;
  paddle->tone = 0;
  /* All but the gap, which has to hold even if a hub asks for HELLO again and again. */
  for (uint8_t timer = TIMER_HELLO; timer < PADDLE_TIMERS; timer++) paddle->left_ms[timer] = 0;
  paddle->left_ms[TIMER_HELLO] = PADDLE_FIRST_BACKOFF_MS;
  light_found(&paddle->light); /* whoever looked for it is gone */
  step_show_state(paddle);
}

void step_wait_for_seat(struct paddle *paddle) {
  paddle->state = PADDLE_WAITING;
  paddle->left_ms[TIMER_JOIN] = 0;
  step_show_state(paddle);
}
