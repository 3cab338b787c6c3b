#include "records.h"

#include "crc16.h"

static uint16_t crc_of(const uint8_t *bytes, uint8_t size) {
  uint16_t crc = CRC16_START;
  for (uint8_t at = 0; at < size; at++) crc = crc16_add(crc, bytes[at]);
  return crc;
}

/* Puts the CRC of the first `size` bytes behind them: the CRC over all of it is then 0. */
static void seal(uint8_t *bytes, uint8_t size) {
  const uint16_t crc = crc_of(bytes, size);
  bytes[size] = (uint8_t)crc;
  bytes[size + 1] = (uint8_t)(crc >> 8);
}

uint32_t restart_slot_read(const uint8_t *slot) {
  if (crc_of(slot, RESTART_SLOT_BYTES) != 0) return 0;
  uint32_t restarts = 0;
  for (uint8_t at = 4; at-- > 0;) restarts = (restarts << 8) | slot[at];
  return restarts;
}

void restart_slot_write(uint8_t *slot, uint32_t restarts) {
  for (uint8_t at = 0; at < 4; at++) {
    slot[at] = (uint8_t)restarts;
    restarts >>= 8;
  }
  seal(slot, 4);
}

uint8_t restart_slot_of(uint32_t restarts) { return (uint8_t)(restarts % RESTART_SLOTS); }

uint8_t id_record_read(const uint8_t *record, char *id) {
  const uint8_t size = record[0];
  if (size > CONTRACT_MAX_ID_BYTES || crc_of(record, ID_RECORD_BYTES) != 0) return 0;
  for (uint8_t at = 0; at < size; at++) id[at] = (char)record[1 + at];
  return size;
}

void id_record_write(uint8_t *record, const char *id, uint8_t size) {
  record[0] = size;
  for (uint8_t at = 0; at < CONTRACT_MAX_ID_BYTES; at++) record[1 + at] = at < size ? (uint8_t)id[at] : 0xff;
  seal(record, 1 + CONTRACT_MAX_ID_BYTES);
}

static uint16_t read_word(const uint8_t *bytes) { return (uint16_t)(bytes[0] | (uint16_t)bytes[1] << 8); }

struct axis_range range_record_read(const uint8_t *record) {
  const struct axis_range range = {.low = read_word(record), .high = read_word(record + 2)};
  if (crc_of(record, RANGE_RECORD_BYTES) == 0 && axis_range_valid(range)) return range;
  return (struct axis_range){.low = AXIS_FIRST_LOW, .high = AXIS_FIRST_HIGH};
}

void range_record_write(uint8_t *record, struct axis_range range) {
  record[0] = (uint8_t)range.low;
  record[1] = (uint8_t)(range.low >> 8);
  record[2] = (uint8_t)range.high;
  record[3] = (uint8_t)(range.high >> 8);
  seal(record, RANGE_RECORD_BYTES - 2);
}
