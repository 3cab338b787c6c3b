/*
 * The indices of a ring buffer between one writer and one reader, of which either may be an interrupt. The slots are
 * an array of the caller, of any type; their number is a power of two up to 128. Each index is one byte and has one
 * owner, so no interrupt need be held off: an 8-bit chip reads and writes a byte in one go.
 */
#ifndef PADDLEWIRE_RING_H
#define PADDLEWIRE_RING_H

#include <assert.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Free-running counts modulo 256. All zero is an empty ring. */
struct ring {
  volatile uint8_t written; /* owned by the writer */
  volatile uint8_t read;    /* owned by the reader */
};

/* Refuses to compile for a number of slots that the indices cannot serve. */
#define RING_SLOTS_CHECK(slots) \
  static_assert((slots) > 0 && (slots) <= 128 && ((slots) & ((slots)-1)) == 0, "a power of two up to 128")

/* Returns how many slots wait to be read. */
static inline uint8_t ring_waiting(const struct ring *ring) { return (uint8_t)(ring->written - ring->read); }

/* Returns how many of `slots` can be written now. */
static inline uint8_t ring_room(const struct ring *ring, uint8_t slots) {
  return (uint8_t)(slots - ring_waiting(ring));
}

/* Returns the slot to write next. Precondition for its use: ring_room is not 0. */
static inline uint8_t ring_write_slot(const struct ring *ring, uint8_t slots) {
  return (uint8_t)(ring->written & (slots - 1));
}

/* Hands the slot to the reader. The fence keeps the compiler from moving the slot's content behind it. */
static inline void ring_wrote(struct ring *ring) {
  atomic_signal_fence(memory_order_release);
  ring->written = (uint8_t)(ring->written + 1);
}

/* Returns the slot to read next. Precondition for its use: ring_waiting is not 0. */
static inline uint8_t ring_read_slot(const struct ring *ring, uint8_t slots) {
  atomic_signal_fence(memory_order_acquire);
  return (uint8_t)(ring->read & (slots - 1));
}

/* Gives `count` slots, which waited to be read, back to the writer. */
static inline void ring_have_read(struct ring *ring, uint8_t count) {
  atomic_signal_fence(memory_order_release);
  ring->read = (uint8_t)(ring->read + count);
}

/* Gives the slot back to the writer. */
static inline void ring_has_read(struct ring *ring) {
  atomic_signal_fence(memory_order_release);
  ring->read = (uint8_t)(ring->read + 1);
}

#endif
