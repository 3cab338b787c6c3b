/*
 * A knob (potentiometer) as the axis of a paddle: the mean of four readings, reported when it moved by more than its
 * noise. Whether there is a knob at all can be found out by itself, see AXIS_DETECT.
 */
#ifndef PADDLEWIRE_AXIS_H
#define PADDLEWIRE_AXIS_H

#include <stdbool.h>
#include <stdint.h>

enum {
  AXIS_READINGS = 4,        /* make one position: 4 x 1023 is about CONTRACT_MAX_AXIS */
  AXIS_DEAD_BAND = 12,      /* 0.3 % of the way: over the noise of a knob, about a pixel of the court */
  AXIS_DETECT_POSITIONS = 8 /* in a row that only a knob can give */
};

/* Values of the configuration byte; any other means AXIS_DETECT. */
enum axis_mode {
  AXIS_NEVER = 0,
  AXIS_ALWAYS = 1,
  /*
   * The pin's pull-up is on, so that a pin with nothing on it reads the upper rail. A knob that is turned below its
   * middle pulls it down for good: then there is one. The rails themselves prove nothing.
   */
  AXIS_DETECT = 0xff
};

struct axis {
  bool present;
  uint8_t readings;  /* of the position being made */
  uint16_t sum;      /* of these */
  uint8_t plausible; /* positions in a row that only a knob can give */
  uint16_t position; /* reported last, 0 to CONTRACT_MAX_AXIS; none yet: UINT16_MAX */
};

/* Makes an axis. `mode` is one of enum axis_mode. */
void axis_init(struct axis *axis, uint8_t mode);

/*
 * Takes one reading of the converter, 0 to 1023, at even intervals.
 *
 * Returns whether there is a new position to report, at most once every AXIS_READINGS readings.
 */
bool axis_read(struct axis *axis, uint16_t reading);

#endif
