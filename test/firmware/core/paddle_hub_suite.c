/* How a paddle finds its hub, loses it and finds it again. */
#include "harness.h"
#include "paddle_scene.h"

static void says_hello_with_backoff(const void *context) {
  (void)context;
  static const int gaps[] = {500, 1000, 2000, 4000, 4000, 4000};
  start();
  CHECK_EQUAL(sent_type(), HELLO);
  CHECK_EQUAL(paddle.light.base, LIGHT_SLOW_BLINK);
  for (int at = 0; at < 6; at++) {
    int ms = 0;
    quiet(gaps[at] - 1);
    CHECK_EQUAL(pass(1, &ms), HELLO);
  }
}

static void coarse_ticks(const void *context) {
  (void)context;
  start();
  int hellos = 0;
  for (int ms = 0; ms < 20000; ms += 100) {
    paddle_tick(&paddle, 100);
    if (sent_type() == HELLO) hellos++;
  }
  CHECK_EQUAL(hellos, 7); /* at 0.5, 1.5, 3.5, 7.5, 11.5, 15.5 and 19.5 s */
}

static void hello_tells_last_seq(const void *context) {
  (void)context;
  seat();
  for (int press = 1; press <= 30; press++) paddle_buttons(&paddle, press & 1, 0);
  HEAR(HELLO_REQUIRED);
  quiet(499);
  CHECK_EQUAL(pass(1, NULL), HELLO);
  /* ... restarts 5, lastSeq 30, wants 0, maxBaud 0 */
  CHECK_BYTES(sent() + paddle.effects.size - 5, 5, "\x05\x18\x1e\x00\x00", 5);
}

static void joins_when_welcome(const void *context) {
  (void)context;
  start();
  HEAR(WELCOME);
  CHECK_EQUAL(sent_type(), JOIN);
  CHECK_EQUAL(paddle.state, PADDLE_WAITING);
  CHECK_EQUAL(paddle.light.base, LIGHT_DOUBLE_BLINK);
  CHECK(!paddle.effects.keep_id);
  CHECK_BYTES(identity.id, identity.id_size, "uno", 3);
}

static void keeps_the_id_it_is_given(const void *context) {
  (void)context;
  start();
  identity.id_size = 0;
  HEAR(WELCOME_NEW);
  CHECK(paddle.effects.keep_id);
  CHECK_BYTES(identity.id, identity.id_size, "uno-1", 5);
  paddle_tick(&paddle, 1);
  CHECK(!paddle.effects.keep_id);
}

static void keeps_its_own_id(const void *context) {
  (void)context;
  start();
  HEAR(WELCOME_NEW);
  CHECK(!paddle.effects.keep_id);
  CHECK_BYTES(identity.id, identity.id_size, "uno", 3);
}

static void second_welcome_changes_nothing(const void *context) {
  (void)context;
  seat();
  HEAR(WELCOME);
  CHECK_EQUAL(sent_type(), NOTHING);
  CHECK_EQUAL(paddle.state, PADDLE_SEATED);
}

static void pong(const void *context) {
  (void)context;
  start();
  HEAR(PING);
  CHECK_BYTES(sent(), paddle.effects.size, "\x84\x07\x19\x01\x02\x1a\x00\x01\xe2\x40\x00", 11);
  CHECK_EQUAL(paddle.state, PADDLE_SEARCHING); /* a PING is no WELCOME */
  CHECK_EQUAL(pass(500, NULL), HELLO);
}

static void silence(const void *context) {
  (void)context;
  seat();
  HEAR(TONE_440);
  for (int second = 0; second < 20; second++) {
    quiet(1000);
    HEAR(PING);
  }
  int ms = 0;
  CHECK_EQUAL(pass(3100, &ms), HELLO);
  CHECK_EQUAL(ms, 3000);
  CHECK_EQUAL(paddle.state, PADDLE_SEARCHING);
  CHECK_EQUAL(paddle.light.base, LIGHT_SLOW_BLINK);
  CHECK_EQUAL(paddle_tone(&paddle), 0);
  quiet(399);
  CHECK_EQUAL(pass(1, NULL), HELLO);
  paddle_buttons(&paddle, BUTTON_UP, 0);
  CHECK_EQUAL(sent_type(), NOTHING);
}

static void silent_while_waiting(const void *context) {
  (void)context;
  int ms = 0;
  start();
  HEAR(WELCOME);
  HEAR(NONE_FREE);
  CHECK_EQUAL(pass(3000, &ms), HELLO);
  CHECK_EQUAL(ms, 3000);
  CHECK_EQUAL(paddle.state, PADDLE_SEARCHING);
}

