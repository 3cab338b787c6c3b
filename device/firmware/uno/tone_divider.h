/* Which prescaler and compare value make Timer2 toggle its pin at a frequency: arithmetic only, no register. */
#ifndef PADDLEWIRE_TONE_DIVIDER_H
#define PADDLEWIRE_TONE_DIVIDER_H

#include <stdint.h>

enum { TONE_MIN_HZ = 31, TONE_MAX_HZ = 20000 };

struct tone_divider {
  uint8_t clock_select; /* CS22 to CS20 (datasheet, table 17-9) */
  uint8_t compare;      /* OCR2A */
};

/*
 * Returns the divider nearest to `hz`, within 1 % of it. Frequencies outside TONE_MIN_HZ to TONE_MAX_HZ give the
 * nearest of these.
 */
struct tone_divider tone_divider_of(uint16_t hz);

#endif
