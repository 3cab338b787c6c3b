/* The rate of the line: which rates can be made, and every way to and from a fast one. */
#include "contract.h"
#include "harness.h"
#include "line_rate.h"

static struct line_rate rate;

static void divisors(const void *context) {
  (void)context;
  static const struct {
    uint32_t baud;
    uint16_t divisor;
  } rows[] = {{115200, 17}, {1000000, 2}, {2000000, 1}, {500000, 4}, {250000, 8},  {57600, 35}, {9600, 208},
              {230400, 0},  {921600, 0},  {460800, 0},  {400000, 5}, {2000001, 0}, {0, 0},      {UINT32_MAX, 0},
              {400, 0},     {489, 4090}};
  for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
    CHECK_EQUAL(line_rate_divisor(2000000, rows[at].baud), rows[at].divisor);
  }
  for (uint32_t baud = 400; baud < 2200000; baud += 37) {
    const uint16_t divisor = line_rate_divisor(2000000, baud);
    if (divisor == 0) continue;
    const double off = 2000000.0 / divisor / baud - 1;
    CHECK(off < 0.0251 && off > -0.0251);
  }
}

static void go_to(uint32_t baud) {
  line_rate_init(&rate);
  line_rate_ask(&rate, baud);
  CHECK(line_rate_leaving(&rate));
  CHECK(!line_rate_may_send(&rate));
  line_rate_left(&rate);
  CHECK(!line_rate_may_send(&rate));
}

static void check_back(void) {
  CHECK(line_rate_leaving(&rate));
  CHECK_EQUAL(rate.baud, CONTRACT_FIRST_BAUD);
  line_rate_left(&rate);
  CHECK(line_rate_may_send(&rate));
  CHECK_EQUAL(rate.state, RATE_FIRST);
}

static void agreed(const void *context) {
  (void)context;
  go_to(1000000);
  line_rate_tick(&rate, 499);
  line_rate_heard(&rate);
  CHECK_EQUAL(rate.state, RATE_AGREED);
  CHECK(line_rate_may_send(&rate));
  line_rate_tick(&rate, 60000);
  CHECK(line_rate_may_send(&rate));
  CHECK_EQUAL(rate.baud, 1000000);
}

static void not_heard(const void *context) {
  (void)context;
  go_to(1000000);
  line_rate_tick(&rate, 499);
  CHECK(!line_rate_leaving(&rate));
  line_rate_tick(&rate, 1);
  check_back();
}

static void too_many_lost(const void *context) {
  (void)context;
  go_to(1000000);
  line_rate_heard(&rate);
  for (int round = 0; round < 100; round++) {
    line_rate_lost(&rate, LINE_RATE_MAX_LOST - 1);
    CHECK(!line_rate_leaving(&rate));
    line_rate_heard(&rate);
  }
  line_rate_lost(&rate, 255);
  check_back();
  go_to(1000000);
  for (int lost = 1; lost < LINE_RATE_MAX_LOST; lost++) line_rate_lost(&rate, 1);
  CHECK(!line_rate_leaving(&rate));
  line_rate_lost(&rate, 1);
  check_back();
}

static void nothing_to_lose_at_first(const void *context) {
  (void)context;
  line_rate_init(&rate);
  line_rate_lost(&rate, 255);
  line_rate_fall_back(&rate);
  line_rate_tick(&rate, 60000);
  CHECK_EQUAL(rate.state, RATE_FIRST);
}

static void hub_lost(const void *context) {
  (void)context;
  go_to(500000);
  line_rate_heard(&rate);
  line_rate_fall_back(&rate);
  check_back();
  go_to(500000);
  line_rate_fall_back(&rate);
  check_back();
}

static void asked_back(const void *context) {
  (void)context;
  go_to(1000000);
  line_rate_heard(&rate);
  line_rate_ask(&rate, CONTRACT_FIRST_BAUD);
  line_rate_left(&rate);
  CHECK(!line_rate_may_send(&rate)); /* the hub is not there yet */
  line_rate_heard(&rate);
  CHECK_EQUAL(rate.state, RATE_FIRST);
  /* A hub that was not heard there either: nowhere to go back to. */
  line_rate_ask(&rate, CONTRACT_FIRST_BAUD);
  line_rate_left(&rate);
  line_rate_lost(&rate, 200);
  CHECK(!line_rate_may_send(&rate));
  line_rate_tick(&rate, 500);
  CHECK_EQUAL(rate.state, RATE_FIRST);
  CHECK(line_rate_may_send(&rate));
}

/* Whatever happens, within a second of nothing it is at a rate at which it speaks. */
static void random_events(const void *context) {
  (void)context;
  uint32_t random = 21;
  line_rate_init(&rate);
  for (int step = 0; step < 200000; step++) {
    const uint32_t what = random_below(&random, 8);
    if (what == 0) line_rate_ask(&rate, random_below(&random, 2) == 0 ? 1000000 : CONTRACT_FIRST_BAUD);
    else if (what == 1) line_rate_heard(&rate);
    else if (what == 2) line_rate_lost(&rate, (uint8_t)random_below(&random, 256));
    else if (what == 3) line_rate_fall_back(&rate);
    else if (what == 4 && line_rate_leaving(&rate)) line_rate_left(&rate);
    else line_rate_tick(&rate, (uint16_t)random_below(&random, 100));
    const struct line_rate before = rate;
    for (int ms = 0; ms < 2 * LINE_RATE_TRIAL_MS; ms += 4) {
      if (line_rate_leaving(&rate)) line_rate_left(&rate);
      line_rate_tick(&rate, 4);
    }
    CHECK(line_rate_may_send(&rate));
    CHECK((rate.baud == CONTRACT_FIRST_BAUD) == (rate.state == RATE_FIRST));
    rate = before;
  }
}

void suite_line_rate(void) {
  static const struct {
    const char *name;
    void (*run)(const void *context);
  } cases[] = {
      {"divisors: those within 2.5 %", divisors},
      {"heard at the new rate: agreed", agreed},
      {"not heard for 500 ms: back", not_heard},
      {"16 lost in a row: back; 15 and a good one: not", too_many_lost},
      {"at 115200 there is nothing to give up", nothing_to_lose_at_first},
      {"the hub is lost: back", hub_lost},
      {"asked back: silent until the hub is heard, or for 500 ms", asked_back},
      {"200,000 random events", random_events},
  };
  for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
    run_case("rate of the line", cases[at].name, cases[at].run, NULL);
  }
}
