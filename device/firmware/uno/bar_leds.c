#include "bar_leds.h"

#include <avr/io.h>

#include "pins.h"

/* Every pin is set and cleared by one instruction, which an interrupt cannot split. */

void bar_leds_init(void) {
#define DARK_OUTPUT(port, direction, bit) \
  (port) &= (uint8_t)~_BV(bit);           \
  (direction) |= _BV(bit);
  BAR_LEDS(DARK_OUTPUT)
#undef DARK_OUTPUT
}

void bar_leds_show(uint8_t lit) {
#define SHOW(port, direction, bit)                 \
  if ((lit & 1) != 0) (port) |= _BV(bit);          \
  else (port) &= (uint8_t)~_BV(bit);               \
  lit >>= 1;
  BAR_LEDS(SHOW)
#undef SHOW
}
