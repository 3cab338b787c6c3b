/* What a paddle shows and sounds, and what it ignores. */
#include "harness.h"
#include "paddle_scene.h"

static void tones(const void *context) {
  (void)context;
  seat();
  HEAR(TONE_880_60);
  CHECK_EQUAL(paddle_tone(&paddle), 880);
  pass(59, NULL);
  CHECK_EQUAL(paddle_tone(&paddle), 880);
  pass(1, NULL);
  CHECK_EQUAL(paddle_tone(&paddle), 0);
  HEAR(TONE_880_60);
  HEAR(TONE_440);
  pass(900, NULL);
  CHECK_EQUAL(paddle_tone(&paddle), 440);
  HEAR(TONE_OFF);
  CHECK_EQUAL(paddle_tone(&paddle), 0);
}

static void lights(const void *context) {
  (void)context;
  seat();
  HEAR(LIGHT_OFF_100);
  CHECK(!paddle_light(&paddle));
  pass(99, NULL);
  CHECK(!paddle_light(&paddle));
  pass(1, NULL);
  CHECK(paddle_light(&paddle));
  HEAR(LIGHT_FLASH_FOREVER);
  CHECK_EQUAL(paddle.light.shown, LIGHT_FLASH);
  HEAR(PING);
  pass(900, NULL);
  CHECK_EQUAL(paddle.light.shown, LIGHT_FLASH);
  HEAR(IDENTIFY_1000);
  CHECK_EQUAL(paddle.light.shown, LIGHT_FLICKER);
}

static void unknown_effects(const void *context) {
  (void)context;
  seat();
  HEAR("\x84\x0f\x03\x01\x18\x64");
  HEAR("\x84\x0f\x00\x07\x18\x64");
  CHECK_EQUAL(paddle.light.shown, LIGHT_STEADY);
  CHECK_EQUAL(paddle_tone(&paddle), 0);
}

static void effects_while_searching(const void *context) {
  (void)context;
  start();
  HEAR(TONE_440);
  HEAR(IDENTIFY_1000);
  HEAR(END_WIN);
  CHECK_EQUAL(paddle_tone(&paddle), 0);
  CHECK_EQUAL(paddle.light.shown, LIGHT_SLOW_BLINK);
}

static void win_and_loss(const void *context) {
  (void)context;
  seat();
  HEAR(END_LOSS);
  CHECK_EQUAL(paddle.light.shown, LIGHT_STEADY);
  HEAR(END_WIN);
  CHECK_EQUAL(paddle.light.shown, LIGHT_TRIPLE_FLASH);
  for (int half = 0; half < 5; half++) {
    pass(500, NULL);
    HEAR(PING);
  }
  pass(499, NULL);
  CHECK_EQUAL(paddle.light.shown, LIGHT_TRIPLE_FLASH);
  pass(1, NULL);
  CHECK_EQUAL(paddle.light.shown, LIGHT_STEADY);
}

static void identify_until_pressed(const void *context) {
  (void)context;
  seat();
  HEAR(IDENTIFY_FOREVER);
  for (int second = 0; second < 100; second++) {
    pass(900, NULL);
    HEAR(PING);
    HEAR(LIGHT_OFF_100); /* the game goes on */
    HEAR(SCORE_2);
    HEAR(SEAT_NONE);
    HEAR(SEAT_LEFT);
    CHECK_EQUAL(paddle.light.shown, LIGHT_FLICKER);
  }
  paddle_buttons(&paddle, 0, 5); /* nothing is pressed */
  CHECK_EQUAL(paddle.light.shown, LIGHT_FLICKER);
  paddle_buttons(&paddle, BUTTON_UP, 5);
  CHECK(paddle.light.shown != LIGHT_FLICKER);
  CHECK_EQUAL(sent_type(), paddle.state == PADDLE_SEATED ? INPUT : JOIN);
}

