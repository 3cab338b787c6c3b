/* The vectors that TypeScript is held to as well: messages, short inputs, refused payloads, frames, lost frames. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frame.h"
#include "harness.h"
#include "health.h"
#include "messages_down.h"
#include "messages_up.h"
#include "paddle.h"
#include "vector_file.h"

/* What a paddle keeps of a frame is the board's choice; here everything is kept. */
enum { CAPACITY = CONTRACT_MAX_MESSAGE_BYTES + FRAME_CRC_BYTES };

static struct frame_receiver receiver;
static uint8_t buffer[CAPACITY];

/* Receives a line into a fresh receiver; how many frames it took. */
static int receive_line(const struct vector *vector) {
  int taken = 0;
  frame_receiver_init(&receiver, buffer, sizeof buffer);
  for (size_t at = 0; at < vector->line_size; at++) {
    if (frame_receiver_put(&receiver, vector->line[at]) == FRAME_TAKEN) taken++;
  }
  return taken;
}

static void check_frame_both_ways(const struct vector *vector) {
  uint8_t frame[FRAME_BYTES(1200)];
  const size_t size = frame_encode(frame, vector->payload, vector->payload_size);
  CHECK_BYTES(frame, size, vector->line, vector->line_size);
  if (vector->payload_size <= FRAME_IN_PLACE_BYTES) {
    memcpy(frame + 1, vector->payload, vector->payload_size);
    CHECK_EQUAL(frame_encode(frame, frame + 1, vector->payload_size), vector->line_size);
    CHECK_BYTES(frame, vector->line_size, vector->line, vector->line_size);
  }
  CHECK_EQUAL(receive_line(vector), 1);
  CHECK_BYTES(buffer, receiver.payload_size, vector->payload, vector->payload_size);
  CHECK_EQUAL(receiver.kept, vector->payload_size);
  CHECK_EQUAL(receiver.counters[FRAME_WHOLE], 1);
}

static void check_hello(const struct vector *vector) {
  const char *const json = vector->expected;
  char text[80];
  char firmware[80];
  /* A paddle has no name, and is a board. */
  json_text(json, "kind", text, sizeof text);
  if (strcmp(text, "board") != 0) return;
  struct identity identity = {.firmware = firmware, .restarts = (uint32_t)json_number(json, "restarts", -1),
                              .max_baud = (uint32_t)json_number(json, "maxBaud", -1)};
  json_text(json, "firmware", firmware, sizeof firmware);
  identity.firmware_size = (uint8_t)strlen(firmware);
  json_text(json, "id", text, sizeof text);
  identity.id_size = (uint8_t)strlen(text);
  memcpy(identity.id, text, identity.id_size);
  uint8_t out[HELLO_BYTES];
  const uint8_t size = message_hello(out, &identity, (uint32_t)json_number(json, "lastSeq", -1));
  CHECK_BYTES(out, size, vector->payload, vector->payload_size);
}

static void check_join(const struct vector *vector) {
  char text[80];
  json_text(vector->expected, "side", text, sizeof text);
  if (text[0] != '\0') return;
  uint8_t out[JOIN_BYTES];
  CHECK_BYTES(out, message_join(out), vector->payload, vector->payload_size);
}

static void check_pong(const struct vector *vector) {
  uint8_t out[PONG_BYTES];
  const uint8_t size = message_pong(out, (uint32_t)json_number(vector->expected, "token", -1),
                                    (uint32_t)json_number(vector->expected, "time", -1),
                                    (uint16_t)json_number(vector->expected, "lost", -1));
  CHECK_BYTES(out, size, vector->payload, vector->payload_size);
}

/* The numbers of a flat list of JSON, by its key. Returns how many there are, at most `capacity`. */
static size_t json_numbers(const char *json, const char *key, uint16_t *numbers, size_t capacity) {
  const char *at = strstr(json, key);
  size_t count = 0;
  if (at == NULL) return 0;
  at += strlen(key) + 1;
  while (count < capacity && (*at == ':' || *at == '[' || *at == ',')) {
    if (*at == ':') at++;
    char *end;
    numbers[count++] = (uint16_t)strtoul(at + 1, &end, 10);
    at = end;
  }
  return count;
}

static void check_report(const struct vector *vector) {
  struct health health = {.stuck = (uint8_t)json_number(vector->expected, "stuck", -1)};
  CHECK_EQUAL(json_numbers(vector->expected, "\"bounce", health.bounce_us, HEALTH_BUTTONS), HEALTH_BUTTONS);
  CHECK_EQUAL(json_numbers(vector->expected, "\"lost", health.lost, LOST_WAYS), LOST_WAYS);
  uint8_t out[REPORT_BYTES];
  CHECK_BYTES(out, message_report(out, &health), vector->payload, vector->payload_size);
}

static void check_text(const struct message *message, const char *json, const char *key) {
  char text[80];
  CHECK(json_text(json, key, text, sizeof text));
  CHECK_BYTES(message->text, message->text_size, text, strlen(text));
}

/* The index of a word of JSON in the order of the contract. */
static long long index_of(const char *json, const char *key, const char *const *words) {
  char text[80];
  json_text(json, key, text, sizeof text);
  for (long long at = 0; words[at] != NULL; at++) {
    if (strcmp(words[at], text) == 0) return at;
  }
  return -1;
}

