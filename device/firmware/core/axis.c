#include "axis.h"

enum { DETECT_LOWEST = 256, DETECT_BELOW = 2048, NOWHERE = UINT16_MAX };

void axis_init(struct axis *axis, uint8_t mode) {
  *axis = (struct axis){.present = mode == AXIS_ALWAYS, .position = NOWHERE};
}

static void detect(struct axis *axis, uint16_t position) {
  if (position < DETECT_LOWEST || position >= DETECT_BELOW) axis->plausible = 0;
  else if (++axis->plausible == AXIS_DETECT_POSITIONS) axis->present = true;
}

bool axis_read(struct axis *axis, uint16_t reading) {
  axis->sum = (uint16_t)(axis->sum + reading);
  if (++axis->readings < AXIS_READINGS) return false;
  const uint16_t position = axis->sum;
  axis->readings = 0;
  axis->sum = 0;
  if (!axis->present) detect(axis, position);
  const uint16_t moved = (uint16_t)(axis->position < position ? position - axis->position : axis->position - position);
  if (!axis->present || moved < AXIS_DEAD_BAND) return false;
  axis->position = position;
  return true;
}
