/* The knob: what is reported of it, how soon, how calmly; what is learnt of it; and when there is one. */
#include "axis.h"
#include "contract.h"
#include "harness.h"

static const struct axis_range first = {AXIS_FIRST_LOW, AXIS_FIRST_HIGH};
static const struct axis_range whole = {0, AXIS_RAW_MAX};

static struct axis axis;

/* Holds the knob still. Returns how many reports there were. */
static int hold(uint16_t reading, int readings) {
  int reports = 0;
  for (int at = 0; at < readings; at++) {
    if (axis_read(&axis, reading)) reports++;
  }
  return reports;
}

/* As hold, with noise of ±2. */
static int hold_noisy(uint16_t reading, int readings, uint32_t *random) {
  int reports = 0;
  for (int at = 0; at < readings; at++) {
    const uint16_t noisy = (uint16_t)(reading + random_below(random, 5));
    if (axis_read(&axis, noisy < 2 ? 0 : noisy > 1025 ? 1023 : (uint16_t)(noisy - 2))) reports++;
  }
  return reports;
}

static int off_by(int position, int wanted) { return position < wanted ? wanted - position : position - wanted; }

static void reported_when_moved(const void *context) {
  (void)context;
  axis_init(&axis, AXIS_ALWAYS, whole);
  CHECK(axis_read(&axis, 512));
  CHECK(off_by(axis.position, 2048) < 10);
  CHECK_EQUAL(hold(512, 1000), 0);
  CHECK_EQUAL(hold(514, 1000), 0);
  CHECK_EQUAL(hold(510, 1000), 0);
  CHECK_EQUAL(hold(530, 1000), 1);
  CHECK(off_by(axis.position, 2048 + 18 * 4) < 20);
}

static void noise_is_silent(const void *context) {
  (void)context;
  uint32_t random = 5;
  for (uint16_t reading = 0; reading < 1024; reading = (uint16_t)(reading + 31)) {
    axis_init(&axis, AXIS_ALWAYS, whole);
    hold_noisy(reading, 500, &random);
    CHECK_EQUAL(hold_noisy(reading, 20000, &random), 0);
  }
}

/* The worst that ±2 can be: all up for a while, then all down. */
static void slow_noise_is_silent(const void *context) {
  (void)context;
  for (int begin = -2; begin <= 2; begin++) {
    axis_init(&axis, AXIS_ALWAYS, whole);
    axis_read(&axis, (uint16_t)(700 + begin));
    int reports = 0;
    for (int half = 1; half < 400; half++) {
      reports += hold(698, half) + hold(702, half);
    }
    CHECK_EQUAL(reports, 0);
  }
}

/* A turn over the whole way. `turn_ms` from end to end. */
static void follows(int turn_ms, int lag_ms, int error) {
  uint32_t random = 11;
  axis_init(&axis, AXIS_ALWAYS, whole);
  hold(0, 100);
  int last = 0;
  int reports = 0;
  for (int ms = 0; ms <= turn_ms; ms++) {
    const int reading = 1023 * ms / turn_ms + (int)random_below(&random, 5) - 2;
    if (axis_read(&axis, (uint16_t)(reading < 0 ? 0 : reading > 1023 ? 1023 : reading))) {
      CHECK(ms - last >= AXIS_REPORT_READINGS || reports == 0);
      last = ms;
      reports++;
    }
    if (ms < lag_ms) continue;
    CHECK(axis.position + error >= 4095 * (ms - lag_ms) / turn_ms);
    CHECK(axis.position <= 4095 * ms / turn_ms + error);
  }
  hold(1023, 20);
  CHECK_EQUAL(axis.position, CONTRACT_MAX_AXIS);
}

static void quick_turn(const void *context) {
  (void)context;
  /* 75: what the dead zones stretch, and noise; 4 ms of such a turn. */
  follows(200, 10, 75);
}

static void slow_turn(const void *context) {
  (void)context;
  follows(20000, 10, 110);
}

static void ends_are_reached(const void *context) {
  const struct axis_range *const way = context;
  uint32_t random = 3;
  axis_init(&axis, AXIS_ALWAYS, first);
  hold(512, 100);
  for (int turn = 0; turn < 50; turn++) {
    hold_noisy(way->low, 40, &random);
    CHECK_EQUAL(axis.position, 0);
    hold_noisy((uint16_t)(way->low + random_below(&random, 200)), 40, &random);
    hold_noisy(way->low, 40, &random);
    CHECK_EQUAL(axis.position, 0);
    hold_noisy(way->high, 40, &random);
    CHECK_EQUAL(axis.position, CONTRACT_MAX_AXIS);
    hold_noisy((uint16_t)(way->high - random_below(&random, 200)), 40, &random);
    hold_noisy(way->high, 40, &random);
    CHECK_EQUAL(axis.position, CONTRACT_MAX_AXIS);
  }
  hold((uint16_t)((way->low + way->high) / 2), 40);
  CHECK(off_by(axis.position, 2048) < 60);
}

