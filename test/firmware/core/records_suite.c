/* What is kept in EEPROM, and power cuts at every byte of a write. */
#include <string.h>

#include "harness.h"
#include "records.h"

static uint8_t memory[RESTART_SLOTS * RESTART_SLOT_BYTES];

static uint32_t newest(void) {
  uint32_t restarts = 0;
  for (uint8_t slot = 0; slot < RESTART_SLOTS; slot++) {
    const uint32_t found = restart_slot_read(memory + slot * RESTART_SLOT_BYTES);
    if (found > restarts) restarts = found;
  }
  return restarts;
}

/* Writes as many bytes of the next start's record as the power lasts; the byte that is cut gets anything. */
static void start_and_cut(uint32_t restarts, uint8_t bytes, uint8_t anything) {
  uint8_t record[RESTART_SLOT_BYTES];
  uint8_t *const slot = memory + restart_slot_of(restarts) * RESTART_SLOT_BYTES;
  restart_slot_write(record, restarts);
  memcpy(slot, record, bytes);
  if (bytes < RESTART_SLOT_BYTES) slot[bytes] = anything;
}

static void new_board(const void *context) {
  (void)context;
  uint8_t id[ID_RECORD_BYTES];
  char text[CONTRACT_MAX_ID_BYTES];
  for (int erased = 0; erased < 2; erased++) {
    memset(memory, erased ? 0xff : 0, sizeof memory);
    memset(id, erased ? 0xff : 0, sizeof id);
    CHECK_EQUAL(newest(), 0);
    CHECK_EQUAL(id_record_read(id, text), 0);
  }
}

static void counts_up(const void *context) {
  (void)context;
  memset(memory, 0xff, sizeof memory);
  for (uint32_t restarts = 1; restarts < 1000; restarts++) {
    start_and_cut(restarts, RESTART_SLOT_BYTES, 0);
    CHECK_EQUAL(newest(), restarts);
  }
  start_and_cut(4294967295u, RESTART_SLOT_BYTES, 0);
  CHECK_EQUAL(newest(), 4294967295u);
}

static void power_cuts(const void *context) {
  (void)context;
  memset(memory, 0xff, sizeof memory);
  uint32_t random = 3;
  uint32_t told = 0; /* HELLO waits until the number is kept, so only whole writes are told */
  for (int start = 0; start < 20000; start++) {
    const uint32_t restarts = newest() + 1;
    const uint8_t bytes = (uint8_t)random_below(&random, RESTART_SLOT_BYTES + 1);
    start_and_cut(restarts, bytes, (uint8_t)random_next(&random));
    if (bytes < RESTART_SLOT_BYTES) {
      CHECK(newest() >= told);
      continue;
    }
    CHECK(restarts > told);
    told = restarts;
    CHECK_EQUAL(newest(), told);
  }
}

static void each_cell_once_in_sixteen(const void *context) {
  (void)context;
  for (uint32_t restarts = 1; restarts < 200; restarts++) {
    CHECK(restart_slot_of(restarts) < RESTART_SLOTS);
    for (uint32_t later = restarts + 1; later < restarts + RESTART_SLOTS; later++) {
      CHECK(restart_slot_of(later) != restart_slot_of(restarts));
    }
  }
}

static void id_is_kept(const void *context) {
  (void)context;
  static const char text[] = "abcdefghijklmnopqrstuvwxyz-01234";
  for (uint8_t size = 1; size <= CONTRACT_MAX_ID_BYTES; size++) {
    uint8_t record[ID_RECORD_BYTES];
    char id[CONTRACT_MAX_ID_BYTES];
    id_record_write(record, text, size);
    CHECK_BYTES(id, id_record_read(record, id), text, size);
    for (size_t bit = 0; bit < 8 * sizeof record; bit++) {
      record[bit / 8] ^= (uint8_t)(1 << bit % 8);
      CHECK_EQUAL(id_record_read(record, id), 0);
      record[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
  }
}

static void range_is_kept(const void *context) {
  (void)context;
  uint8_t record[RANGE_RECORD_BYTES];
  const struct axis_range first = {AXIS_FIRST_LOW, AXIS_FIRST_HIGH};
  const struct axis_range learnt = {12, 4000};
  range_record_write(record, learnt);
  CHECK_EQUAL(range_record_read(record).low, 12);
  CHECK_EQUAL(range_record_read(record).high, 4000);
  for (size_t bit = 0; bit < 8 * sizeof record; bit++) {
    record[bit / 8] ^= (uint8_t)(1 << bit % 8);
    CHECK_EQUAL(range_record_read(record).low, first.low);
    CHECK_EQUAL(range_record_read(record).high, first.high);
    record[bit / 8] ^= (uint8_t)(1 << bit % 8);
  }
  for (int erased = 0; erased < 2; erased++) {
    memset(record, erased ? 0xff : 0, sizeof record);
    CHECK_EQUAL(range_record_read(record).low, first.low);
  }
  /* Whole, and yet no range: narrower than the first, or wider than can be. */
  range_record_write(record, (struct axis_range){AXIS_FIRST_LOW + 1, AXIS_FIRST_HIGH});
  CHECK_EQUAL(range_record_read(record).low, first.low);
  range_record_write(record, (struct axis_range){0, AXIS_RAW_MAX + 1});
  CHECK_EQUAL(range_record_read(record).high, first.high);
}

void suite_records(void) {
  run_case("records", "a new board has no id and never started", new_board, NULL);
  run_case("records", "starts count up", counts_up, NULL);
  run_case("records", "20000 starts, most cut by the power: no number is told twice", power_cuts, NULL);
  run_case("records", "each cell is written once in 16 starts", each_cell_once_in_sixteen, NULL);
  run_case("records", "a knob's range, and every flipped bit is seen", range_is_kept, NULL);
  run_case("records", "ids of every size, and every flipped bit is seen", id_is_kept, NULL);
}
