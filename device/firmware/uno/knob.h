/* The knob at A0: one conversion at each call (axis.h). */
#ifndef PADDLEWIRE_KNOB_H
#define PADDLEWIRE_KNOB_H

#include <stdbool.h>
#include <stdint.h>

#include "axis.h"

/* Prepares the converter. `mode` is the configuration byte, one of enum axis_mode; `kept` the range from before. */
void knob_init(uint8_t mode, struct axis_range kept);

/* Returns whether there is a knob: then it is to be looked at every millisecond, else every four. */
bool knob_present(void);

/*
 * Takes the last conversion and begins the next, which takes 0.1 ms.
 *
 * Returns whether the knob moved; `position` is then set, 0 to CONTRACT_MAX_AXIS.
 */
bool knob_tick(uint16_t *position);

/* Returns whether the learnt `range` should be kept now; says so once. */
bool knob_to_keep(struct axis_range *range);

#endif
