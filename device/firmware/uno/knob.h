/* The knob at A0: one conversion every 4 ms, of which four make a position (axis.h). */
#ifndef PADDLEWIRE_KNOB_H
#define PADDLEWIRE_KNOB_H

#include <stdbool.h>
#include <stdint.h>

/* Prepares the converter. `mode` is the configuration byte, one of enum axis_mode. */
void knob_init(uint8_t mode);

/*
 * Called once every tick of 1 ms.
 *
 * Returns whether the knob moved; `position` is then set, 0 to CONTRACT_MAX_AXIS.
 */
bool knob_tick(uint16_t *position);

#endif
