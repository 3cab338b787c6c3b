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

/* A change as the interrupt leaves it: at 1 Mbaud it has no time to make µs of 32 bits of it. */
struct change {
  uint16_t count; /* of the clock */
  uint8_t held;
};

static struct ring ring;
static struct change changes[SLOTS];
/* When they were: made by the main program within a tick, since the clock's counter goes around in 262 ms. */
static uint32_t times_us[SLOTS];
static uint8_t timed;
/* The clock's counter at the newest edge of each deaf contact. */
static volatile uint16_t edge_counts[DEBOUNCE_BUTTONS];
/* The deaf buttons whose edges are noted. */
static uint8_t watched;

void buttons_init(void) {
  BUTTON_EDGE_CONTROL = BUTTON_EDGE_ANY;
  BUTTON_PCMSK = BUTTON_MASK;
  PCIFR = _BV(BUTTON_PCIE);
  PCICR = _BV(BUTTON_PCIE);
}

/* The buttons that are held, of a port whose pins are low when a button is. */
static uint8_t held_of(uint8_t pins) { return (uint8_t)((uint8_t)(~pins & BUTTON_MASK) >> BUTTON_SHIFT); }

/* Interrupts are off. Compiled into its two callers, so that the interrupt saves no more registers than it uses. */
__attribute__((always_inline)) static inline void look(uint8_t held) {
  /* With no slot free nothing is looked at: a later tick will see it, and nothing is lost. */
  if (ring_room(&ring, SLOTS) == 0) return;
  const uint16_t count = CLOCK_COUNT;
  const uint8_t changed = debounce_look(&debounce, held, (uint16_t)(count * CLOCK_US_PER_COUNT));
  /* A deaf button does not ask for a look: the edges of its bounce must not hold up the report of the first. */
  BUTTON_PCMSK = (uint8_t)(BUTTON_MASK & ~(debounce.locked << BUTTON_SHIFT));
  if (changed == 0) return;
  watched = (uint8_t)(watched & ~changed);
  /*
   * The contact may have bounced already; to be called again for it would let bytes of a fast line wait too long. Should
   * the other button have moved within these microseconds, the next tick sees it.
   */
  PCIFR = _BV(BUTTON_PCIE);
  changes[ring_write_slot(&ring, SLOTS)] = (struct change){.count = count, .held = debounce.held};
  ring_wrote(&ring);
}

/*
 * The bounce of a button is noted from the moment its report is on its way, which is within 0.1 ms. The
 * interrupt itself has no time for that: at 1 Mbaud bytes are waiting for it to end.
 */
void buttons_watch(void) {
#define WATCH(button, vector, bit)                                                \
  if ((debounce.locked & ~watched & (1 << (button))) != 0) {                      \
    edge_counts[button] = debounce.locked_at[button] / CLOCK_US_PER_COUNT;        \
    EIFR = _BV(bit);                                                              \
    EIMSK |= _BV(bit);                                                            \
  } else if ((debounce.locked & (1 << (button))) == 0) {                          \
    EIMSK &= (uint8_t)~_BV(bit);                                                  \
  }
  ATOMIC_BLOCK(ATOMIC_FORCEON) {
    BUTTON_EDGES(WATCH)
    watched = debounce.locked;
  }
#undef WATCH
}

static void note_bounce(void) {
  for (uint8_t button = 0; button < DEBOUNCE_BUTTONS; button++) {
    ATOMIC_BLOCK(ATOMIC_FORCEON) {
      if ((watched >> button & 1) != 0) {
        debounce_edge(&debounce, button, (uint16_t)(edge_counts[button] * CLOCK_US_PER_COUNT));
      }
    }
  }
}

static void time_changes(void) {
  for (; timed != ring.written; timed++) times_us[timed % SLOTS] = clock_us_at(changes[timed % SLOTS].count);
}

void buttons_tick(void) {
  time_changes();
  /* The interrupt may change what is read here; then it has looked itself, and this look changes nothing. */
  if (debounce.locked == 0 && held_of(BUTTON_PINS) == debounce.held) return;
  note_bounce();
  ATOMIC_BLOCK(ATOMIC_FORCEON) { look(held_of(BUTTON_PINS)); }
  buttons_watch();
}

bool buttons_waiting(void) { return ring_waiting(&ring) != 0; }

void buttons_bounce(uint16_t *bounce_us) {
  ATOMIC_BLOCK(ATOMIC_FORCEON) {
    for (uint8_t button = 0; button < DEBOUNCE_BUTTONS; button++) bounce_us[button] = debounce.bounce_us[button];
  }
}

void buttons_forget_bounce(void) {
  ATOMIC_BLOCK(ATOMIC_FORCEON) {
    for (uint8_t button = 0; button < DEBOUNCE_BUTTONS; button++) debounce.bounce_us[button] = 0;
  }
}

struct button_event buttons_take(void) {
  time_changes();
  const uint8_t slot = ring_read_slot(&ring, SLOTS);
  const struct button_event event = {.time_us = times_us[slot], .held = changes[slot].held};
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

/*
 * All that is done of an edge of a deaf button, a microsecond and a half long: the first edge may still be on its way to
 * the line. No flag changes and one register does, so only that is saved. The low byte goes first: reading it makes the
 * chip hold the high one (datasheet, 15.3).
 */
#define NOTE_EDGE(button, vector, bit)                                \
  ISR(vector, ISR_NAKED) {                                            \
    __asm__ volatile(                                                 \
        "push r24 \n\t"                                               \
        "lds r24, %[low] \n\t"                                        \
        "sts %[edge], r24 \n\t"                                       \
        "lds r24, %[low] + 1 \n\t"                                    \
        "sts %[edge] + 1, r24 \n\t"                                   \
        "pop r24 \n\t"                                                \
        "reti \n\t"                                                   \
        :                                                             \
        : [low] "n"(CLOCK_COUNT_ADDRESS), [edge] "i"(&edge_counts[button])); \
  }
BUTTON_EDGES(NOTE_EDGE)