static void a_spike_is_not_learnt(const void *context) {
  (void)context;
  axis_init(&axis, AXIS_ALWAYS, first);
  hold(400, 100);
  hold(0, 1);
  hold(400, 100);
  hold(1023, 1);
  hold(400, 100);
  CHECK_EQUAL(axis.range.low, AXIS_FIRST_LOW);
  CHECK_EQUAL(axis.range.high, AXIS_FIRST_HIGH);
}

static void kept_at_rest_and_rarely(const void *context) {
  (void)context;
  int kept = 0;
  uint32_t random = 9;
  axis_init(&axis, AXIS_ALWAYS, first);
  hold(500, 100);
  hold(100, AXIS_REST_READINGS - 1);
  CHECK(!axis_to_keep(&axis));
  hold(100, 10);
  CHECK(axis_to_keep(&axis));
  CHECK(!axis_to_keep(&axis));
  CHECK_EQUAL(axis.kept.low, 400);
  CHECK_EQUAL(axis.kept.high, AXIS_FIRST_HIGH);
  hold(90, 3000);
  CHECK(!axis_to_keep(&axis)); /* by too little */
  for (int turn = 0; turn < 2000; turn++) {
    hold_noisy((uint16_t)random_below(&random, 1024), AXIS_REST_READINGS + 20, &random);
    if (axis_to_keep(&axis)) kept++;
    CHECK(axis_range_valid(axis.kept));
  }
  CHECK(kept > 0 && kept <= 32);
}

static void never(const void *context) {
  (void)context;
  axis_init(&axis, AXIS_NEVER, first);
  /* The board does not even read it then. */
  CHECK(!axis.present);
}

static void nothing_on_the_pin(const void *context) {
  const uint16_t *const reading = context;
  axis_init(&axis, AXIS_DETECT, first);
  CHECK_EQUAL(hold(*reading, 4000), 0);
  CHECK(!axis.present);
}

static void detected(const void *context) {
  (void)context;
  axis_init(&axis, AXIS_DETECT, whole);
  hold(900, 400);
  CHECK_EQUAL(hold(300, AXIS_DETECT_POSITIONS * AXIS_DETECT_READINGS), 0);
  CHECK(axis.present);
  CHECK(axis_read(&axis, 300));
  CHECK(off_by(axis.position, 1200) < 40);
  /* From then on it may be anywhere. */
  CHECK_EQUAL(hold(1023, 20), 1);
  CHECK_EQUAL(hold(0, 20), 1);
}

static void touched(const void *context) {
  (void)context;
  axis_init(&axis, AXIS_DETECT, first);
  /* A finger on the pin: now and then low, never for long. */
  for (int at = 0; at < 1000; at++) CHECK_EQUAL(hold(at % 7 == 0 ? 1000 : 200, AXIS_DETECT_READINGS), 0);
  CHECK(!axis.present);
}

void suite_axis(void) {
  static const uint16_t high = 1023;
  static const uint16_t low = 0;
  static const uint16_t weak = 700;
  static const struct axis_range all = {0, 1023};
  static const struct axis_range worn = {37, 955};
  static const struct axis_range half = {256, 767};
  run_case("axis", "reported when moved by more than the dead band", reported_when_moved, NULL);
  run_case("axis", "at rest: noise of ±2 gives no report, wherever it stands", noise_is_silent, NULL);
  run_case("axis", "at rest: no more does noise that comes in waves", slow_noise_is_silent, NULL);
  run_case("axis", "a turn within 0.2 s is followed within 10 ms, a report each 8 ms at most", quick_turn, NULL);
  run_case("axis", "a turn within 20 s is followed too", slow_turn, NULL);
  run_case("axis", "both ends are reached: a knob from rail to rail", ends_are_reached, &all);
  run_case("axis", "both ends are reached: a knob that ends before the rails", ends_are_reached, &worn);
  run_case("axis", "both ends are reached: a knob of half the way", ends_are_reached, &half);
  run_case("axis", "one reading beyond the ends is not learnt", a_spike_is_not_learnt, NULL);
  run_case("axis", "what was learnt is kept at rest, when it has changed by more than a little, 32 times at most",
           kept_at_rest_and_rarely, NULL);
  run_case("axis", "switched off", never, NULL);
  run_case("axis", "not there: the pull-up reads the upper rail", nothing_on_the_pin, &high);
  run_case("axis", "not there: a pin at ground", nothing_on_the_pin, &low);
  run_case("axis", "not there: something that pulls weakly", nothing_on_the_pin, &weak);
  run_case("axis", "found when it is turned below its middle", detected, NULL);
  run_case("axis", "a finger on the pin is no knob", touched, NULL);
}