static void hub_restarted(const void *context) {
  (void)context;
  seat();
  HEAR(PING);
  quiet(200);
  HEAR(HELLO_REQUIRED);
  CHECK_EQUAL(sent_type(), HELLO);
  CHECK_EQUAL(paddle.state, PADDLE_SEARCHING);
  HEAR(HELLO_REQUIRED); /* the answer to what had crossed the HELLO */
  CHECK_EQUAL(sent_type(), NOTHING);
  quiet(499);
  CHECK_EQUAL(pass(1, NULL), HELLO);
}

static void wrong_hub_draws_no_flood(const void *context) {
  (void)context;
  int hellos = 0;
  start();
  for (int ms = 0; ms < 10000; ms++) {
    HEAR(HELLO_REQUIRED);
    if (sent_type() == HELLO) hellos++;
    paddle_tick(&paddle, 1);
    if (sent_type() == HELLO) hellos++;
  }
  CHECK(hellos <= 10000 / PADDLE_HELLO_GAP_MS + 1);
}

/* Whatever comes in whatever order: one message at most, never larger than its room, and a hub is always found again. */
static void random_events(const void *context) {
  (void)context;
#define ITEM(bytes) {bytes, sizeof bytes - 1}
  static const struct {
    const char *bytes;
    uint16_t size;
  } messages[] = {ITEM(WELCOME),     ITEM(WELCOME_NEW), ITEM(SEAT_LEFT),   ITEM(SEAT_NONE), ITEM(PING),
                  ITEM(HELLO_REQUIRED), ITEM(NONE_FREE), ITEM(SEAT_MISSING), ITEM(TONE_440),
                  ITEM(LIGHT_FLASH_FOREVER), ITEM(IDENTIFY_FOREVER), ITEM(SCORE_3), ITEM(ASK), ITEM(BAUD_1M),
                  ITEM(END_WIN),     ITEM("\xff\xff"),  ITEM("\x81\x0f")};
  uint32_t random = 17;
  start();
  for (int step = 0; step < 300000; step++) {
    const uint32_t what = random_below(&random, 10);
    if (what < 3) {
      const uint32_t pick = random_below(&random, sizeof messages / sizeof messages[0]);
      hear(messages[pick].bytes, messages[pick].size);
    } else if (what < 5) {
      paddle_buttons(&paddle, (uint8_t)random_below(&random, 4), random_next(&random));
    } else if (what < 6) {
      paddle_axis(&paddle, (uint16_t)random_below(&random, 4096));
    } else {
      paddle_tick(&paddle, (uint16_t)random_below(&random, 50));
    }
    CHECK(paddle.effects.size <= PADDLE_MESSAGE_BYTES);
    CHECK(paddle.state != PADDLE_SEATED || paddle.left_ms[TIMER_SILENCE] > 0);
    CHECK(paddle.state == PADDLE_SEARCHING || paddle.quiet || paddle.left_ms[TIMER_QUIET] > 0);
    CHECK(paddle.state != PADDLE_SEARCHING || !paddle.quiet);
    CHECK(paddle.state == PADDLE_SEATED || paddle_bar(&paddle) == 0);
    CHECK(paddle.state != PADDLE_SEARCHING || paddle.left_ms[TIMER_HELLO] > 0);
    if (paddle.state == PADDLE_SEARCHING) CHECK(sent_type() != INPUT && sent_type() != JOIN);
  }
  pass(3000, NULL);
  HEAR(WELCOME);
  HEAR(SEAT_LEFT);
  CHECK_EQUAL(paddle.state, PADDLE_SEATED);
}

void suite_paddle_hub(void) {
  static const struct {
    const char *name;
    void (*run)(const void *context);
  } cases[] = {
      {"says HELLO at once, then after 0.5, 1, 2, 4, 4 s", says_hello_with_backoff},
      {"coarse ticks do as well", coarse_ticks},
      {"HELLO tells its starts and its newest number", hello_tells_last_seq},
      {"WELCOME: asks for a seat, the light says that it waits", joins_when_welcome},
      {"WELCOME: a paddle without an id keeps the one it is given", keeps_the_id_it_is_given},
      {"WELCOME: a paddle with an id keeps its own", keeps_its_own_id},
      {"a second WELCOME changes nothing", second_welcome_changes_nothing},
      {"PING is answered in every state, with token and clock", pong},
      {"no PING for 3 s while playing: searches, tone and light tell", silence},
      {"no PING for 3 s while waiting: searches", silent_while_waiting},
      {"hello-required: HELLO at once, and once", hub_restarted},
      {"a hub that asks for HELLO without end draws one in 100 ms", wrong_hub_draws_no_flood},
      {"300,000 random events", random_events},
  };
  for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
    run_case("paddle and hub", cases[at].name, cases[at].run, NULL);
  }
}
