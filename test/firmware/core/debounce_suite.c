/* Debouncing, as tables of (time, contacts, what is reported), looked at by several ticks and from several times. */
#include "debounce.h"
#include "harness.h"

enum { UP = 1, DOWN = 2, FIRST_TICK_US = 500 };

/*
 * From `at_us` the contacts are `levels`, and `held` is reported, until the next row. Ticks fall on 500 us and
 * multiples of 1 ms after it.
 */
struct row {
  uint32_t at_us;
  uint8_t levels;
  uint8_t held;
};

struct table {
  const char *name;
  const struct row rows[16];
};

static const struct table tables[] = {
    {"a clean press",
     {{0, UP, UP}, {80000, 0, 0}, {200000, 0, 0}}},
    {"a press that bounces for 9 ms",
     {{0, UP, UP}, {100, 0, UP}, {300, UP, UP}, {2000, 0, UP}, {2100, UP, UP}, {8900, 0, UP}, {9000, UP, UP},
      {70000, UP, UP}}},
    {"a release that bounces for 9 ms",
     {{0, UP, UP}, {50000, 0, 0}, {50040, UP, 0}, {53000, 0, 0}, {58000, UP, 0}, {59000, 0, 0}, {90000, 0, 0}}},
    {"a tap of 3 ms: its release is found by the tick",
     {{0, UP, UP}, {3000, 0, UP}, {10500, 0, 0}, {40000, 0, 0}}},
    {"a tap of 3 ms, its release bouncing over the end of the lockout",
     {{0, UP, UP}, {3000, 0, UP}, {9900, UP, UP}, {10700, 0, 0}, {11000, UP, 0}, {11500, 0, 0}, {40000, 0, 0}}},
    {"a release just before the lockout ends",
     {{0, UP, UP}, {9999, 0, UP}, {10500, 0, 0}}},
    {"a release just when the lockout ends",
     {{0, UP, UP}, {10000, 0, 0}, {20500, 0, 0}}},
    {"pressed again within the lockout of its release",
     {{0, UP, UP}, {30000, 0, 0}, {33000, UP, 0}, {40500, UP, UP}, {90000, UP, UP}}},
    {"let go and pressed again within one lockout: still held",
     {{0, UP, UP}, {4000, 0, UP}, {7000, UP, UP}, {50000, UP, UP}}},
    {"a spike that is over before it is looked at",
     {{0, 0, 0}, {700, 0, 0}, {50000, 0, 0}}},
    {"two buttons at once",
     {{0, UP | DOWN, UP | DOWN}, {40000, 0, 0}, {60000, 0, 0}}},
    {"two buttons, each with its own lockout",
     {{0, UP, UP}, {6000, UP | DOWN, UP | DOWN}, {8000, DOWN, UP | DOWN}, {10500, DOWN, DOWN}, {12000, 0, DOWN},
      {16500, 0, 0}}},
    {"one button bounces, the other does not wait for it",
     {{0, UP, UP}, {1000, 0, UP}, {1200, UP | DOWN, UP | DOWN}, {1400, DOWN, UP | DOWN}, {2000, UP | DOWN, UP | DOWN},
      {60000, UP | DOWN, UP | DOWN}}},
};

static uint32_t row_count(const struct table *table) {
  uint32_t count = 1;
  while (count < 16 && table->rows[count].at_us != 0) count++;
  return count;
}

static void run_from(const struct table *table, uint32_t start_us, uint32_t tick_us) {
  struct debounce debounce = {0};
  uint8_t levels = 0;
  uint32_t tick = FIRST_TICK_US;
  for (uint32_t at = 0; at < row_count(table); at++) {
    const struct row *const row = &table->rows[at];
    for (; tick < row->at_us; tick += tick_us) {
      CHECK_EQUAL(debounce_look(&debounce, levels, (uint16_t)(start_us + tick)), 0);
    }
    const uint8_t before = debounce.held;
    levels = row->levels;
    const uint8_t changed = debounce_look(&debounce, levels, (uint16_t)(start_us + row->at_us));
    CHECK_EQUAL(debounce.held, row->held);
    CHECK_EQUAL(changed, before ^ row->held);
  }
}

/* From several times, so that the clock wraps within the table, and at several rates. */
static void run_table(const void *context) {
  static const uint32_t starts[] = {0, 65536 - 9000, 65536 - 10, 4294967295u - 30000};
  static const uint32_t ticks[] = {1000, 2000, 5000, 10000};
  for (size_t start = 0; start < 4; start++) {
    for (size_t tick = 0; tick < 4; tick++) run_from(context, starts[start], ticks[tick]);
  }
}

/* A press with random bounce of up to 9 ms, however it falls, is one report; so is a release; and both are eager. */
static void random_bounce(const void *context) {
  (void)context;
  uint32_t random = 42;
  uint32_t now = 1;
  struct debounce debounce = {0};
  uint8_t level = 0;
  for (int change = 0; change < 20000; change++) {
    level ^= UP;
    int reports = debounce_look(&debounce, level, (uint16_t)now) != 0;
    CHECK_EQUAL(reports, 1);
    const uint32_t end = now + random_below(&random, 9000);
    const uint32_t next = now + 19500 + random_below(&random, 60000);
    uint32_t tick = now + random_below(&random, 1000);
    while (now < next) {
      now += 1 + random_below(&random, 700);
      /* The last edge of the bounce leaves the contact where it belongs. */
      const uint8_t contact = now < end ? (uint8_t)random_below(&random, 2) : level;
      if (now >= tick || now < end) reports += debounce_look(&debounce, contact, (uint16_t)now) != 0;
      if (now >= tick) tick += 1000;
    }
    CHECK_EQUAL(reports, 1);
    CHECK_EQUAL(debounce.held, level);
  }
}

/* Whatever the contact does, once it is quiet for longer than a lockout and a tick, what is reported is true. */
static void nothing_is_lost(const void *context) {
  (void)context;
  uint32_t random = 4711;
  uint32_t now = 0;
  struct debounce debounce = {0};
  for (int burst = 0; burst < 20000; burst++) {
    uint8_t levels = 0;
    for (uint32_t edges = random_below(&random, 12); edges > 0; edges--) {
      now += random_below(&random, 8000);
      levels = (uint8_t)random_below(&random, 4);
      debounce_look(&debounce, levels, (uint16_t)now);
    }
    for (int tick = 0; tick < 12; tick++) {
      now += 1000;
      debounce_look(&debounce, levels, (uint16_t)now);
    }
    CHECK_EQUAL(debounce.held, levels);
  }
}

void suite_debounce(void) {
  for (size_t at = 0; at < sizeof tables / sizeof tables[0]; at++) {
    run_case("debounce", tables[at].name, run_table, &tables[at]);
  }
  run_case("debounce", "20000 changes with random bounce up to 9 ms: one report each, at the first edge", random_bounce,
           NULL);
  run_case("debounce", "20000 random bursts on two buttons: nothing is lost", nothing_is_lost, NULL);
}
