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

static uint16_t count_now(void) {
  uint16_t count = 0;
  /* Two bytes, and an interrupt may read it too. */
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { count = CLOCK_COUNT; }
  return count;
}

uint32_t clock_us(void) {
  const uint16_t count = count_now();
  const uint16_t steps = (uint16_t)(count - read_count);
  read_count = count;
  read_us += (uint32_t)steps * CLOCK_US_PER_COUNT;
  return read_us;
}

uint32_t clock_us_at(uint16_t count) {
  const uint32_t now_us = clock_us();
  return now_us - (uint32_t)(uint16_t)(read_count - count) * CLOCK_US_PER_COUNT;
}

/*
 * A thousand times a second, also when there is nothing to do: so it does no more than this. In assembler, because a byte
 * from a hub at 1 Mbaud may have waited for another interrupt already, and a compiler takes half as long again. Of
 * OCR1A the high byte is stored first (datasheet, 15.3).
 */
ISR(TIMER1_COMPA_vect, ISR_NAKED) {
  __asm__ volatile(
      "push r24 \n\t"
      "in r24, __SREG__ \n\t"
      "push r24 \n\t"
      "push r25 \n\t"
      "lds r24, %[due] \n\t"
      "lds r25, %[due] + 1 \n\t"
      "subi r24, lo8(-(%[steps])) \n\t"
      "sbci r25, hi8(-(%[steps])) \n\t"
      "sts %[due] + 1, r25 \n\t"
      "sts %[due], r24 \n\t"
      "lds r24, %[ticks] \n\t"
      "inc r24 \n\t"
      "sts %[ticks], r24 \n\t"
      "pop r25 \n\t"
      "pop r24 \n\t"
      "out __SREG__, r24 \n\t"
      "pop r24 \n\t"
      "reti \n\t"
      :
      : [due] "n"(_SFR_MEM_ADDR(OCR1A)), [steps] "n"(STEPS_PER_TICK), [ticks] "i"(&ticks));
}
