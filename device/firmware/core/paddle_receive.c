#include "count.h"
#include "flash.h"
#include "paddle.h"
#include "paddle_steps.h"

/* The hub is here, or still here. */
static void hub_heard(struct paddle *paddle) {
  paddle->left_ms[TIMER_SILENCE] = CONTRACT_HUB_SILENCE_MS;
  paddle->left_ms[TIMER_QUIET] = CONTRACT_HUB_QUIET_MS;
}

/* Whatever it was, somebody speaks. */
static void end_quiet(struct paddle *paddle) {
  if (paddle->state == PADDLE_SEARCHING) return;
  paddle->left_ms[TIMER_QUIET] = CONTRACT_HUB_QUIET_MS;
  if (!paddle->quiet) return;
  paddle->quiet = false;
  step_show_state(paddle);
}

static void keep_id(struct paddle *paddle, const struct message *message) {
  struct identity *const identity = paddle->identity;
  if (identity->id_size != 0 || message->text_size == 0) return;
  for (uint8_t at = 0; at < message->text_size; at++) identity->id[at] = message->text[at];
  identity->id_size = message->text_size;
  paddle->effects.keep_id = true;
}

static void on_welcome(struct paddle *paddle, const struct message *message) {
  /* Two HELLOs that crossed have two answers; the second changes nothing. */
  if (paddle->state != PADDLE_SEARCHING) return;
  paddle->left_ms[TIMER_HELLO] = 0;
  hub_heard(paddle);
  keep_id(paddle, message);
  step_wait_for_seat(paddle);
  step_send_join(paddle);
}

static void sit_down(struct paddle *paddle, uint32_t now_us) {
  paddle->state = PADDLE_SEATED;
  step_show_state(paddle);
  /* The hub may know less, or other things, than what is so: a button held or released while it was away, a knob. */
  step_send_inputs(paddle, now_us);
}

static void on_seat(struct paddle *paddle, const struct message *message, uint32_t now_us) {
  if (message->text_size != 0) {
    paddle->left_ms[TIMER_JOIN] = 0;
    if (paddle->state == PADDLE_WAITING) sit_down(paddle, now_us);
  } else if (paddle->state == PADDLE_SEATED) {
    /* While waiting a JOIN may be on its way; only its own answer ends that. */
    step_wait_for_seat(paddle);
  }
}

static void on_light(struct paddle *paddle, uint16_t value, uint16_t ms) {
  if (value > LIGHT_VALUE_FLASH) return;
  const enum light_pattern pattern =
      value == LIGHT_VALUE_OFF ? LIGHT_OFF : value == LIGHT_VALUE_ON ? LIGHT_STEADY : LIGHT_FLASH;
  light_show(&paddle->light, pattern, ms);
}

static void on_effect(struct paddle *paddle, const struct message *message) {
  const uint16_t what = message->number[0];
  const uint16_t value = message->number[1];
  const uint16_t ms = message->number[2];
  if (what == EFFECT_LIGHT) {
    on_light(paddle, value, ms);
  } else if (what == EFFECT_TONE) {
    paddle->tone = value;
    paddle->left_ms[TIMER_TONE] = ms;
  } else if (what == EFFECT_IDENTIFY) {
    light_show(&paddle->light, LIGHT_FLICKER, ms);
  }
}

static void on_ping(struct paddle *paddle, uint32_t token, uint32_t now_us) {
  if (paddle->state != PADDLE_SEARCHING) hub_heard(paddle);
  paddle->effects.size =
      message_pong(paddle->effects.frame + PADDLE_MESSAGE_AT, token, now_us, health_lost_frames(paddle->health));
}

static void on_score(struct paddle *paddle, uint16_t points) {
  if (points > paddle->bar.points) light_count(&paddle->light, points);
  bar_set_points(&paddle->bar, points);
}

static void on_end(struct paddle *paddle, uint16_t result) {
  if (result != RESULT_WIN) return;
  light_show(&paddle->light, LIGHT_TRIPLE_FLASH, PADDLE_WIN_MS);
  bar_run(&paddle->bar, PADDLE_WIN_MS);
}

static bool is_code(const struct message *message, const IN_FLASH char *code) {
  for (uint8_t at = 0; at < message->text_size; at++) {
    /* A code that has ended does not match either: there is no zero within a message's text of ours. */
    if (code[at] == '\0' || code[at] != message->text[at]) return false;
  }
  return code[message->text_size] == '\0';
}

static const IN_FLASH char hello_required[] = CODE_HELLO_REQUIRED;
static const IN_FLASH char seat_missing[] = CODE_SEAT_MISSING;
static const IN_FLASH char seat_none_free[] = CODE_SEAT_NONE_FREE;
static const IN_FLASH char seat_taken[] = CODE_SEAT_TAKEN;

static void on_error(struct paddle *paddle, const struct message *message) {
  if (is_code(message, hello_required)) {
    if (paddle->state != PADDLE_SEARCHING) step_search(paddle);
    if (paddle->left_ms[TIMER_HELLO_GAP] == 0) step_send_hello(paddle);
  } else if (paddle->state == PADDLE_WAITING) {
    if (is_code(message, seat_none_free) || is_code(message, seat_taken)) step_wait_for_seat(paddle);
  } else if (paddle->state == PADDLE_SEATED && is_code(message, seat_missing)) {
    step_wait_for_seat(paddle);
    step_send_join(paddle);
  }
}

/* What a hub tells those it has welcomed. */
static void on_play(struct paddle *paddle, const struct message *message, uint32_t now_us) {
  if (message->type == MESSAGE_SEAT) {
    on_seat(paddle, message, now_us);
  } else if (message->type == MESSAGE_EFFECT) {
    on_effect(paddle, message);
  } else if (message->type == MESSAGE_SCORE && paddle->state == PADDLE_SEATED) {
    on_score(paddle, message->number[0]);
  } else if (message->type == MESSAGE_END) {
    on_end(paddle, message->number[0]);
  }
  /* START, OBSERVE, ACK: nothing for a paddle to do. */
}

static void on_message(struct paddle *paddle, const struct message *message, uint32_t now_us) {
  if (message->type == MESSAGE_WELCOME) on_welcome(paddle, message);
  else if (message->type == MESSAGE_PING) on_ping(paddle, message->wide, now_us);
  else if (message->type == MESSAGE_ERROR) on_error(paddle, message);
  else if (message->type == MESSAGE_ASK) step_send_report(paddle);
  else if (message->type == MESSAGE_BAUD) paddle->effects.baud = message->wide;
  else if (paddle->state != PADDLE_SEARCHING) on_play(paddle, message, now_us);
}

void paddle_receive(struct paddle *paddle, const uint8_t *payload, uint16_t kept, uint16_t size, uint32_t now_us) {
  step_begin(paddle);
  end_quiet(paddle);
  struct message message;
  const enum message_result result = message_read(&message, payload, kept, size);
  count_up(&paddle->counters[result]);
  if (result == MESSAGE_TAKEN) on_message(paddle, &message, now_us);
  else count_up(&paddle->health->lost[LOST_NO_MESSAGE]);
}
