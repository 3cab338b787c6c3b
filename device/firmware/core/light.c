#include "light.h"

#include "countdown.h"
#include "flash.h"

/* A pattern is sixteen steps of 64 ms: the step is a shift, and the wrap of the age at 65536 ms is no jump. */
enum { STEPS = 16, STEP_SHIFT = 6 };

/* The first step in bit 0. */
static const IN_FLASH uint16_t steps_of[LIGHT_PATTERNS] = {
    [LIGHT_OFF] = 0x0000,   [LIGHT_STEADY] = 0xffff,  [LIGHT_SLOW_BLINK] = 0x00ff,   [LIGHT_DOUBLE_BLINK] = 0x0005,
    [LIGHT_FLASH] = 0x3333, [LIGHT_FLICKER] = 0x5555, [LIGHT_TRIPLE_FLASH] = 0x0333,
    [LIGHT_COUNT] = 0xeeee,
};

static void change_to(struct light *light, uint8_t pattern) {
  light->shown = pattern;
  light->age_ms = 0;
}

/* Somebody looks for the board, and it has not been found yet. */
static bool flickers_for_good(const struct light *light) {
  return light->shown == LIGHT_FLICKER && light->left_ms == 0;
}

void light_set_base(struct light *light, enum light_pattern pattern) {
  light->base = (uint8_t)pattern;
  light->counts = 0;
  if (flickers_for_good(light)) return;
  light->left_ms = 0;
  if (light->shown != pattern) change_to(light, light->base);
}

void light_show(struct light *light, enum light_pattern pattern, uint16_t ms) {
  if (flickers_for_good(light) && pattern != LIGHT_FLICKER) return;
  light->left_ms = ms;
  change_to(light, (uint8_t)pattern);
}

/* The base shows from now on, or the blinks that have waited for it. */
static void end(struct light *light) {
  light->left_ms = (uint16_t)(light->counts * LIGHT_COUNT_MS);
  change_to(light, light->counts > 0 ? (uint8_t)LIGHT_COUNT : light->base);
  light->counts = 0;
}

void light_found(struct light *light) {
  if (light->shown == LIGHT_FLICKER) end(light);
}

void light_count(struct light *light, uint16_t count) {
  light->counts = count < LIGHT_MAX_COUNT ? (uint8_t)count : LIGHT_MAX_COUNT;
  if (light->shown == light->base || light->shown == LIGHT_COUNT) end(light);
}

void light_tick(struct light *light, uint16_t elapsed_ms) {
  light->age_ms = (uint16_t)(light->age_ms + elapsed_ms);
  if (countdown_over(&light->left_ms, elapsed_ms)) end(light);
}

bool light_is_lit(const struct light *light) {
  const uint8_t step = (uint8_t)(light->age_ms >> STEP_SHIFT) % STEPS;
  return ((steps_of[light->shown] >> step) & 1) != 0;
}
