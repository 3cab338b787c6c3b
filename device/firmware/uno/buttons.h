/*
 * The two buttons. A press is taken in the pin change interrupt: stamped, debounced and queued within microseconds of
 * its edge. The main program looks too, for what happened while a button was deaf. How long a contact
 * bounced is measured to 4 µs.
 */
#ifndef PADDLEWIRE_BUTTONS_H
#define PADDLEWIRE_BUTTONS_H

#include <stdbool.h>
#include <stdint.h>

struct button_event {
  uint32_t time_us; /* of the first edge */
  uint8_t held;     /* buttons held from then on: bits BUTTON_UP and BUTTON_DOWN */
};

/* Arms the pin change interrupt. The pull-ups are on already, and interrupts still off. */
void buttons_init(void);

/* Looks at the contacts if that can be of use. Called at every tick, with interrupts on. */
void buttons_tick(void);

/* Returns whether an event waits. */
bool buttons_waiting(void);

/* Writes the longest bounce of each button, in µs, to the DEBOUNCE_BUTTONS numbers of `bounce_us`. */
void buttons_bounce(uint16_t *bounce_us);

/* Begins anew with the longest bounce. */
void buttons_forget_bounce(void);

/* Takes the oldest event. Precondition: buttons_waiting(). */
struct button_event buttons_take(void);

/* Begins to note the bounce of what was taken: to be called when its report is on its way, so as not to hold it up. */
void buttons_watch(void);

#endif
