/* Ring buffers: empty, full, over the wrap of their indices. */
#include "harness.h"
#include "ring.h"

RING_SLOTS_CHECK(1);
RING_SLOTS_CHECK(128);

static void empty_then_full(const void *context) {
  const uint8_t slots = *(const uint8_t *)context;
  struct ring ring = {0};
  CHECK_EQUAL(ring_waiting(&ring), 0);
  CHECK_EQUAL(ring_room(&ring, slots), slots);
  for (uint8_t at = 0; at < slots; at++) {
    CHECK_EQUAL(ring_write_slot(&ring, slots), at);
    ring_wrote(&ring);
  }
  CHECK_EQUAL(ring_room(&ring, slots), 0);
  CHECK_EQUAL(ring_waiting(&ring), slots);
  /* The slot that would be written next is the oldest: a writer that ignores a full ring is what ring_room is for. */
  CHECK_EQUAL(ring_write_slot(&ring, slots), ring_read_slot(&ring, slots));
  for (uint8_t at = 0; at < slots; at++) {
    CHECK_EQUAL(ring_read_slot(&ring, slots), at);
    ring_has_read(&ring);
  }
  CHECK_EQUAL(ring_waiting(&ring), 0);
}

static void first_in_first_out(const void *context) {
  const uint8_t slots = *(const uint8_t *)context;
  struct ring ring = {0};
  uint16_t stored[128];
  uint16_t written = 0;
  uint16_t read = 0;
  uint32_t random = 7;
  for (int step = 0; step < 100000; step++) {
    const uint8_t waiting = (uint8_t)(written - read);
    CHECK_EQUAL(ring_waiting(&ring), waiting);
    CHECK_EQUAL(ring_room(&ring, slots), slots - waiting);
    if (random_below(&random, 2) == 0 && ring_room(&ring, slots) > 0) {
      stored[ring_write_slot(&ring, slots)] = written++;
      ring_wrote(&ring);
    } else if (ring_waiting(&ring) > 0) {
      CHECK_EQUAL(stored[ring_read_slot(&ring, slots)], read++);
      ring_has_read(&ring);
    }
  }
  CHECK(written > 1000);
}

void suite_ring(void) {
  static const uint8_t one = 1;
  static const uint8_t eight = 8;
  static const uint8_t most = 128;
  run_case("ring", "one slot: empty, full, empty", empty_then_full, &one);
  run_case("ring", "8 slots: empty, full, empty", empty_then_full, &eight);
  run_case("ring", "128 slots: empty, full, empty", empty_then_full, &most);
  run_case("ring", "one slot: what goes in first comes out first", first_in_first_out, &one);
  run_case("ring", "8 slots: what goes in first comes out first", first_in_first_out, &eight);
  run_case("ring", "128 slots: what goes in first comes out first", first_in_first_out, &most);
}
