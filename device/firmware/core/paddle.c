#include "paddle.h"

#include "countdown.h"
#include "paddle_steps.h"

void paddle_start(struct paddle *paddle, struct identity *identity, struct health *health) {
  *paddle = (struct paddle){.identity = identity, .health = health, .axis = PADDLE_NO_AXIS};
  step_search(paddle);
  step_send_hello(paddle);
}

static void send_hello_again(struct paddle *paddle) {
  if (paddle->backoff_ms < PADDLE_MAX_BACKOFF_MS) paddle->backoff_ms = (uint16_t)(2 * paddle->backoff_ms);
  paddle->left_ms[TIMER_HELLO] = paddle->backoff_ms;
  step_send_hello(paddle);
}

static void on_timer(struct paddle *paddle, uint8_t timer) {
  if (timer == TIMER_HELLO) {
    send_hello_again(paddle);
  } else if (timer == TIMER_JOIN) {
    step_send_join(paddle);
  } else if (timer == TIMER_SILENCE) {
    step_search(paddle);
    step_send_hello(paddle);
  } else if (timer == TIMER_QUIET) {
    paddle->quiet = true;
    paddle->tone = 0;
    step_show_state(paddle);
  } else if (timer == TIMER_TONE) {
    paddle->tone = 0;
  }
}

/* In the tick and not where buttons change: there nothing may hold up the report. */
static void count_held(struct paddle *paddle, uint16_t elapsed_ms) {
  uint8_t stuck = 0;
  for (uint8_t button = 0, bit = 1; button < HEALTH_BUTTONS; button++, bit = (uint8_t)(bit << 1)) {
    uint16_t *const held_ms = &paddle->held_ms[button];
    if ((paddle->held & bit) == 0) *held_ms = 0;
    else if (elapsed_ms < PADDLE_STUCK_MS - *held_ms) *held_ms = (uint16_t)(*held_ms + elapsed_ms);
    else *held_ms = PADDLE_STUCK_MS;
    if (*held_ms == PADDLE_STUCK_MS) stuck |= bit;
  }
  paddle->health->stuck = stuck;
}

void paddle_tick(struct paddle *paddle, uint16_t elapsed_ms) {
  step_begin(paddle);
  light_tick(&paddle->light, elapsed_ms);
  bar_tick(&paddle->bar, elapsed_ms);
  count_held(paddle, elapsed_ms);
  for (uint8_t timer = 0; timer < PADDLE_TIMERS; timer++) {
    if (countdown_over(&paddle->left_ms[timer], elapsed_ms)) on_timer(paddle, timer);
  }
}

void paddle_buttons(struct paddle *paddle, uint8_t held, uint32_t time_us) {
  step_begin(paddle);
  const bool pressed = (held & ~paddle->held) != 0;
  paddle->held = held;
  if (pressed) light_found(&paddle->light);
  if (paddle->state == PADDLE_SEATED) step_send_buttons(paddle, time_us);
  else if (paddle->state == PADDLE_WAITING && pressed) step_send_join(paddle);
}

void paddle_axis(struct paddle *paddle, uint16_t axis) {
  step_begin(paddle);
  paddle->axis = axis;
  if (paddle->state == PADDLE_SEATED) step_send_axis(paddle);
}

void paddle_tell_again(struct paddle *paddle, uint32_t now_us) {
  step_begin(paddle);
  if (paddle->state == PADDLE_SEATED) step_send_inputs(paddle, now_us);
}

bool paddle_light(const struct paddle *paddle) { return light_is_lit(&paddle->light); }

uint8_t paddle_bar(const struct paddle *paddle) { return bar_lit(&paddle->bar); }

uint16_t paddle_tone(const struct paddle *paddle) { return paddle->tone; }
