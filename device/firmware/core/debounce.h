/*
 * Eager debounce: a change is reported at its first edge, then the button is deaf while its contact bounces. When the
 * deaf time is over the level counts again, so a release within it is reported late but never lost.
 */
#ifndef PADDLEWIRE_DEBOUNCE_H
#define PADDLEWIRE_DEBOUNCE_H

#include <stdint.h>

enum {
  DEBOUNCE_BUTTONS = 2,
  /* Longer than the longest bounce to be expected (9 ms), shorter than the fastest finger (a press of 60 ms). */
  DEBOUNCE_LOCKOUT_US = 10000
};

/* All zero is its beginning: nothing held. Bit 0 is the first button. */
struct debounce {
  uint8_t held;                         /* levels as reported */
  uint8_t locked;                       /* buttons that are deaf */
  uint16_t locked_at[DEBOUNCE_BUTTONS]; /* since when, µs modulo 2^16 */
  uint16_t bounce_us[DEBOUNCE_BUTTONS]; /* the longest bounce so far: from the first edge to the last while deaf */
};

/*
 * Looks at the contacts once.
 *
 * levels   contacts that are closed now, a bit each
 * now_us   clock in µs modulo 2^16
 *
 * Returns the buttons whose reported level changed; `held` has their new levels.
 * Precondition: called at each edge, and at least every 50 ms while `locked` is not 0 (or the clock's wrap is missed).
 */
uint8_t debounce_look(struct debounce *debounce, uint8_t levels, uint16_t now_us);

/*
 * Takes the newest edge of a contact into account for `bounce_us`, if the button is deaf.
 *
 * edge_us   when, in µs modulo 2^16; if there was none since the button is deaf: `locked_at`
 *
 * Precondition: called before debounce_look ends the deaf time that the edge lies in.
 */
void debounce_edge(struct debounce *debounce, uint8_t button, uint16_t edge_us);

#endif
