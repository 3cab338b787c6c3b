#include "axis.h"

#include "contract.h"

enum { DETECT_LOWEST = 256, DETECT_BELOW = 2048, NOWHERE = UINT16_MAX };
/* The dead zone at either end: this part of the range, over 31 raw, which is more than the dead band and the noise. */
enum { DEAD_ZONE_SHIFT = 6 };

void axis_init(struct axis *axis, uint8_t mode, struct axis_range kept) {
  *axis = (struct axis){.present = mode == AXIS_ALWAYS,
                        .mean8 = NOWHERE,
                        .since_report = AXIS_REPORT_READINGS,
                        .reported = NOWHERE,
                        .position = NOWHERE,
                        .range = kept,
                        .kept = kept};
}

bool axis_range_valid(struct axis_range range) {
  return range.low <= AXIS_FIRST_LOW && range.high >= AXIS_FIRST_HIGH && range.high <= AXIS_RAW_MAX;
}

static void detect(struct axis *axis, uint16_t reading) {
  axis->sum = (uint16_t)(axis->sum + reading);
  if (++axis->readings < AXIS_DETECT_READINGS) return;
  if (axis->sum < DETECT_LOWEST || axis->sum >= DETECT_BELOW) axis->plausible = 0;
  else if (++axis->plausible == AXIS_DETECT_POSITIONS) axis->present = true;
  axis->readings = 0;
  axis->sum = 0;
}

static uint16_t distance(uint16_t a, uint16_t b) { return (uint16_t)(a < b ? b - a : a - b); }

/* A mean that runs along over some eight readings, and jumps to a reading that is too far off to be noise. */
static void filter(struct axis *axis, uint16_t reading) {
  const uint16_t mean = axis->mean8 >> 3;
  if (axis->mean8 == NOWHERE || distance(reading, mean) >= AXIS_JUMP) {
    axis->mean8 = (uint16_t)(reading << 3);
    axis->steady = 0;
  } else {
    axis->mean8 = (uint16_t)(axis->mean8 + reading - mean);
    if (axis->steady < AXIS_REPORT_READINGS) axis->steady++;
  }
}

/* A single reading proves nothing about the knob's ends: only a mean does. */
static void learn(struct axis *axis, uint16_t raw) {
  if (axis->steady < AXIS_REPORT_READINGS) return;
  if (raw < axis->range.low) axis->range.low = raw;
  if (raw > axis->range.high) axis->range.high = raw;
}

static uint16_t stretched(const struct axis_range *range, uint16_t raw) {
  const uint16_t dead = (uint16_t)((range->high - range->low) >> DEAD_ZONE_SHIFT);
  const uint16_t low = (uint16_t)(range->low + dead);
  const uint16_t high = (uint16_t)(range->high - dead);
  if (raw <= low) return 0;
  if (raw >= high) return CONTRACT_MAX_AXIS;
  return (uint16_t)((uint32_t)(raw - low) * CONTRACT_MAX_AXIS / (uint16_t)(high - low));
}

bool axis_read(struct axis *axis, uint16_t reading) {
  if (!axis->present) {
    detect(axis, reading);
    return false;
  }
  filter(axis, reading);
  const uint16_t raw = axis->mean8 >> 1;
  learn(axis, raw);
  if (axis->resting < AXIS_REST_READINGS) axis->resting++;
  if (axis->since_report < AXIS_REPORT_READINGS) axis->since_report++;
  if (axis->since_report < AXIS_REPORT_READINGS) return false;
  if (axis->reported != NOWHERE && distance(raw, axis->reported) < AXIS_DEAD_BAND) return false;
  axis->reported = raw;
  axis->resting = 0;
  const uint16_t position = stretched(&axis->range, raw);
  if (position == axis->position) return false;
  axis->position = position;
  axis->since_report = 0;
  return true;
}

bool axis_to_keep(struct axis *axis) {
  if (axis->resting < AXIS_REST_READINGS) return false;
  if (distance(axis->range.low, axis->kept.low) < AXIS_KEEP_STEP &&
      distance(axis->range.high, axis->kept.high) < AXIS_KEEP_STEP) {
    return false;
  }
  axis->kept = axis->range;
  return true;
}
