/*
 * What a paddle keeps in EEPROM, as bytes: how often it has started, its id, and its knob's range. Each record has a CRC, so that a
 * write cut short by a power cut is seen and the record before it counts (docs/firmware.md has the map).
 */
#ifndef PADDLEWIRE_RECORDS_H
#define PADDLEWIRE_RECORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "axis.h"
#include "contract.h"

/*
 * Starts are counted around a circle of slots, so that each cell is written once in RESTART_SLOTS starts: at 100,000
 * writes a cell (ATmega328P datasheet, features) that is 1.6 million starts.
 */
enum { RESTART_SLOTS = 16, RESTART_SLOT_BYTES = 6 };

/* An id's size, the id filled up with 0xff (which an erased cell is already), CRC. */
enum { ID_RECORD_BYTES = 1 + CONTRACT_MAX_ID_BYTES + 2 };

/*
 * Reads one slot.
 *
 * slot   RESTART_SLOT_BYTES bytes
 *
 * Returns the number of starts in it; 0 if there is none or its CRC is wrong.
 */
uint32_t restart_slot_read(const uint8_t *slot);

/* Writes `restarts` (1 or more) to the RESTART_SLOT_BYTES bytes of `slot`. */
void restart_slot_write(uint8_t *slot, uint32_t restarts);

/* Returns which slot holds `restarts`, 0 to RESTART_SLOTS - 1: never the one that holds the number before it. */
uint8_t restart_slot_of(uint32_t restarts);

/*
 * Reads an id.
 *
 * record   ID_RECORD_BYTES bytes
 * id       gets the id, CONTRACT_MAX_ID_BYTES bytes of room; not ended by a zero
 *
 * Returns its size in bytes; 0 if there is none or the CRC is wrong.
 */
uint8_t id_record_read(const uint8_t *record, char *id);

/* Writes the id of `size` bytes, 1 to CONTRACT_MAX_ID_BYTES, to the ID_RECORD_BYTES bytes of `record`. */
void id_record_write(uint8_t *record, const char *id, uint8_t size);

/* A knob's lowest and highest position, two bytes each, and CRC. */
enum { RANGE_RECORD_BYTES = 6 };

/* Returns the range in the RANGE_RECORD_BYTES bytes of `record`; the first one if there is none or it is broken. */
struct axis_range range_record_read(const uint8_t *record);

/* Writes a range to the RANGE_RECORD_BYTES bytes of `record`. */
void range_record_write(uint8_t *record, struct axis_range range);

#endif
