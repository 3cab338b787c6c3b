/* The knob: what is reported of it, and when there is one. */
#include "axis.h"
#include "harness.h"

/* Gives one position's worth of readings. Returns whether it was reported. */
static bool give(struct axis *axis, uint16_t reading) {
  bool reported = false;
  for (int at = 0; at < AXIS_READINGS; at++) reported = axis_read(axis, reading);
  return reported;
}

static void reported_when_moved(const void *context) {
  (void)context;
  struct axis axis;
  axis_init(&axis, AXIS_ALWAYS);
  CHECK(give(&axis, 512));
  CHECK_EQUAL(axis.position, 2048);
  CHECK(!give(&axis, 514)); /* 8 of 4096: noise */
  CHECK(!give(&axis, 510));
  CHECK(give(&axis, 515)); /* 12: moved */
  CHECK_EQUAL(axis.position, 2060);
  CHECK(give(&axis, 0));
  CHECK_EQUAL(axis.position, 0);
  CHECK(give(&axis, 1023));
  CHECK_EQUAL(axis.position, 4092);
}

static void noise_is_silent(const void *context) {
  (void)context;
  struct axis axis;
  uint32_t random = 5;
  axis_init(&axis, AXIS_ALWAYS);
  give(&axis, 700);
  for (int at = 0; at < 40000; at++) CHECK(!axis_read(&axis, (uint16_t)(699 + random_below(&random, 4))));
}

static void slow_turns_are_followed(const void *context) {
  (void)context;
  struct axis axis;
  axis_init(&axis, AXIS_ALWAYS);
  give(&axis, 0);
  for (uint16_t reading = 0; reading < 1024; reading++) {
    give(&axis, reading);
    CHECK((4 * reading) - axis.position < AXIS_DEAD_BAND);
  }
}

static void never(const void *context) {
  (void)context;
  struct axis axis;
  axis_init(&axis, AXIS_NEVER);
  /* The board does not even read it then. */
  CHECK(!axis.present);
}

static void nothing_on_the_pin(const void *context) {
  const uint16_t *const reading = context;
  struct axis axis;
  axis_init(&axis, AXIS_DETECT);
  for (int at = 0; at < 1000; at++) CHECK(!give(&axis, *reading));
  CHECK(!axis.present);
}

static void detected(const void *context) {
  (void)context;
  struct axis axis;
  axis_init(&axis, AXIS_DETECT);
  for (int at = 0; at < 100; at++) CHECK(!give(&axis, 900));
  for (int at = 1; at < AXIS_DETECT_POSITIONS; at++) CHECK(!give(&axis, 300));
  CHECK(give(&axis, 300));
  CHECK(axis.present);
  CHECK_EQUAL(axis.position, 1200);
  /* From then on it may be anywhere. */
  CHECK(give(&axis, 1023));
  CHECK(give(&axis, 0));
}

static void touched(const void *context) {
  (void)context;
  struct axis axis;
  axis_init(&axis, AXIS_DETECT);
  /* A finger on the pin: now and then low, never for long. */
  for (int at = 0; at < 1000; at++) CHECK(!give(&axis, at % 7 == 0 ? 1000 : 200));
  CHECK(!axis.present);
}

void suite_axis(void) {
  static const uint16_t high = 1023;
  static const uint16_t low = 0;
  static const uint16_t weak = 700;
  run_case("axis", "reported when moved by more than the dead band", reported_when_moved, NULL);
  run_case("axis", "40000 readings of noise: nothing to report", noise_is_silent, NULL);
  run_case("axis", "turned as slowly as can be: never further off than the dead band", slow_turns_are_followed, NULL);
  run_case("axis", "switched off", never, NULL);
  run_case("axis", "not there: the pull-up reads the upper rail", nothing_on_the_pin, &high);
  run_case("axis", "not there: a pin at ground", nothing_on_the_pin, &low);
  run_case("axis", "not there: something that pulls weakly", nothing_on_the_pin, &weak);
  run_case("axis", "found when it is turned below its middle", detected, NULL);
  run_case("axis", "a finger on the pin is no knob", touched, NULL);
}
