#include "tone_divider.h"

/* 16 MHz, prescaled by 8, and two matches a period: periods are counted in steps of 1 µs, here in halves of them. */
#define HALF_STEPS_PER_SECOND UINT32_C(2000000)
enum { MAX_STEPS = 256 };
enum { SELECT_8 = 2, SELECT_32, SELECT_64, SELECT_128, SELECT_256, SELECT_1024 };

struct tone_divider tone_divider_of(uint16_t hz) {
  if (hz < TONE_MIN_HZ) hz = TONE_MIN_HZ;
  if (hz > TONE_MAX_HZ) hz = TONE_MAX_HZ;
  uint16_t half_steps = (uint16_t)(HALF_STEPS_PER_SECOND / hz);
  uint8_t select = SELECT_8;
  /* To the finest prescaler whose steps the counter's 8 bits can hold; the first and the last are four times apart. */
  while (half_steps >= 2 * MAX_STEPS) {
    half_steps = (uint16_t)(half_steps >> (select == SELECT_8 || select == SELECT_256 ? 2 : 1));
    select++;
  }
  return (struct tone_divider){.clock_select = select, .compare = (uint8_t)((half_steps + 1) / 2 - 1)};
}
