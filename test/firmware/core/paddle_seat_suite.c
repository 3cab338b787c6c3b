/* How a paddle gets a seat, and what it says on it. */
#include "harness.h"
#include "paddle_scene.h"

static void join_lost_on_the_line(const void *context) {
  (void)context;
  int ms = 0;
  start();
  HEAR(WELCOME);
  CHECK_EQUAL(pass(2500, &ms), JOIN);
  CHECK_EQUAL(ms, 2000);
  HEAR(SEAT_LEFT);
  HEAR(PING);
  quiet(2900);
}

static void waits_when_all_seats_are_taken(const void *context) {
  (void)context;
  start();
  HEAR(WELCOME);
  HEAR(NONE_FREE);
  CHECK_EQUAL(sent_type(), NOTHING);
  CHECK_EQUAL(paddle.light.base, LIGHT_DOUBLE_BLINK);
  quiet(2500);
  HEAR(PING);
  paddle_buttons(&paddle, BUTTON_DOWN, 0);
  CHECK_EQUAL(sent_type(), JOIN);
  HEAR(TAKEN);
  paddle_buttons(&paddle, 0, 0);
  CHECK_EQUAL(sent_type(), NOTHING); /* letting go asks for nothing */
  quiet(2500);
  HEAR(PING);
  paddle_buttons(&paddle, BUTTON_UP, 0);
  CHECK_EQUAL(sent_type(), JOIN);
  HEAR(SEAT_RIGHT);
  CHECK_EQUAL(paddle.state, PADDLE_SEATED);
}

static void press_is_sent_short(const void *context) {
  (void)context;
  seat();
  CHECK_EQUAL(paddle.light.base, LIGHT_STEADY);
  CHECK_EQUAL(sent_type(), NOTHING);
  paddle_buttons(&paddle, BUTTON_UP, 896);
  CHECK_BYTES(sent(), paddle.effects.size, "\x43\x01\x10\x07", 4);
  paddle_buttons(&paddle, 0, 524160);
  CHECK_BYTES(sent(), paddle.effects.size, "\x43\x02\x0f\xff", 4);
  paddle_buttons(&paddle, BUTTON_DOWN, 524288);
  CHECK_BYTES(sent(), paddle.effects.size, "\x43\x03\x20\x00", 4);
  paddle_buttons(&paddle, BUTTON_UP | BUTTON_DOWN, 4294967295u);
  CHECK_BYTES(sent(), paddle.effects.size, "\x43\x04\x3f\xff", 4);
}

static void number_wraps(const void *context) {
  (void)context;
  seat();
  for (uint32_t seq = 1; seq < 300; seq++) {
    paddle_buttons(&paddle, seq & 1, 0);
    CHECK_EQUAL(sent()[1], seq % 128);
  }
}

static void held_when_it_sits_down(const void *context) {
  (void)context;
  start();
  paddle_buttons(&paddle, BUTTON_UP, 0);
  CHECK_EQUAL(sent_type(), NOTHING); /* no hub: not queued */
  HEAR(WELCOME);
  HEAR(SEAT_LEFT);
  CHECK_EQUAL(sent_type(), INPUT);
  CHECK_EQUAL(sent()[1], 1);
  CHECK_EQUAL(sent()[2] >> 4, BUTTON_UP);
}

static void let_go_while_the_hub_was_away(const void *context) {
  (void)context;
  seat();
  paddle_buttons(&paddle, BUTTON_UP, 0);
  pass(3000, NULL);
  paddle_buttons(&paddle, 0, 0);
  CHECK_EQUAL(sent_type(), NOTHING);
  HEAR(WELCOME);
  HEAR(SEAT_LEFT);
  CHECK_EQUAL(sent_type(), INPUT);
  CHECK_EQUAL(sent()[1], 2);
  CHECK_EQUAL(sent()[2] >> 4, 0);
}

static void knob(const void *context) {
  (void)context;
  start();
  paddle_axis(&paddle, 100);
  CHECK_EQUAL(sent_type(), NOTHING);
  HEAR(WELCOME);
  HEAR(SEAT_LEFT);
  CHECK_BYTES(sent(), paddle.effects.size, "\x43\x81\x00\x64", 4); /* where it stands when it sits down */
  paddle_buttons(&paddle, BUTTON_DOWN, 0);
  CHECK_BYTES(sent(), paddle.effects.size, "\x43\x02\x20\x00", 4);
  paddle_axis(&paddle, 4095);
  CHECK_BYTES(sent(), paddle.effects.size, "\x43\x83\x2f\xff", 4);
}

static void seat_taken_away(const void *context) {
  (void)context;
  seat();
  HEAR(SEAT_NONE);
  CHECK_EQUAL(paddle.state, PADDLE_WAITING);
  CHECK_EQUAL(sent_type(), NOTHING);
  quiet(2900);
  paddle_buttons(&paddle, BUTTON_UP, 0);
  CHECK_EQUAL(sent_type(), JOIN);
  HEAR(SEAT_NONE);
  HEAR(PING);
  CHECK_EQUAL(pass(2000, NULL), JOIN); /* only the JOIN's own answer ends it */
}

static void another_side(const void *context) {
  (void)context;
  seat();
  HEAR(SEAT_RIGHT);
  CHECK_EQUAL(paddle.state, PADDLE_SEATED);
  CHECK_EQUAL(sent_type(), NOTHING);
}

static void seat_missing(const void *context) {
  (void)context;
  seat();
  HEAR(SEAT_MISSING);
  CHECK_EQUAL(sent_type(), JOIN);
  CHECK_EQUAL(paddle.state, PADDLE_WAITING);
  HEAR(SEAT_MISSING);
  CHECK_EQUAL(sent_type(), NOTHING);
}

static void seat_before_welcome(const void *context) {
  (void)context;
  start();
  HEAR(SEAT_LEFT);
  CHECK_EQUAL(paddle.state, PADDLE_SEARCHING);
}

static void other_errors(const void *context) {
  (void)context;
  seat();
  HEAR(OTHER_ERROR);
  CHECK_EQUAL(paddle.state, PADDLE_SEATED);
  CHECK_EQUAL(sent_type(), NOTHING);
  HEAR(NONE_FREE); /* late: it has a seat */
  CHECK_EQUAL(paddle.state, PADDLE_SEATED);
  HEAR("\x82\x13\x60");
  HEAR("\x82\x13\x6dhello-require");
  HEAR("\x82\x13\x6fhello-required2");
  CHECK_EQUAL(paddle.state, PADDLE_SEATED);
}

void suite_paddle_seat(void) {
  static const struct {
    const char *name;
    void (*run)(const void *context);
  } cases[] = {
      {"a JOIN without answer is sent again after 2 s", join_lost_on_the_line},
      {"all seats taken: waits, and a press asks again", waits_when_all_seats_are_taken},
      {"a press is sent in the short form", press_is_sent_short},
      {"the number travels modulo 128", number_wraps},
      {"a button held when it sits down is told", held_when_it_sits_down},
      {"a button let go while the hub was away is told when it is back", let_go_while_the_hub_was_away},
      {"the knob is told when it sits down and when it moves", knob},
      {"its seat is taken away: waits, and a press asks again", seat_taken_away},
      {"another side is a seat as well", another_side},
      {"seat-missing: asks for a seat at once, but once", seat_missing},
      {"SEAT before WELCOME is ignored", seat_before_welcome},
      {"other errors change nothing", other_errors},
  };
  for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
    run_case("paddle and seat", cases[at].name, cases[at].run, NULL);
  }
}
