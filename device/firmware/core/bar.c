#include "bar.h"

#include "countdown.h"
#include "flash.h"

enum { ALL = (1 << BAR_LEDS_COUNT) - 1, BLINK_SHIFT = 8, RUN_SHIFT = 6 };

/* Up and down again without standing at either end: eight steps of 64 ms. */
static const IN_FLASH uint8_t running[] = {0x01, 0x02, 0x04, 0x08, 0x10, 0x08, 0x04, 0x02};

void bar_set_points(struct bar *bar, uint16_t points) {
  bar->points = points;
}

void bar_run(struct bar *bar, uint16_t ms) {
  bar->running_ms = ms;
  bar->age_ms = 0;
}

void bar_tick(struct bar *bar, uint16_t elapsed_ms) {
  bar->age_ms = (uint16_t)(bar->age_ms + elapsed_ms);
  (void)countdown_over(&bar->running_ms, elapsed_ms);
}

uint8_t bar_lit(const struct bar *bar) {
  if (!bar->on) return 0;
  if (bar->running_ms != 0) return running[(bar->age_ms >> RUN_SHIFT) % sizeof running];
  if (bar->points <= BAR_LEDS_COUNT) return (uint8_t)((1 << bar->points) - 1);
  return (bar->age_ms >> BLINK_SHIFT) % 2 == 0 ? ALL : 0;
}
