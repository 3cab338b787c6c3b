/* The light: its patterns, and what is shown over them. */
#include <stdio.h>

#include "harness.h"
#include "light.h"

/* How often the light goes on, and for how many ms it is lit, in the next `ms`. */
struct seen {
  int flashes;
  int lit_ms;
};

static struct seen watch(struct light *light, int ms) {
  struct seen seen = {0};
  bool before = false;
  for (int at = 0; at < ms; at++) {
    const bool lit = light_is_lit(light);
    if (lit && !before) seen.flashes++;
    if (lit) seen.lit_ms++;
    before = lit;
    light_tick(light, 1);
  }
  return seen;
}

struct expected {
  const char *name;
  enum light_pattern pattern;
  int flashes; /* in 1024 ms */
  int lit_ms;
};

static const struct expected patterns[] = {
    {"off", LIGHT_OFF, 0, 0},
    {"steady", LIGHT_STEADY, 1, 1024},
    {"slow blink: half a second on, half a second off", LIGHT_SLOW_BLINK, 1, 512},
    {"double blink: two short ones each second", LIGHT_DOUBLE_BLINK, 2, 128},
    {"flash: four each second", LIGHT_FLASH, 4, 512},
    {"flicker: eight each second", LIGHT_FLICKER, 8, 512},
    {"triple flash: three each second", LIGHT_TRIPLE_FLASH, 3, 384},
};

static void run_pattern(const void *context) {
  const struct expected *const expected = context;
  struct light light = {0};
  light_set_base(&light, expected->pattern);
  CHECK_EQUAL(light_is_lit(&light), expected->lit_ms > 0);
  /* 70 periods: past the wrap of its age at 65536 ms. */
  for (int period = 0; period < 70; period++) {
    const struct seen seen = watch(&light, 1024);
    CHECK_EQUAL(seen.flashes, expected->flashes);
    CHECK_EQUAL(seen.lit_ms, expected->lit_ms);
  }
}

static void shown_for_a_while(const void *context) {
  (void)context;
  struct light light = {0};
  light_set_base(&light, LIGHT_STEADY);
  light_show(&light, LIGHT_OFF, 100);
  CHECK_EQUAL(watch(&light, 100).lit_ms, 0);
  CHECK_EQUAL(watch(&light, 100).lit_ms, 100);
}

static void shown_until_changed(const void *context) {
  (void)context;
  struct light light = {0};
  light_set_base(&light, LIGHT_STEADY);
  light_show(&light, LIGHT_OFF, 0);
  CHECK_EQUAL(watch(&light, 70000).lit_ms, 0);
  light_show(&light, LIGHT_STEADY, 60000);
  CHECK_EQUAL(watch(&light, 60000).lit_ms, 60000);
  light_show(&light, LIGHT_OFF, 0);
  light_set_base(&light, LIGHT_STEADY);
  CHECK_EQUAL(watch(&light, 10).lit_ms, 10);
}

static void newest_wins(const void *context) {
  (void)context;
  struct light light = {0};
  light_show(&light, LIGHT_FLICKER, 5000);
  light_show(&light, LIGHT_STEADY, 50);
  CHECK_EQUAL(watch(&light, 50).lit_ms, 50);
  CHECK_EQUAL(watch(&light, 5000).lit_ms, 0);
}

static void same_base_again(const void *context) {
  (void)context;
  struct light light = {0};
  light_set_base(&light, LIGHT_SLOW_BLINK);
  watch(&light, 600);
  /* A HELLO that is sent again must not make the blink stumble. */
  light_set_base(&light, LIGHT_SLOW_BLINK);
  CHECK_EQUAL(light_is_lit(&light), false);
}

void suite_light(void) {
  for (size_t at = 0; at < sizeof patterns / sizeof patterns[0]; at++) {
    run_case("light", patterns[at].name, run_pattern, &patterns[at]);
  }
  run_case("light", "shown for a while, then the base again", shown_for_a_while, NULL);
  run_case("light", "shown until changed", shown_until_changed, NULL);
  run_case("light", "the newest wins", newest_wins, NULL);
  run_case("light", "the same base again does not begin anew", same_base_again, NULL);
}
