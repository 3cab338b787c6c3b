/*
 * A knob (potentiometer) as the axis of a paddle: filtered, so that it is silent at rest and quick when turned;
 * stretched, so that both ends of its way are always reached; reported when it moved by more than its noise. Whether
 * there is a knob at all can be found out by itself, see AXIS_DETECT.
 */
#ifndef PADDLEWIRE_AXIS_H
#define PADDLEWIRE_AXIS_H

#include <stdbool.h>
#include <stdint.h>

enum {
  AXIS_RAW_MAX = 4 * 1023, /* raw positions are quarters of a reading */
  AXIS_JUMP = 5,           /* readings: so far from the mean is no noise of ±2 but a turn */
  AXIS_DEAD_BAND = 17,     /* raw: more than the 16 that noise of ±2 readings can move the mean */
  AXIS_REPORT_READINGS = 8, /* from one report to the next at least: 125 a second at 1 kHz */
  AXIS_REST_READINGS = 2000, /* without a report: it is at rest */
  AXIS_KEEP_STEP = 64,      /* raw: what the range must have grown by to be kept */
  AXIS_DETECT_READINGS = 4, /* make one position of the search for a knob */
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

/* The lowest and the highest raw position a knob can be turned to. */
struct axis_range {
  uint16_t low;
  uint16_t high;
};

/* Taken for a knob's whole way until it was turned further: half of what the converter can read. */
enum { AXIS_FIRST_LOW = AXIS_RAW_MAX / 4, AXIS_FIRST_HIGH = AXIS_RAW_MAX - AXIS_FIRST_LOW };

struct axis {
  bool present;
  uint8_t readings;        /* of the position being made, while searching */
  uint8_t plausible;       /* positions in a row that only a knob can give */
  uint16_t sum;            /* of readings, while searching */
  uint16_t mean8;          /* eight times the mean of the readings; none yet: UINT16_MAX */
  uint8_t steady;          /* readings since it jumped, up to AXIS_REPORT_READINGS */
  uint8_t since_report;    /* readings, up to AXIS_REPORT_READINGS */
  uint16_t resting;        /* readings since it moved, up to AXIS_REST_READINGS */
  uint16_t reported;       /* raw position reported last; none yet: UINT16_MAX */
  uint16_t position;       /* the same stretched, 0 to CONTRACT_MAX_AXIS; none yet: UINT16_MAX */
  struct axis_range range; /* learnt */
  struct axis_range kept;  /* for the next start */
};

/* Makes an axis. `mode` is one of enum axis_mode, `kept` the range kept from before, or the first one. */
void axis_init(struct axis *axis, uint8_t mode, struct axis_range kept);

/*
 * Takes one reading of the converter, 0 to 1023, at even intervals: 1 ms while there is a knob, 4 ms while there is
 * none.
 *
 * Returns whether there is a new position to report, at most once every AXIS_REPORT_READINGS readings.
 */
bool axis_read(struct axis *axis, uint16_t reading);

/*
 * Returns whether the range has grown so much, and is so long at rest, that it should be kept now; says so once. It
 * only ever grows, by AXIS_KEEP_STEP at least: so it is written 32 times at most in the life of a board.
 */
bool axis_to_keep(struct axis *axis);

/* Returns whether a range can be one: not narrower than the first one, not wider than the converter. */
bool axis_range_valid(struct axis_range range);

#endif
