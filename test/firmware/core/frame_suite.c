/* The frame receiver against everything a line can bring, and frames of every length. */
#include <string.h>

#include "crc16.h"
#include "frame.h"
#include "harness.h"

enum { CAPACITY = CONTRACT_MAX_MESSAGE_BYTES + FRAME_CRC_BYTES };

static const uint8_t ping[] = {0x82, 0x12, 0x1a, 0x12, 0x34, 0x56, 0x78};

static struct frame_receiver receiver;
static uint8_t buffer[CAPACITY];

static enum frame_result put_all(const uint8_t *bytes, size_t size) {
  enum frame_result result = FRAME_NONE;
  for (size_t at = 0; at < size; at++) result = frame_receiver_put(&receiver, bytes[at]);
  return result;
}

static enum frame_result put_frame(const uint8_t *payload, size_t size) {
  uint8_t frame[FRAME_BYTES(CAPACITY + 10)];
  return put_all(frame, frame_encode(frame, payload, size));
}

static void begin(void) { frame_receiver_init(&receiver, buffer, sizeof buffer); }

static void check_ping_arrives(void) {
  CHECK_EQUAL(put_frame(ping, sizeof ping), FRAME_TAKEN);
  CHECK_BYTES(buffer, receiver.payload_size, ping, sizeof ping);
}

static void million_bytes_of_garbage(const void *context) {
  uint32_t random = *(const uint32_t *)context;
  uint32_t lost = 0;
  uint32_t taken = 0;
  begin();
  for (int at = 0; at < 1000000; at++) {
    const enum frame_result result = frame_receiver_put(&receiver, (uint8_t)random_next(&random));
    if (result == FRAME_LOST) lost++;
    if (result == FRAME_TAKEN) taken++;
  }
  uint32_t counted = 0;
  for (int fate = FRAME_WHOLE + 1; fate < FRAME_FATES; fate++) counted += receiver.counters[fate];
  CHECK_EQUAL(counted, lost);
  CHECK(lost > 3000);
  CHECK(taken < 5); /* one frame in 65536 passes a CRC of 16 bits */
  (void)frame_receiver_put(&receiver, FRAME_DELIMITER);
  check_ping_arrives();
}

static void ten_thousand_bytes_without_delimiter(const void *context) {
  (void)context;
  begin();
  for (int at = 0; at < 10000; at++) CHECK_EQUAL(frame_receiver_put(&receiver, 0x55), FRAME_NONE);
  CHECK_EQUAL(frame_receiver_put(&receiver, FRAME_DELIMITER), FRAME_LOST);
  CHECK_EQUAL(receiver.counters[FRAME_TOO_LONG], 1);
  check_ping_arrives();
}

static void longest_and_one_more(const void *context) {
  (void)context;
  static uint8_t payload[CONTRACT_MAX_MESSAGE_BYTES + 1];
  memset(payload, 0x41, sizeof payload);
  begin();
  CHECK_EQUAL(put_frame(payload, CONTRACT_MAX_MESSAGE_BYTES), FRAME_TAKEN);
  CHECK_EQUAL(receiver.payload_size, CONTRACT_MAX_MESSAGE_BYTES);
  CHECK_EQUAL(put_frame(payload, CONTRACT_MAX_MESSAGE_BYTES + 1), FRAME_LOST);
  CHECK_EQUAL(receiver.counters[FRAME_TOO_LONG], 1);
  check_ping_arrives();
}

static void only_the_head_is_kept(const void *context) {
  (void)context;
  uint8_t payload[300];
  uint8_t head[44];
  for (size_t at = 0; at < sizeof payload; at++) payload[at] = (uint8_t)(at * 7);
  frame_receiver_init(&receiver, head, sizeof head);
  CHECK_EQUAL(put_frame(payload, sizeof payload), FRAME_TAKEN);
  CHECK_EQUAL(receiver.payload_size, 300);
  CHECK_EQUAL(receiver.kept, 44);
  CHECK_BYTES(head, sizeof head, payload, sizeof head);
  CHECK_EQUAL(put_frame(ping, sizeof ping), FRAME_TAKEN);
  CHECK_EQUAL(receiver.kept, sizeof ping);
  /* A bit that changes behind what is kept is still seen. */
  uint8_t frame[FRAME_BYTES(300)];
  const size_t size = frame_encode(frame, payload, sizeof payload);
  frame[200] ^= 0x40;
  CHECK_EQUAL(put_all(frame, size), FRAME_LOST);
}

