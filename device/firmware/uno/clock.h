/*
 * The board's clock: Timer1 counts freely at 16 MHz / 64, 4 µs a step, and its compare interrupt moves on by 250 steps
 * for a tick of exactly 1 kHz. The counter is never reset, so time is one subtraction: there is no moment at which a
 * tick that is due but not yet counted makes it jump, as there is in CTC mode.
 */
#ifndef PADDLEWIRE_CLOCK_H
#define PADDLEWIRE_CLOCK_H

#include <avr/io.h>
#include <stdint.h>

/* The counter itself, for an interrupt that has no time: CLOCK_COUNT * CLOCK_US_PER_COUNT is clock_us modulo 2^16. */
#define CLOCK_COUNT TCNT1
#define CLOCK_COUNT_ADDRESS _SFR_MEM_ADDR(TCNT1)
enum { CLOCK_US_PER_COUNT = 4 };

/* Starts the clock at 0. Interrupts are still off. */
void clock_init(void);

/* Returns the ticks since the start, modulo 256; one byte, so it can be read with interrupts on. */
uint8_t clock_ticks(void);

/*
 * Returns the time in µs modulo 2^32, in steps of 4.
 * Precondition: one of these two is called at least every 262 ms, or the counter's wrap is missed.
 */
uint32_t clock_us(void);

/* Returns when CLOCK_COUNT was `count`, which is less than 262 ms ago. */
uint32_t clock_us_at(uint16_t count);

#endif
