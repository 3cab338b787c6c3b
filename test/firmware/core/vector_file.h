/* Reads test/conformance/vectors.tsv, the one file of vectors for TypeScript and C. */
#ifndef VECTOR_FILE_H
#define VECTOR_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vector {
  char kind[16];
  char name[120];
  char expected[1200]; /* JSON of the message, or the code or counter that is expected */
  uint8_t payload[1200];
  size_t payload_size;
  uint8_t line[1200];
  size_t line_size;
};

/* Calls `each` for every vector of the file. Returns how many there were, -1 if the file cannot be read. */
int for_each_vector(const char *path, void (*each)(const struct vector *vector));

/* A text of flat JSON by its key. Returns false if there is none; `text` is then empty. */
bool json_text(const char *json, const char *key, char *text, size_t capacity);

/* A number of flat JSON by its key; `missing` if there is none, or null. */
long long json_number(const char *json, const char *key, long long missing);

#endif
