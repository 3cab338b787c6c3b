/* A bar of five LEDs that counts the points of a match; what is lit, as bits, the first LED in bit 0. */
#ifndef PADDLEWIRE_BAR_H
#define PADDLEWIRE_BAR_H

#include <stdbool.h>
#include <stdint.h>

enum { BAR_LEDS_COUNT = 5 };

/* All zero is dark. */
struct bar {
  bool on;             /* a seat is held and the hub speaks */
  uint16_t points;     /* of this seat in this match */
  uint16_t age_ms;     /* since something changed, modulo 2^16 */
  uint16_t running_ms; /* until a light that runs up and down the bar gives way to the points */
};

/* Shows `points`; if a light is running, when that is over. */
void bar_set_points(struct bar *bar, uint16_t points);

/* Lets a light run up and down the bar for `ms`. */
void bar_run(struct bar *bar, uint16_t ms);

/* Lets time pass. */
void bar_tick(struct bar *bar, uint16_t elapsed_ms);

/* Returns which LEDs are lit now. More points than LEDs make all of them blink. */
uint8_t bar_lit(const struct bar *bar);

#endif
