/* A harness for the C tests: it prints a line per case, which core.test.ts shows as a test of its own. */
#ifndef HARNESS_H
#define HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Runs one case and prints `ok`, or `failed` and where, with the suite's and the case's name, separated by tabs. */
void run_case(const char *suite, const char *name, void (*run)(const void *context), const void *context);

/* The first check that fails ends up in the case's line; the case goes on. */
void check(bool holds, const char *file, int line, const char *text);
void check_equal(long long actual, long long expected, const char *file, int line, const char *text);
void check_bytes(const void *actual, size_t actual_size, const void *expected, size_t expected_size, const char *file,
                 int line, const char *text);

#define CHECK(condition) check(condition, __FILE__, __LINE__, #condition)
#define CHECK_EQUAL(actual, expected) \
  check_equal((long long)(actual), (long long)(expected), __FILE__, __LINE__, #actual " == " #expected)
#define CHECK_BYTES(actual, actual_size, expected, expected_size) \
  check_bytes(actual, actual_size, expected, expected_size, __FILE__, __LINE__, #actual)

/* How many cases failed so far. */
int failed_cases(void);

/* Random numbers, the same for the same seed (xorshift, Marsaglia 2003). `state` is not 0. */
uint32_t random_next(uint32_t *state);

/* A number from 0 to `bound` - 1. */
uint32_t random_below(uint32_t *state, uint32_t bound);

/* Every suite runs its cases. */
void suite_vectors(const char *path);
void suite_axis(void);
void suite_bar(void);
void suite_cbor(void);
void suite_debounce(void);
void suite_frame(void);
void suite_health(void);
void suite_light(void);
void suite_line_rate(void);
void suite_messages(void);
void suite_paddle_effects(void);
void suite_paddle_hub(void);
void suite_paddle_seat(void);
void suite_records(void);
void suite_ring(void);
void suite_tone(void);

/* Prints the contract as the firmware has it, a line each: `contract`, name, type, largest size. */
void print_contract(void);

#endif
