#include "buttons.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#include "clock.h"
#include "debounce.h"
#include "pins.h"
#include "ring.h"

/* Each button can change once in a lockout, so this many are 40 ms of a main program that does nothing. */
enum { SLOTS = 8 };
RING_SLOTS_CHECK(SLOTS);

static struct debounce debounce;
static struct ring ring;
static struct button_event events[SLOTS];

void buttons_init(void) {
  BUTTON_PCMSK = BUTTON_MASK;
  PCIFR = _BV(BUTTON_PCIE);
  PCICR = _BV(BUTTON_PCIE);
}

/* The buttons that are held, of a port whose pins are low when a button is. */
static uint8_t held_of(uint8_t pins) { return (uint8_t)((uint8_t)(~pins & BUTTON_MASK) >> BUTTON_SHIFT); }

/* Interrupts are off. */
static void look(uint8_t held) {
  /* With no slot free nothing is looked at: a later tick will see it, and nothing is lost. */
  if (ring_room(&ring, SLOTS) == 0) return;
  const uint32_t now_us = clock_us_uninterrupted();
  const uint8_t changed = debounce_look(&debounce, held, (uint16_t)now_us);
  /* A button that is deaf does not interrupt: the edges of its bounce must not hold up the report of the first. */
  BUTTON_PCMSK = (uint8_t)(BUTTON_MASK & ~(debounce.locked << BUTTON_SHIFT));
  if (changed == 0) return;
  events[ring_write_slot(&ring, SLOTS)] = (struct button_event){.time_us = now_us, .held = debounce.held};
  ring_wrote(&ring);
}

void buttons_tick(void) {
  /* The interrupt may change what is read here; then it has looked itself, and this look changes nothing. */
  if (debounce.locked == 0 && held_of(BUTTON_PINS) == debounce.held) return;
  ATOMIC_BLOCK(ATOMIC_FORCEON) { look(held_of(BUTTON_PINS)); }
}

bool buttons_waiting(void) { return ring_waiting(&ring) != 0; }

struct button_event buttons_take(void) {
  const struct button_event event = events[ring_read_slot(&ring, SLOTS)];
  ring_has_read(&ring);
  return event;
}

/*
 * A contact that has only just closed may open again within microseconds, before an interrupt in C has saved its
 * registers. So the port is read first of all, into a register made for such things (GPIOR0; datasheet, 7.5), within a
 * microsecond of the edge. What is shorter than that is a spike and no press.
 */
ISR(BUTTON_PCINT_VECTOR, ISR_NAKED) {
  __asm__ volatile(
      "push r24 \n\t"
      "in r24, %[pins] \n\t"
      "out %[seen], r24 \n\t"
      "pop r24 \n\t"
      "rjmp __vector_pin_change \n\t"
      :
      : [pins] "I"(_SFR_IO_ADDR(BUTTON_PINS)), [seen] "I"(_SFR_IO_ADDR(GPIOR0)));
}

ISR(__vector_pin_change) { look(held_of(GPIOR0)); }
