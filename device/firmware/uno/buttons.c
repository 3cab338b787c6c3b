#include "buttons.h"

#include <avr/interrupt.h>
#include <avr/io.h>

#include "clock.h"
#include "debounce.h"
#include "pins.h"
#include "ring.h"

/* Each button can change once in a lockout, so this many are 40 ms of a main loop that does nothing. */
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

void buttons_look(void) {
  const uint8_t levels = (uint8_t)((~BUTTON_PINS & BUTTON_MASK) >> BUTTON_SHIFT);
  if (levels == debounce.held && debounce.locked == 0) return;
  /* With no slot free nothing is looked at: a later tick will see it, and nothing is lost. */
  if (ring_room(&ring, SLOTS) == 0) return;
  const uint32_t now_us = clock_us_uninterrupted();
  if (debounce_look(&debounce, levels, (uint16_t)now_us) == 0) return;
  events[ring_write_slot(&ring, SLOTS)] = (struct button_event){.time_us = now_us, .held = debounce.held};
  ring_wrote(&ring);
}

bool buttons_waiting(void) { return ring_waiting(&ring) != 0; }

struct button_event buttons_take(void) {
  const struct button_event event = events[ring_read_slot(&ring, SLOTS)];
  ring_has_read(&ring);
  return event;
}

ISR(PCINT2_vect) { buttons_look(); }
