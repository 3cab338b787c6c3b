/*
 * What outlives a reset, in EEPROM. A byte takes 3.4 ms to write (datasheet, 7.6.3), so writing goes on beside
 * everything else, a byte at a time from the tick; nothing ever waits for it. docs/firmware.md has the map.
 */
#ifndef PADDLEWIRE_STORAGE_H
#define PADDLEWIRE_STORAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "axis.h"

/* Reads the configuration byte; 0xff if it was never set. */
uint8_t storage_config(void);

/* Reads the id kept, if any, into the CONTRACT_MAX_ID_BYTES bytes of `id`. Returns its size, 0 for none. */
uint8_t storage_id(char *id);

/* Reads the knob's range; the first one if none was kept. */
struct axis_range storage_range(void);

/* Counts this start. Returns how often the board has started, this time included; begins to write that. */
uint32_t storage_count_start(void);

/* Begins to write the id. Precondition: storage_idle(). */
void storage_keep_id(const char *id, uint8_t size);

/* Begins to write the knob's range. Precondition: storage_idle(). */
void storage_keep_range(struct axis_range range);

/* Writes on. Called every few milliseconds. */
void storage_tick(void);

/* Returns whether all is written. */
bool storage_idle(void);

#endif
