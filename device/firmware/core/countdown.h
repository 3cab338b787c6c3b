/* Time that runs out: milliseconds left, 0 when it does not run. No clock is in it, so there is no wrap either. */
#ifndef PADDLEWIRE_COUNTDOWN_H
#define PADDLEWIRE_COUNTDOWN_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Lets `elapsed_ms` pass.
 *
 * left_ms   the countdown
 *
 * Returns true once: when the time has run out.
 */
static inline bool countdown_over(uint16_t *left_ms, uint16_t elapsed_ms) {
  if (*left_ms == 0) return false;
  if (*left_ms > elapsed_ms) {
    *left_ms = (uint16_t)(*left_ms - elapsed_ms);
    return false;
  }
  *left_ms = 0;
  return true;
}

#endif
