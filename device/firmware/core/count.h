/* Counters that stop at their largest value: a full counter still says "many", one that wrapped would say "few". */
#ifndef PADDLEWIRE_COUNT_H
#define PADDLEWIRE_COUNT_H

#include <stdint.h>

/* Adds one to `counter`, unless it is full. */
static inline void count_up(uint16_t *counter) {
  if (*counter != UINT16_MAX) *counter = (uint16_t)(*counter + 1);
}

/* Adds `count` to `counter`, up to its largest value. */
static inline void count_many(uint16_t *counter, uint8_t count) {
  *counter = count > UINT16_MAX - *counter ? UINT16_MAX : (uint16_t)(*counter + count);
}

#endif
