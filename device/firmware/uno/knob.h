/* The knob at A0: one conversion at each call, of which four make a position (axis.h). */
#ifndef PADDLEWIRE_KNOB_H
#define PADDLEWIRE_KNOB_H

#include <stdbool.h>
#include <stdint.h>

/* Prepares the converter. `mode` is the configuration byte, one of enum axis_mode. */
void knob_init(uint8_t mode);

/*
 * Takes the last conversion and begins the next. Called at even intervals of 0.2 ms at least; every 4 ms makes up to 63
 * positions a second.
 *
 * Returns whether the knob moved; `position` is then set, 0 to CONTRACT_MAX_AXIS.
 */
bool knob_tick(uint16_t *position);

#endif