static void check_down(const struct vector *vector) {
  static const char *const effects[] = {"light", "tone", "identify", NULL};
  static const char *const results[] = {"win", "loss", "draw", "void", NULL};
  const char *const json = vector->expected;
  const uint16_t size = (uint16_t)vector->payload_size;
  struct message message;
  CHECK_EQUAL(message_read(&message, vector->payload, size, size), MESSAGE_TAKEN);
  if (message.type == MESSAGE_WELCOME) check_text(&message, json, "id");
  if (message.type == MESSAGE_SEAT) check_text(&message, json, "side");
  if (message.type == MESSAGE_ERROR) check_text(&message, json, "code");
  if (message.type == MESSAGE_PING) CHECK_EQUAL(message.wide, json_number(json, "token", -1));
  if (message.type == MESSAGE_BAUD) CHECK_EQUAL(message.wide, json_number(json, "baud", -1));
  if (message.type == MESSAGE_SCORE) CHECK_EQUAL(message.number[0], json_number(json, "points", -1));
  if (message.type == MESSAGE_END) CHECK_EQUAL(message.number[0], index_of(json, "result", results));
  if (message.type == MESSAGE_EFFECT) {
    CHECK_EQUAL(message.number[0], index_of(json, "effect", effects));
    CHECK_EQUAL(message.number[1], json_number(json, "value", -1));
    CHECK_EQUAL(message.number[2], json_number(json, "ms", -1));
  }
}

static void run_message(const void *context) {
  const struct vector *const vector = context;
  struct message message;
  const uint16_t size = (uint16_t)vector->payload_size;
  check_frame_both_ways(vector);
  switch (vector->payload[1]) {
    case MESSAGE_HELLO:
      check_hello(vector);
      break;
    case MESSAGE_JOIN:
      check_join(vector);
      break;
    case MESSAGE_PONG:
      check_pong(vector);
      break;
    case MESSAGE_REPORT:
      check_report(vector);
      break;
    default:
      if (vector->payload[1] >= CONTRACT_FIRST_DOWN) check_down(vector);
      else CHECK_EQUAL(message_read(&message, vector->payload, size, size), MESSAGE_UNKNOWN);
  }
}

static void run_short(const void *context) {
  const struct vector *const vector = context;
  const uint32_t seq = (uint32_t)json_number(vector->expected, "seq", -1);
  const uint8_t buttons = (uint8_t)json_number(vector->expected, "buttons", -1);
  const long long axis = json_number(vector->expected, "axis", -1);
  const long long time = json_number(vector->expected, "time", -1);
  uint8_t out[SHORT_INPUT_BYTES];
  check_frame_both_ways(vector);
  CHECK(vector->line_size <= 8);
  /* The numbers travel modulo their wraps, so larger ones give the same bytes. */
  for (uint32_t more = 0; more < 3; more++) {
    const uint8_t size =
        axis >= 0 ? message_short_axis(out, seq + 128 * more, buttons, (uint16_t)axis)
                  : message_short_buttons(out, seq + 128 * more, buttons, (uint32_t)time + 524288u * more + 127);
    CHECK_BYTES(out, size, vector->payload, vector->payload_size);
  }
}

static void run_refused(const void *context) {
  const struct vector *const vector = context;
  /* Memory of exactly this size, so that the sanitizer sees a byte read too far. */
  uint8_t *const payload = malloc(vector->payload_size);
  const uint16_t size = (uint16_t)vector->payload_size;
  memcpy(payload, vector->payload, vector->payload_size);
  CHECK_EQUAL(receive_line(vector), 1);
  struct message message;
  const enum message_result result = message_read(&message, payload, size, size);
  CHECK(result != MESSAGE_TAKEN);
  struct identity identity = {.firmware = "test"};
  struct health health = {0};
  struct paddle paddle;
  paddle_start(&paddle, &identity, &health);
  paddle_receive(&paddle, payload, size, size, 0);
  CHECK_EQUAL(paddle.effects.size, 0);
  CHECK_EQUAL(paddle.counters[result], 1);
  CHECK_EQUAL(paddle.counters[MESSAGE_TAKEN], 0);
  free(payload);
}

static void run_frame(const void *context) { check_frame_both_ways(context); }

static void run_lost(const void *context) {
  static const char *const names[FRAME_FATES] = {[FRAME_WHOLE] = "frames",
                                                 [FRAME_TOO_LONG] = "tooLong",
                                                 [FRAME_TOO_SHORT] = "tooShort",
                                                 [FRAME_BAD_STUFFING] = "badStuffing",
                                                 [FRAME_BAD_CRC] = "badCrc"};
  const struct vector *const vector = context;
  CHECK_EQUAL(receive_line(vector), 0);
  for (int fate = 0; fate < FRAME_FATES; fate++) {
    CHECK_EQUAL(receiver.counters[fate], strcmp(names[fate], vector->expected) == 0 ? 1 : 0);
  }
}

static void run_vector(const struct vector *vector) {
  static const struct {
    const char *kind;
    void (*run)(const void *context);
  } kinds[] = {{"message", run_message}, {"short", run_short}, {"refused", run_refused},
               {"frame", run_frame},     {"lost", run_lost}};
  char suite[40];
  snprintf(suite, sizeof suite, "vectors: %s", vector->kind);
  for (size_t at = 0; at < sizeof kinds / sizeof kinds[0]; at++) {
    if (strcmp(vector->kind, kinds[at].kind) == 0) {
      run_case(suite, vector->name, kinds[at].run, vector);
      return;
    }
  }
}

static void run_count(const void *context) { CHECK(*(const int *)context > 50); }

void suite_vectors(const char *path) {
  const int count = for_each_vector(path, run_vector);
  run_case("vectors", "the file was read", run_count, &count);
}
