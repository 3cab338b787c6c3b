/* The bar of LEDs: points, too many of them, a win. */
#include "bar.h"
#include "harness.h"

static struct bar bar;

static void points(const void *context) {
  (void)context;
  static const uint8_t lit[] = {0x00, 0x01, 0x03, 0x07, 0x0f, 0x1f};
  bar = (struct bar){.on = true};
  for (uint16_t count = 0; count <= BAR_LEDS_COUNT; count++) {
    bar_set_points(&bar, count);
    for (int ms = 0; ms < 2000; ms++) {
      CHECK_EQUAL(bar_lit(&bar), lit[count]);
      bar_tick(&bar, 1);
    }
  }
}

static void many_points_blink(const void *context) {
  (void)context;
  int on = 0;
  int changes = 0;
  bar = (struct bar){.on = true};
  bar_set_points(&bar, 6);
  uint8_t last = bar_lit(&bar);
  for (int ms = 0; ms < 2048; ms++) {
    CHECK(bar_lit(&bar) == 0 || bar_lit(&bar) == 0x1f);
    if (bar_lit(&bar) != 0) on++;
    if (bar_lit(&bar) != last) changes++;
    last = bar_lit(&bar);
    bar_tick(&bar, 1);
  }
  CHECK_EQUAL(on, 1024);
  CHECK_EQUAL(changes, 7);
}

static void runs(const void *context) {
  (void)context;
  int seen = 0;
  bar = (struct bar){.on = true};
  bar_set_points(&bar, 5);
  bar_run(&bar, 3000);
  bar_set_points(&bar, 2); /* what comes meanwhile waits */
  for (int ms = 0; ms < 3000; ms++) {
    const uint8_t lit = bar_lit(&bar);
    CHECK(lit != 0 && (lit & (lit - 1)) == 0 && lit <= 0x10);
    seen |= lit;
    bar_tick(&bar, 1);
  }
  CHECK_EQUAL(seen, 0x1f);
  CHECK_EQUAL(bar_lit(&bar), 0x03);
}

static void dark_when_off(const void *context) {
  (void)context;
  bar = (struct bar){0};
  bar_set_points(&bar, 3);
  CHECK_EQUAL(bar_lit(&bar), 0);
  bar_run(&bar, 3000);
  CHECK_EQUAL(bar_lit(&bar), 0);
}

void suite_bar(void) {
  run_case("bar", "a light for each of five points", points, NULL);
  run_case("bar", "more than five: all five blink", many_points_blink, NULL);
  run_case("bar", "a win: one light runs over all five, then the points again", runs, NULL);
  run_case("bar", "dark while it is off", dark_when_off, NULL);
}
