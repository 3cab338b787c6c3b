/* The bar of LEDs that shows the score. */
#ifndef PADDLEWIRE_BAR_LEDS_H
#define PADDLEWIRE_BAR_LEDS_H

#include <stdint.h>

/* Makes its pins outputs, dark. */
void bar_leds_init(void);

/* Lights the LEDs whose bits are set in `lit`, the first one's in bit 0, and darkens the others. */
void bar_leds_show(uint8_t lit);

#endif