static void a_buffer_of_one_byte(const void *context) {
  (void)context;
  uint8_t one[1];
  frame_receiver_init(&receiver, one, sizeof one);
  CHECK_EQUAL(put_frame(ping, sizeof ping), FRAME_TAKEN);
  CHECK_EQUAL(receiver.kept, 1);
  CHECK_EQUAL(receiver.payload_size, sizeof ping);
}

static void every_flipped_bit_is_seen(const void *context) {
  (void)context;
  uint8_t frame[FRAME_BYTES(sizeof ping)];
  const size_t size = frame_encode(frame, ping, sizeof ping);
  begin();
  for (size_t bit = 0; bit < 8 * size; bit++) {
    frame[bit / 8] ^= (uint8_t)(1 << bit % 8);
    for (size_t at = 0; at < size; at++) CHECK(frame_receiver_put(&receiver, frame[at]) != FRAME_TAKEN);
    (void)frame_receiver_put(&receiver, FRAME_DELIMITER);
    check_ping_arrives();
    frame[bit / 8] ^= (uint8_t)(1 << bit % 8);
  }
}

static void every_lost_byte_is_seen(const void *context) {
  (void)context;
  uint8_t frame[FRAME_BYTES(sizeof ping)];
  const size_t size = frame_encode(frame, ping, sizeof ping);
  begin();
  for (size_t missing = 0; missing + 1 < size; missing++) {
    for (size_t at = 0; at < size; at++) {
      if (at != missing) CHECK(frame_receiver_put(&receiver, frame[at]) != FRAME_TAKEN);
    }
    check_ping_arrives();
  }
}

static void every_length_both_ways(const void *context) {
  const uint8_t *const pattern = context;
  static uint8_t payload[600];
  begin();
  for (size_t size = 1; size <= sizeof payload; size++) {
    for (size_t at = 0; at < size; at++) payload[at] = *pattern == 2 ? (uint8_t)(at % 255) : *pattern;
    CHECK_EQUAL(put_frame(payload, size), FRAME_TAKEN);
    CHECK_BYTES(buffer, receiver.payload_size, payload, size);
  }
}

static void delimiters_are_no_loss(const void *context) {
  (void)context;
  begin();
  for (int at = 0; at < 100; at++) CHECK_EQUAL(frame_receiver_put(&receiver, FRAME_DELIMITER), FRAME_NONE);
  for (int fate = 0; fate < FRAME_FATES; fate++) CHECK_EQUAL(receiver.counters[fate], 0);
}

static void counters_do_not_wrap(const void *context) {
  (void)context;
  begin();
  for (long at = 0; at < 70000; at++) {
    (void)frame_receiver_put(&receiver, 1);
    (void)frame_receiver_put(&receiver, FRAME_DELIMITER);
  }
  CHECK_EQUAL(receiver.counters[FRAME_TOO_SHORT], 65535);
}

static void crc_of_the_catalogue(const void *context) {
  (void)context;
  /* CRC-16/MCRF4XX in the catalogue of parametrised CRC algorithms: the check value of "123456789". */
  uint16_t crc = CRC16_START;
  for (const char *at = "123456789"; *at != '\0'; at++) crc = crc16_add(crc, (uint8_t)*at);
  CHECK_EQUAL(crc, 0x6f91);
  crc = crc16_add(crc16_add(crc, 0x91), 0x6f);
  CHECK_EQUAL(crc, 0);
}

