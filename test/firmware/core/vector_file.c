#include "vector_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t from_hex(const char *hex, uint8_t *bytes, size_t capacity) {
  size_t size = 0;
  unsigned byte;
  while (size < capacity && sscanf(hex + 2 * size, "%2x", &byte) == 1) bytes[size++] = (uint8_t)byte;
  return size;
}

/* The next field of a row of tab-separated ones; empty when there are no more. */
static const char *next_field(char **row) {
  char *field = *row;
  *row += strcspn(field, "\t\n");
  if (**row != '\0') *(*row)++ = '\0';
  return field;
}

static void copy(char *to, size_t capacity, const char *from) { snprintf(to, capacity, "%s", from); }

int for_each_vector(const char *path, void (*each)(const struct vector *vector)) {
  static char row[8192];
  static struct vector vector;
  FILE *file = fopen(path, "r");
  if (file == NULL) return -1;
  int count = 0;
  while (fgets(row, sizeof row, file) != NULL) {
    if (row[0] == '#' || row[0] == '\n') continue;
    char *rest = row;
    copy(vector.kind, sizeof vector.kind, next_field(&rest));
    copy(vector.name, sizeof vector.name, next_field(&rest));
    copy(vector.expected, sizeof vector.expected, next_field(&rest));
    vector.payload_size = from_hex(next_field(&rest), vector.payload, sizeof vector.payload);
    vector.line_size = from_hex(next_field(&rest), vector.line, sizeof vector.line);
    each(&vector);
    count++;
  }
  fclose(file);
  return count;
}

static const char *value_of(const char *json, const char *key) {
  char quoted[40];
  snprintf(quoted, sizeof quoted, "\"%s\":", key);
  const char *at = strstr(json, quoted);
  return at == NULL ? NULL : at + strlen(quoted);
}

bool json_text(const char *json, const char *key, char *text, size_t capacity) {
  const char *value = value_of(json, key);
  text[0] = '\0';
  if (value == NULL || *value != '"') return false;
  const size_t size = strcspn(value + 1, "\"");
  snprintf(text, capacity, "%.*s", (int)size, value + 1);
  return true;
}

long long json_number(const char *json, const char *key, long long missing) {
  const char *value = value_of(json, key);
  if (value == NULL || *value < '0' || *value > '9') return missing;
  return strtoll(value, NULL, 10);
}