static void identify_until_told(const void *context) {
  (void)context;
  seat();
  HEAR(IDENTIFY_FOREVER);
  HEAR(IDENTIFY_1000);
  pass(999, NULL);
  CHECK_EQUAL(paddle.light.shown, LIGHT_FLICKER);
  pass(1, NULL);
  CHECK(paddle.light.shown != LIGHT_FLICKER);
  HEAR(IDENTIFY_1000);
  paddle_buttons(&paddle, BUTTON_UP, 5);
  CHECK_EQUAL(paddle.light.shown, LIGHT_STEADY);
}

static void identify_ends_with_the_hub(const void *context) {
  (void)context;
  seat();
  HEAR(IDENTIFY_FOREVER);
  CHECK_EQUAL(pass(3000, NULL), HELLO);
  CHECK_EQUAL(paddle.light.shown, LIGHT_SLOW_BLINK);
}

/* Dark moments of the light within `ms`. */
static int blinks(int ms) {
  int count = 0;
  bool last = true;
  for (int at = 0; at < ms; at++) {
    const bool lit = paddle_light(&paddle);
    if (last && !lit) count++;
    last = lit;
    pass(1, NULL);
    if (at % 500 == 0) HEAR(PING);
  }
  return count;
}

static void score_blinks(const void *context) {
  (void)context;
  seat();
  HEAR(SCORE_2);
  CHECK_EQUAL(paddle_bar(&paddle), 0x03);
  CHECK_EQUAL(blinks(3000), 2);
  HEAR(SCORE_2); /* somebody else's point */
  CHECK_EQUAL(blinks(3000), 0);
  HEAR("\x83\x0f\x00\x02"); /* light: flash, until changed */
  HEAR(SCORE_3);
  CHECK_EQUAL(paddle.light.shown, LIGHT_FLASH);
  HEAR("\x84\x0f\x00\x02\x19\x02\x58"); /* for 600 ms: the points wait until it is over */
  CHECK_EQUAL(paddle_bar(&paddle), 0x07);
  for (int ms = 0; ms < 600; ms++) pass(1, NULL);
  CHECK_EQUAL(blinks(3000), 3);
  HEAR("\x82\x0e\x00"); /* a new match */
  CHECK_EQUAL(paddle_bar(&paddle), 0);
  CHECK_EQUAL(blinks(3000), 0);
  HEAR("\x82\x0e\x19\xff\xff");
  CHECK_EQUAL(blinks(8000), LIGHT_MAX_COUNT);
}

static void bar_needs_a_seat(const void *context) {
  (void)context;
  seat();
  HEAR(SCORE_3);
  HEAR(SEAT_NONE);
  CHECK_EQUAL(paddle_bar(&paddle), 0);
  HEAR(SCORE_2); /* without a seat there is nothing to score */
  CHECK_EQUAL(paddle_bar(&paddle), 0);
}

static void a_win_runs(const void *context) {
  (void)context;
  seat();
  HEAR(SCORE_3);
  HEAR(END_LOSS);
  CHECK_EQUAL(paddle_bar(&paddle), 0x07);
  HEAR(END_WIN);
  CHECK_EQUAL(paddle_bar(&paddle), 0x01);
  pass(64, NULL);
  CHECK_EQUAL(paddle_bar(&paddle), 0x02);
}

static void quiet_hub(const void *context) {
  (void)context;
  seat();
  HEAR(SCORE_3);
  blinks(2000);
  HEAR(TONE_440);
  pass(999, NULL);
  CHECK_EQUAL(paddle_tone(&paddle), 440);
  CHECK_EQUAL(paddle_bar(&paddle), 0x07);
  CHECK_EQUAL(paddle.light.shown, LIGHT_STEADY);
  pass(1, NULL);
  CHECK_EQUAL(paddle_tone(&paddle), 0);
  CHECK_EQUAL(paddle_bar(&paddle), 0);
  CHECK_EQUAL(paddle.light.shown, LIGHT_SLOW_BLINK);
  CHECK_EQUAL(paddle.state, PADDLE_SEATED);
  paddle_buttons(&paddle, BUTTON_DOWN, 5);
  CHECK_EQUAL(sent_type(), INPUT);
  HEAR("garbage"); /* whole, if no message: somebody speaks */
  CHECK_EQUAL(paddle_bar(&paddle), 0x07);
  CHECK_EQUAL(paddle.light.shown, LIGHT_STEADY);
  CHECK_EQUAL(paddle_tone(&paddle), 0);
}