/* Random bytes, frames and pieces: many at once come to the same as one by one. */
static void pieces(const void *context) {
  (void)context;
  static uint8_t line[3000];
  static uint8_t one_kept[40];
  static uint8_t many_kept[40];
  struct frame_receiver one;
  struct frame_receiver many;
  uint32_t random = 77;
  frame_receiver_init(&one, one_kept, sizeof one_kept);
  frame_receiver_init(&many, many_kept, sizeof many_kept);
  for (int round = 0; round < 200; round++) {
    size_t size = 0;
    while (size < 1500) {
      uint8_t payload[300];
      const size_t bytes = 1 + random_below(&random, sizeof payload);
      for (size_t at = 0; at < bytes; at++) payload[at] = (uint8_t)random_below(&random, 256);
      size += frame_encode(line + size, payload, bytes);
      if (random_below(&random, 3) == 0) line[size - 1 - random_below(&random, (uint32_t)bytes)] ^= 1;
    }
    /* Now and then no delimiter for longer than any frame. */
    if (round % 10 == 0) memset(line, 1, 1200);
    for (size_t at = 0; at < size;) {
      const size_t most = 1 + random_below(&random, 40);
      uint8_t taken = (uint8_t)(most < size - at ? most : size - at);
      const enum frame_result result = frame_receiver_take(&many, line + at, &taken);
      CHECK(taken > 0);
      enum frame_result expected = FRAME_NONE;
      for (uint8_t left = taken; left > 0; left--, at++) {
        CHECK_EQUAL(expected, FRAME_NONE);
        expected = frame_receiver_put(&one, line[at]);
      }
      CHECK_EQUAL(result, expected);
      if (result != FRAME_TAKEN) continue;
      CHECK_EQUAL(many.payload_size, one.payload_size);
      CHECK_BYTES(many_kept, many.kept, one_kept, one.kept);
    }
  }
  CHECK(many.counters[FRAME_WHOLE] > 100);
  for (int fate = 0; fate < FRAME_FATES; fate++) CHECK_EQUAL(many.counters[fate], one.counters[fate]);
  CHECK(many.counters[FRAME_TOO_LONG] > 0);
}

void suite_frame(void) {
  static const uint32_t seeds[] = {1, 20261121};
  static const uint8_t zeros = 0;
  static const uint8_t ones = 1;
  static const uint8_t mixed = 2;
  run_case("frame", "a million bytes of garbage, then a good frame (seed 1)", million_bytes_of_garbage, &seeds[0]);
  run_case("frame", "a million bytes of garbage, then a good frame (seed 20261121)", million_bytes_of_garbage,
           &seeds[1]);
  run_case("frame", "10,000 bytes without a delimiter", ten_thousand_bytes_without_delimiter, NULL);
  run_case("frame", "the longest payload, and one byte more", longest_and_one_more, NULL);
  run_case("frame", "of a large payload the head is kept and all of it checked", only_the_head_is_kept, NULL);
  run_case("frame", "a buffer of one byte", a_buffer_of_one_byte, NULL);
  run_case("frame", "every flipped bit is seen, and the next frame arrives", every_flipped_bit_is_seen, NULL);
  run_case("frame", "every lost byte is seen, and the next frame arrives", every_lost_byte_is_seen, NULL);
  run_case("frame", "zeros of every length up to 600, both ways", every_length_both_ways, &zeros);
  run_case("frame", "ones of every length up to 600, both ways", every_length_both_ways, &ones);
  run_case("frame", "a zero in 255 bytes, every length up to 600, both ways", every_length_both_ways, &mixed);
  run_case("frame", "delimiters alone are no loss", delimiters_are_no_loss, NULL);
  run_case("frame", "counters stop at their largest", counters_do_not_wrap, NULL);
  run_case("frame", "the CRC is the catalogue's CRC-16/MCRF4XX", crc_of_the_catalogue, NULL);
  run_case("frame", "many bytes at once come to the same as one by one", pieces, NULL);
}
