#include "storage.h"

#include <avr/io.h>
#include <util/atomic.h>

#include "records.h"

/* Address 0 stays unused: on older AVRs a write that a brown-out upset went there. */
enum { CONFIG_AT = 1, ID_AT = 16, RESTARTS_AT = 64, RANGE_AT = 160 };

static uint8_t record[ID_RECORD_BYTES]; /* being written */
static uint16_t write_at;
static uint8_t next;
static uint8_t size;

static uint8_t read_byte(uint16_t address) {
  EEAR = address;
  EECR |= _BV(EERE);
  return EEDR;
}

static void read_record(uint16_t address, uint8_t bytes) {
  for (uint8_t at = 0; at < bytes; at++) record[at] = read_byte(address + at);
}

static void begin_write(uint16_t address, uint8_t bytes) {
  write_at = address;
  next = 0;
  size = bytes;
}

static uint16_t slot_address(uint8_t slot) { return (uint16_t)(RESTARTS_AT + slot * RESTART_SLOT_BYTES); }

uint8_t storage_config(void) { return read_byte(CONFIG_AT); }

uint8_t storage_id(char *id) {
  read_record(ID_AT, ID_RECORD_BYTES);
  return id_record_read(record, id);
}

struct axis_range storage_range(void) {
  read_record(RANGE_AT, RANGE_RECORD_BYTES);
  return range_record_read(record);
}

uint32_t storage_count_start(void) {
  uint32_t restarts = 0;
  for (uint8_t slot = 0; slot < RESTART_SLOTS; slot++) {
    read_record(slot_address(slot), RESTART_SLOT_BYTES);
    const uint32_t found = restart_slot_read(record);
    if (found > restarts) restarts = found;
  }
  restarts++;
  restart_slot_write(record, restarts);
  begin_write(slot_address(restart_slot_of(restarts)), RESTART_SLOT_BYTES);
  return restarts;
}

void storage_keep_id(const char *id, uint8_t id_size) {
  id_record_write(record, id, id_size);
  begin_write(ID_AT, ID_RECORD_BYTES);
}

void storage_keep_range(struct axis_range range) {
  range_record_write(record, range);
  begin_write(RANGE_AT, RANGE_RECORD_BYTES);
}

void storage_tick(void) {
  if ((EECR & _BV(EEPE)) != 0) return;
  /* Cells that are right already are spared. */
  while (next != size && read_byte(write_at + next) == record[next]) next++;
  if (next == size) return;
  EEAR = write_at + next;
  EEDR = record[next];
  next++;
  /* The second store must follow within four cycles of the first (datasheet, 7.6.3). */
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    EECR |= _BV(EEMPE);
    EECR |= _BV(EEPE);
  }
}

bool storage_idle(void) { return next == size && (EECR & _BV(EEPE)) == 0; }
