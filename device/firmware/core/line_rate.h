/*
 * Which rate the serial line is at, and when it changes: what a board does of docs/serial.md, "The rate of the line".
 * Pure: the caller owns the transmitter, and tells when it is empty, what came and how time passes.
 */
#ifndef PADDLEWIRE_LINE_RATE_H
#define PADDLEWIRE_LINE_RATE_H

#include <stdbool.h>
#include <stdint.h>

enum {
  LINE_RATE_TRIAL_MS = 500, /* without a whole frame for so long at a new rate, it is given up */
  /*
   * Frames and bytes lost in a row before a fast rate is given up. A hub that speaks at another rate makes so many of a
   * message or two. On a line so bad that it loses every second frame, so many in a row come once in 65,000 frames.
   */
  LINE_RATE_MAX_LOST = 16
};

enum line_rate_state {
  RATE_FIRST,   /* at 115200, where every line begins */
  RATE_LEAVING, /* asked to change, and the transmitter still has to run empty */
  RATE_TRIED,   /* at the new rate, silent until the hub is heard at it */
  RATE_AGREED   /* the hub was heard at it */
};

struct line_rate {
  uint32_t baud;    /* at which the line is, or which it leaves for */
  uint16_t left_ms; /* of the trial */
  uint8_t state;    /* of enum line_rate_state */
  uint8_t lost;     /* frames and bytes in a row */
  bool asked;       /* whether it leaves because the hub asked, and not of its own accord */
  bool alone;       /* at 115200 of its own accord: the hub may still be elsewhere, and read nothing */
};

/* Makes a line at 115200 baud. */
void line_rate_init(struct line_rate *rate);

/*
 * Returns what to divide `clock_hz` by for `baud`, 1 to 4096; 0 if the nearest rate is more than 2.5 % off. `clock_hz`
 * is that of single bits: 2 MHz on a board of 16 MHz at double speed.
 */
uint16_t line_rate_divisor(uint32_t clock_hz, uint32_t baud);

/* The hub asks for `baud`, which the board can make. */
void line_rate_ask(struct line_rate *rate, uint32_t baud);

/* The hub is lost: to 115200, unless the line is there or on its way there. */
void line_rate_fall_back(struct line_rate *rate);

/* Returns whether the caller has to set the rate to `baud` once its transmitter is empty, and then to call the next. */
bool line_rate_leaving(const struct line_rate *rate);

/* The line is at `baud` now. */
void line_rate_left(struct line_rate *rate);

/* Returns whether something may be sent now. What is not sent has to wait: the hub could not read it. */
bool line_rate_may_send(const struct line_rate *rate);

/*
 * A whole frame with a right CRC came.
 *
 * Returns true if it ends a doubt: the line came back of its own accord, and what was sent since may not have been read.
 */
bool line_rate_heard(struct line_rate *rate);

/* Frames or bytes were lost. */
void line_rate_lost(struct line_rate *rate, uint8_t count);

/* Lets time pass. */
void line_rate_tick(struct line_rate *rate, uint16_t elapsed_ms);

#endif
