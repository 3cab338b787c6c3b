/* The one light of a paddle: a pattern for its state, and over it what the hub wants to be seen (docs/serial.md). */
#ifndef PADDLEWIRE_LIGHT_H
#define PADDLEWIRE_LIGHT_H

#include <stdbool.h>
#include <stdint.h>

enum light_pattern {
  LIGHT_OFF,
  LIGHT_STEADY,
  LIGHT_SLOW_BLINK,   /* half a second on, half a second off: looks for a hub */
  LIGHT_DOUBLE_BLINK, /* two short ones every second: has a hub, waits for a seat */
  LIGHT_FLASH,        /* 4 times a second */
  LIGHT_FLICKER,      /* 8 times a second: identify */
  LIGHT_TRIPLE_FLASH, /* three every second: won */
  LIGHT_COUNT,        /* a short dark moment four times a second: a blink for each point */
  LIGHT_PATTERNS      /* how many of these there are */
};

enum { LIGHT_MAX_COUNT = 10, LIGHT_COUNT_MS = 256 /* a blink */ };

/* All zero is off. */
struct light {
  uint8_t base;     /* of enum light_pattern: what the paddle's state shows */
  uint8_t shown;    /* what shows now */
  uint16_t age_ms;  /* how long, modulo 2^16: patterns begin lit, and a blink dark */
  uint16_t left_ms; /* until the base shows again; 0: the base shows, or what is over it has no end */
  uint8_t counts;   /* blinks to show when the base shows again */
};

/* Sets the pattern of the paddle's state, and ends what was shown over it, but for a flicker without end. */
void light_set_base(struct light *light, enum light_pattern pattern);

/*
 * Shows a pattern over the base; the newest wins.
 *
 * ms   how long; 0: until another is shown or the base is set
 */
void light_show(struct light *light, enum light_pattern pattern, uint16_t ms);

/* Ends a flicker: the board was found. */
void light_found(struct light *light);

/* Blinks `count` times, up to LIGHT_MAX_COUNT, over the base; what the hub wants to be seen goes before it. */
void light_count(struct light *light, uint16_t count);

/* Lets time pass. */
void light_tick(struct light *light, uint16_t elapsed_ms);

/* Returns whether the light is lit now. */
bool light_is_lit(const struct light *light);

#endif
