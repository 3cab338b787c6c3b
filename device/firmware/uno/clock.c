#include "clock.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

enum { STEPS_PER_TICK = 250 };

static volatile uint8_t ticks;
/* The time when it was read last, and the counter then. */
static uint32_t read_us;
static uint16_t read_count;

void clock_init(void) {
  OCR1A = STEPS_PER_TICK;
  TIMSK1 = _BV(OCIE1A);
  TCCR1B = _BV(CS11) | _BV(CS10);
}

uint8_t clock_ticks(void) { return ticks; }

uint32_t clock_us_uninterrupted(void) {
  const uint16_t count = CLOCK_COUNT;
  const uint16_t steps = (uint16_t)(count - read_count);
  read_count = count;
  read_us += (uint32_t)steps * CLOCK_US_PER_COUNT;
  return read_us;
}

uint32_t clock_us(void) {
  uint32_t now = 0;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { now = clock_us_uninterrupted(); }
  return now;
}

/* A thousand times a second, also when there is nothing to do: so it does no more than this. */
ISR(TIMER1_COMPA_vect) {
  OCR1A += STEPS_PER_TICK;
  ticks++;
}
