#include "speaker.h"

#include <avr/io.h>

#include "pins.h"
#include "tone_divider.h"

static uint16_t sounding;

void speaker_init(void) {
  SPEAKER_PORT &= (uint8_t)~_BV(SPEAKER_BIT);
  SPEAKER_DDR |= _BV(SPEAKER_BIT);
}

void speaker_sound(uint16_t hz) {
  if (hz == sounding) return;
  sounding = hz;
  /* Off first: a compare value set below the counter would let it run through all of its 8 bits once. */
  TCCR2B = 0;
  TCCR2A = 0;
  if (hz == 0) return;
  const struct tone_divider divider = tone_divider_of(hz);
  TCNT2 = 0;
  OCR2A = divider.compare;
  TCCR2A = _BV(COM2A0) | _BV(WGM21);
  TCCR2B = divider.clock_select;
}
