/* What a paddle finds out about its own contacts and line: REPORT tells all of it, PONG how many frames were lost. */
#ifndef PADDLEWIRE_HEALTH_H
#define PADDLEWIRE_HEALTH_H

#include <stdint.h>

enum { HEALTH_BUTTONS = 2 };

/* Ways to lose what the hub sent, in the order of REPORT.lost: five of frames, then two of bytes. */
enum lost {
  LOST_TOO_LONG,
  LOST_TOO_SHORT,
  LOST_BAD_STUFFING,
  LOST_BAD_CRC,
  LOST_NO_MESSAGE, /* a whole frame that is no message for a paddle */
  LOST_BAD_BYTES,  /* wrong stop bit, or overrun in the chip */
  LOST_NO_ROOM,    /* the program did not take them in time */
  LOST_WAYS,       /* how many of these there are */
  LOST_FRAME_WAYS = LOST_BAD_BYTES
};

struct health {
  uint16_t bounce_us[HEALTH_BUTTONS]; /* longest bounce of each button since the last REPORT */
  uint8_t stuck;                      /* buttons that have been held for 10 s or longer */
  uint16_t lost[LOST_WAYS];           /* since the start; they stay at 65535 */
};

/* Returns how many frames were lost in all, 65535 for more. */
uint16_t health_lost_frames(const struct health *health);

#endif
