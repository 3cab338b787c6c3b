/*
 * What a paddle does, as a pure state machine: events go in, effects come out. It knows no pin, no port and no clock:
 * time passes by paddle_tick, and what is reported is stamped by the caller, in µs modulo 2^32 (docs/serial.md).
 */
#ifndef PADDLEWIRE_PADDLE_H
#define PADDLEWIRE_PADDLE_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

#include "bar.h"
#include "contract.h"
#include "frame.h"
#include "health.h"
#include "light.h"
#include "messages_down.h"
#include "messages_up.h"

enum {
  PADDLE_FIRST_BACKOFF_MS = 500,
  PADDLE_MAX_BACKOFF_MS = 4000,
  /* A hub that asks for HELLO just after one was sent has crossed it; a wrong hub must not draw HELLOs without end. */
  PADDLE_HELLO_GAP_MS = 100,
  PADDLE_JOIN_AGAIN_MS = 2000, /* JOIN or its answer was lost on the line */
  PADDLE_WIN_MS = 3000,
  PADDLE_STUCK_MS = 10000, /* a button that is held for so long */
  PADDLE_MESSAGE_AT = 1,     /* within effects.frame */
  PADDLE_MESSAGE_BYTES = HELLO_BYTES /* the largest it sends */
};

static_assert((int)REPORT_BYTES <= (int)PADDLE_MESSAGE_BYTES, "HELLO is the largest");
static_assert((int)PADDLE_MESSAGE_BYTES <= (int)FRAME_IN_PLACE_BYTES, "its messages are framed where they are");

enum paddle_state {
  PADDLE_SEARCHING, /* no hub: HELLO again and again */
  PADDLE_WAITING,   /* a hub, but no seat: a press asks for one */
  PADDLE_SEATED     /* plays */
};

/* What the newest event led to, besides what paddle_light and paddle_tone say. */
struct paddle_effects {
  uint8_t size; /* of the message to send now; 0: none */
  bool keep_id; /* the identity has got its id: keep it for the next start */
  bool report;  /* the message is a REPORT: once it is sent, the longest bounces begin anew */
  bool search;  /* the hub is lost, and looked for from now on: where every line begins, at 115200 baud */
  uint32_t baud; /* the rate the hub wants; 0: none */
  /* The message begins at PADDLE_MESSAGE_AT, so that it can be framed where it is. */
  uint8_t frame[FRAME_BYTES(PADDLE_MESSAGE_BYTES)];
};

/* What a paddle waits for, each with a countdown (countdown.h). */
enum paddle_timer {
  TIMER_HELLO_GAP, /* runs while the newest HELLO is too fresh to be sent again */
  TIMER_HELLO,     /* runs while searching */
  TIMER_JOIN,      /* runs while a JOIN is unanswered */
  TIMER_QUIET,     /* runs while the hub is heard */
  TIMER_SILENCE,   /* runs while there is a hub */
  TIMER_TONE,      /* runs while a tone has an end */
  PADDLE_TIMERS    /* how many of these there are */
};

struct paddle {
  struct identity *identity;
  struct health *health;
  uint8_t state;                      /* of enum paddle_state */
  bool quiet;                         /* a hub that has said nothing for CONTRACT_HUB_QUIET_MS */
  uint8_t held;                       /* buttons held now */
  uint16_t held_ms[HEALTH_BUTTONS];   /* for how long, up to PADDLE_STUCK_MS */
  uint32_t seq;                       /* number of the newest INPUT; 0: none since the start */
  uint16_t axis;                      /* position of the knob; UINT16_MAX: no knob */
  uint16_t tone;                      /* Hz; 0: silence */
  uint16_t backoff_ms;                /* from the newest HELLO to the next, while searching */
  uint16_t left_ms[PADDLE_TIMERS];    /* 0 where a timer does not run */
  struct light light;
  struct bar bar;
  struct paddle_effects effects;      /* of the newest event */
  uint16_t counters[MESSAGE_RESULTS]; /* of received messages, by enum message_result; they stay at 65535 */
};

/*
 * The calls below take an event and fill `effects` anew. The caller sends the message, or drops it if the line is full:
 * what matters is sent again in time, but for INPUT. So call paddle_buttons only when there is room for one.
 */

/* The board has started: HELLO. Precondition: `identity` and `health` are the caller's and outlive the paddle. */
void paddle_start(struct paddle *paddle, struct identity *identity, struct health *health);

/* Time has passed: a millisecond at a time keeps light and tone exact, but any steps will do. */
void paddle_tick(struct paddle *paddle, uint16_t elapsed_ms);

/*
 * A frame came from the hub.
 *
 * payload, kept   its first bytes, as many as were kept
 * size            bytes of the whole payload
 * now_us          clock for PONG
 */
void paddle_receive(struct paddle *paddle, const uint8_t *payload, uint16_t kept, uint16_t size, uint32_t now_us);

/*
 * Buttons changed.
 *
 * held      buttons held from now on, debounced: bits BUTTON_UP and BUTTON_DOWN
 * time_us   when, at the first edge
 */
void paddle_buttons(struct paddle *paddle, uint8_t held, uint32_t time_us);

/* The knob moved to `axis`, 0 to CONTRACT_MAX_AXIS. */
void paddle_axis(struct paddle *paddle, uint16_t axis);

/* What was sent of late may not have been read: where buttons or knob are now is told again. */
void paddle_tell_again(struct paddle *paddle, uint32_t now_us);

/* Returns whether the light is lit now. */
bool paddle_light(const struct paddle *paddle);

/* Returns which LEDs of the bar are lit now, the first in bit 0. */
uint8_t paddle_bar(const struct paddle *paddle);

/* Returns the frequency that sounds now in Hz, 0 for silence. */
uint16_t paddle_tone(const struct paddle *paddle);

#endif
