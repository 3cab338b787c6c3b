/* Frequencies that Timer2 makes of what is asked for. */
#include "harness.h"
#include "tone_divider.h"

/* The frequency of a toggled pin: 16 MHz / (2 x prescaler x (compare + 1)); datasheet, 17.7.2. */
static double frequency_of(struct tone_divider divider) {
  static const int prescalers[8] = {0, 1, 8, 32, 64, 128, 256, 1024};
  CHECK(divider.clock_select > 0 && divider.clock_select < 8);
  return 16e6 / (2.0 * prescalers[divider.clock_select] * (divider.compare + 1));
}

static void within_one_percent(const void *context) {
  (void)context;
  for (uint16_t hz = TONE_MIN_HZ; hz <= TONE_MAX_HZ; hz++) {
    const double error = frequency_of(tone_divider_of(hz)) / hz - 1;
    CHECK(error < 0.01 && error > -0.01);
  }
}

static void out_of_range(const void *context) {
  (void)context;
  static const uint16_t asked[] = {1, 30, 20001, 65535};
  for (int at = 0; at < 4; at++) {
    const double heard = frequency_of(tone_divider_of(asked[at]));
    const double nearest = asked[at] < TONE_MIN_HZ ? TONE_MIN_HZ : TONE_MAX_HZ;
    CHECK(heard / nearest < 1.01 && heard / nearest > 0.99);
  }
}

void suite_tone(void) {
  run_case("tone", "every frequency from 31 Hz to 20 kHz is within 1 %", within_one_percent, NULL);
  run_case("tone", "frequencies outside that give the nearest", out_of_range, NULL);
}
