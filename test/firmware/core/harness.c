#include "harness.h"

#include <stdio.h>
#include <string.h>

static char failure[512];
static int failures;

static void fail(const char *file, int line, const char *text) {
  if (failure[0] != '\0') return;
  const char *slash = strrchr(file, '/');
  snprintf(failure, sizeof failure, "%s:%d: %s", slash ? slash + 1 : file, line, text);
}

void check(bool holds, const char *file, int line, const char *text) {
  if (!holds) fail(file, line, text);
}

void check_equal(long long actual, long long expected, const char *file, int line, const char *text) {
  if (actual == expected) return;
  char both[400];
  snprintf(both, sizeof both, "%s, but they are %lld and %lld", text, actual, expected);
  fail(file, line, both);
}

static void put_hex(char *out, size_t capacity, const uint8_t *bytes, size_t size) {
  size_t at = 0;
  for (size_t index = 0; index < size && at + 3 < capacity; index++, at += 2) {
    snprintf(out + at, 3, "%02x", bytes[index]);
  }
  out[at] = '\0';
}

void check_bytes(const void *actual, size_t actual_size, const void *expected, size_t expected_size, const char *file,
                 int line, const char *text) {
  if (actual_size == expected_size && memcmp(actual, expected, actual_size) == 0) return;
  char is[120];
  char should[120];
  char both[400];
  put_hex(is, sizeof is, actual, actual_size);
  put_hex(should, sizeof should, expected, expected_size);
  snprintf(both, sizeof both, "%s is %s, not %s", text, is, should);
  fail(file, line, both);
}

void run_case(const char *suite, const char *name, void (*run)(const void *context), const void *context) {
  failure[0] = '\0';
  run(context);
  if (failure[0] != '\0') failures++;
  printf("%s\t%s\t%s\t%s\n", failure[0] == '\0' ? "ok" : "failed", suite, name, failure);
  fflush(stdout);
}

int failed_cases(void) { return failures; }

uint32_t random_next(uint32_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

uint32_t random_below(uint32_t *state, uint32_t bound) { return random_next(state) % bound; }