static void quiet_while_waiting(const void *context) {
  (void)context;
  start();
  HEAR(WELCOME);
  HEAR(NONE_FREE);
  pass(1000, NULL);
  CHECK_EQUAL(paddle.light.shown, LIGHT_SLOW_BLINK);
  HEAR(PING);
  CHECK_EQUAL(paddle.light.shown, LIGHT_DOUBLE_BLINK);
  pass(1000, NULL);
  CHECK_EQUAL(paddle.light.shown, LIGHT_SLOW_BLINK);
  HEAR(SEAT_LEFT);
  CHECK_EQUAL(paddle.light.shown, LIGHT_STEADY);
}

static void baud(const void *context) {
  (void)context;
  start();
  CHECK(paddle.effects.search);
  HEAR(BAUD_1M);
  CHECK_EQUAL(paddle.effects.baud, 1000000);
  CHECK_EQUAL(sent_type(), NOTHING);
  CHECK(!paddle.effects.search);
  HEAR(PING);
  CHECK_EQUAL(paddle.effects.baud, 0);
}

static void counts_what_it_ignores(const void *context) {
  (void)context;
  seat();
  HEAR("\x81\x63");                 /* unknown */
  HEAR("\x83\x02\x60\x60");         /* unknown: what a device sends */
  HEAR("garbage");                  /* malformed */
  HEAR("\x82\x0a\x02");             /* version */
  HEAR("\x82\x12\x6e" "aaaaaaaaaaaaaa"); /* too large */
  HEAR("\x84\x0c\x61m\x18\x3c\x00"); /* START: taken, and nothing done */
  CHECK_EQUAL(paddle.counters[MESSAGE_UNKNOWN], 2);
  CHECK_EQUAL(paddle.counters[MESSAGE_MALFORMED], 1);
  CHECK_EQUAL(paddle.counters[MESSAGE_OTHER_VERSION], 1);
  CHECK_EQUAL(paddle.counters[MESSAGE_TOO_LARGE], 1);
  CHECK_EQUAL(paddle.counters[MESSAGE_TAKEN], 3);
  CHECK_EQUAL(paddle.state, PADDLE_SEATED);
  CHECK_EQUAL(sent_type(), NOTHING);
}

void suite_paddle_effects(void) {
  static const struct {
    const char *name;
    void (*run)(const void *context);
  } cases[] = {
      {"tones: for a while, until changed, off", tones},
      {"lights: for a while, until changed, identify", lights},
      {"unknown effects and lights are ignored", unknown_effects},
      {"no effects before WELCOME", effects_while_searching},
      {"a win is shown for 3 s, a loss is not", win_and_loss},
      {"identify: until a button is pressed, and the press counts", identify_until_pressed},
      {"identify: until another with a time ends it; one with a time ends by a press too", identify_until_told},
      {"identify: not when the hub is lost", identify_ends_with_the_hub},
      {"a score that rose blinks as often as it has points, once, after what the game shows", score_blinks},
      {"the bar is dark without a seat", bar_needs_a_seat},
      {"a win runs along the bar, a loss does not", a_win_runs},
      {"a hub silent for 1 s: no tone, no bar, slow blink; it plays on, and the next frame brings all back", quiet_hub},
      {"a hub silent for 1 s while it waits for a seat", quiet_while_waiting},
      {"BAUD is handed on in every state", baud},
      {"what it ignores is counted by kind", counts_what_it_ignores},
  };
  for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
    run_case("paddle and effects", cases[at].name, cases[at].run, NULL);
  }
}
