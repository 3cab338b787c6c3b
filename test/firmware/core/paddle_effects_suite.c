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
  pass(2900, NULL);
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
  pass(2900, NULL);
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
  pass(2000, NULL);
  HEAR(PING);
  pass(999, NULL);
  CHECK_EQUAL(paddle.light.shown, LIGHT_TRIPLE_FLASH);
  pass(1, NULL);
  CHECK_EQUAL(paddle.light.shown, LIGHT_STEADY);
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
      {"what it ignores is counted by kind", counts_what_it_ignores},
  };
  for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
    run_case("paddle and effects", cases[at].name, cases[at].run, NULL);
  }
}
