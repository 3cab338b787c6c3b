#include "clock.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#include "buttons.h"

enum { STEPS_PER_TICK = 250, US_PER_STEP = 4, US_PER_TICK = STEPS_PER_TICK * US_PER_STEP };

static volatile uint8_t ticks;
static volatile uint32_t tick_us;    /* time of the newest tick */
static volatile uint16_t tick_count; /* the counter at the newest tick */

void clock_init(void) {
  OCR1A = STEPS_PER_TICK;
  TIMSK1 = _BV(OCIE1A);
  TCCR1B = _BV(CS11) | _BV(CS10);
}

uint8_t clock_ticks(void) { return ticks; }

uint32_t clock_us_uninterrupted(void) {
  const uint16_t steps = (uint16_t)(TCNT1 - tick_count);
  return tick_us + (uint16_t)(steps * US_PER_STEP);
}

uint32_t clock_us(void) {
  uint32_t now = 0;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { now = clock_us_uninterrupted(); }
  return now;
}

ISR(TIMER1_COMPA_vect) {
  tick_count = OCR1A;
  OCR1A = tick_count + STEPS_PER_TICK;
  tick_us += US_PER_TICK;
  ticks++;
  buttons_look();
}
