/* Runs all C tests of the firmware. Its argument is the file of test vectors. */
#include <stdio.h>

#include "harness.h"

int main(int count, char **arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: core-tests vectors.tsv\n");
    return 2;
  }
  print_contract();
  suite_vectors(arguments[1]);
  suite_axis();
  suite_bar();
  suite_cbor();
  suite_debounce();
  suite_frame();
  suite_health();
  suite_light();
  suite_line_rate();
  suite_messages();
  suite_paddle_hub();
  suite_paddle_seat();
  suite_paddle_effects();
  suite_records();
  suite_ring();
  suite_tone();
  return failed_cases() == 0 ? 0 : 1;
}
