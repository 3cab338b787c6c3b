/* The paddle's state machine, by scenarios: a hub's messages and time go in, what it sends and shows comes out. */
#include <string.h>

#include "harness.h"
#include "paddle.h"

enum { HELLO = 1, JOIN = 2, PONG = 7, INPUT = 100, NOTHING = 0 };

/* A paddle and the newest thing it sent. */
static struct paddle paddle;
static struct identity identity;

static int sent_type(void) {
  if (paddle.effects.size == 0) return NOTHING;
  const uint8_t *const message = paddle.effects.frame + PADDLE_MESSAGE_AT;
  return message[0] == 0x43 ? INPUT : message[1];
}

static const uint8_t *sent(void) { return paddle.effects.frame + PADDLE_MESSAGE_AT; }

static void start(void) {
  identity = (struct identity){.firmware = "test 1", .firmware_size = 6, .id_size = 3, .id = "uno", .restarts = 5};
  paddle_start(&paddle, &identity);
}

static void hear(const char *bytes, uint16_t size) {
  paddle_receive(&paddle, (const uint8_t *)bytes, size, size, 123456);
}

#define HEAR(bytes) hear(bytes, sizeof bytes - 1)
#define WELCOME "\x86\x0a\x01\x63uno\x61n\x00\x00"
#define WELCOME_NEW "\x86\x0a\x01\x65uno-1\x61n\x00\x00"
#define SEAT_LEFT "\x84\x0b\x64main\x64left\x00"
#define SEAT_RIGHT "\x84\x0b\x64main\x65right\x01"
#define SEAT_NONE "\x84\x0b\x64main\x60\x00"
#define PING "\x82\x12\x19\x01\x02"
#define HELLO_REQUIRED "\x82\x13\x6ehello-required"
#define NONE_FREE "\x82\x13\x6eseat-none-free"
#define TAKEN "\x82\x13\x6aseat-taken"
#define SEAT_MISSING "\x82\x13\x6cseat-missing"
#define OTHER_ERROR "\x82\x13\x6binput-stale"
#define TONE_880_60 "\x84\x0f\x01\x19\x03\x70\x18\x3c"
#define TONE_440 "\x83\x0f\x01\x19\x01\xb8"
#define TONE_OFF "\x83\x0f\x01\x00"
#define LIGHT_OFF_100 "\x84\x0f\x00\x00\x18\x64"
#define LIGHT_FLASH_FOREVER "\x83\x0f\x00\x02"
#define IDENTIFY_1000 "\x84\x0f\x02\x00\x19\x03\xe8"
#define END_WIN "\x84\x10\x00\x64left\x82\x05\x02"
#define END_LOSS "\x84\x10\x01\x65right\x82\x02\x05"

/* Lets `ms` pass. Returns the type of the first message sent then, and in `at_ms` when. */
static int pass(int ms, int *at_ms) {
  int first = NOTHING;
  for (int at = 1; at <= ms; at++) {
    paddle_tick(&paddle, 1);
    if (first != NOTHING || sent_type() == NOTHING) continue;
    first = sent_type();
    if (at_ms != NULL) *at_ms = at;
  }
  return first;
}

static void quiet(int ms) { CHECK_EQUAL(pass(ms, NULL), NOTHING); }

static void seat(void) {
  start();
  HEAR(WELCOME);
  HEAR(SEAT_LEFT);
  CHECK_EQUAL(paddle.state, PADDLE_SEATED);
}

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
  /* ... restarts 5, lastSeq 30, wants 0 */
  CHECK_BYTES(sent() + paddle.effects.size - 4, 4, "\x05\x18\x1e\x00", 4);
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

static void pong(const void *context) {
  (void)context;
  start();
  HEAR(PING);
  CHECK_BYTES(sent(), paddle.effects.size, "\x83\x07\x19\x01\x02\x1a\x00\x01\xe2\x40", 10);
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

static void tones(const void *context) {
  (void)context;
  seat();
  HEAR(TONE_880_60);
  CHECK_EQUAL(paddle_tone(&paddle), 880);
  pass(59, NULL);
  CHECK_EQUAL(paddle_tone(&paddle), 880);
  pass(1, NULL);
  CHECK_EQUAL(paddle_tone(&paddle), 0);
  HEAR(TONE_880_60);
  HEAR(TONE_440);
  pass(2900, NULL);
  CHECK_EQUAL(paddle_tone(&paddle), 440);
  HEAR(TONE_OFF);
  CHECK_EQUAL(paddle_tone(&paddle), 0);
}

static void lights(const void *context) {
  (void)context;
  seat();
  HEAR(LIGHT_OFF_100);
  CHECK(!paddle_light(&paddle));
  pass(99, NULL);
  CHECK(!paddle_light(&paddle));
  pass(1, NULL);
  CHECK(paddle_light(&paddle));
  HEAR(LIGHT_FLASH_FOREVER);
  CHECK_EQUAL(paddle.light.shown, LIGHT_FLASH);
  HEAR(PING);
  pass(2900, NULL);
  CHECK_EQUAL(paddle.light.shown, LIGHT_FLASH);
  HEAR(IDENTIFY_1000);
  CHECK_EQUAL(paddle.light.shown, LIGHT_FLICKER);
}

static void unknown_effects(const void *context) {
  (void)context;
  seat();
  HEAR("\x84\x0f\x03\x01\x18\x64");
  HEAR("\x84\x0f\x00\x07\x18\x64");
  CHECK_EQUAL(paddle.light.shown, LIGHT_STEADY);
  CHECK_EQUAL(paddle_tone(&paddle), 0);
}

static void effects_while_searching(const void *context) {
  (void)context;
  start();
  HEAR(TONE_440);
  HEAR(IDENTIFY_1000);
  HEAR(END_WIN);
  CHECK_EQUAL(paddle_tone(&paddle), 0);
  CHECK_EQUAL(paddle.light.shown, LIGHT_SLOW_BLINK);
}

static void win_and_loss(const void *context) {
  (void)context;
  seat();
  HEAR(END_LOSS);
  CHECK_EQUAL(paddle.light.shown, LIGHT_STEADY);
  HEAR(END_WIN);
  CHECK_EQUAL(paddle.light.shown, LIGHT_TRIPLE_FLASH);
  pass(2000, NULL);
  HEAR(PING);
  pass(999, NULL);
  CHECK_EQUAL(paddle.light.shown, LIGHT_TRIPLE_FLASH);
  pass(1, NULL);
  CHECK_EQUAL(paddle.light.shown, LIGHT_STEADY);
}

static void counts_what_it_ignores(const void *context) {
  (void)context;
  seat();
  HEAR("\x81\x63");                 /* unknown */
  HEAR("\x83\x02\x60\x60");         /* unknown: what a device sends */
  HEAR("garbage");                  /* malformed */
  HEAR("\x82\x0a\x02");             /* version */
  HEAR("\x82\x12\x6e" "aaaaaaaaaaaaaa"); /* too large */
  HEAR("\x84\x0c\x61m\x18\x3c\x00"); /* START: taken, and nothing done */
  CHECK_EQUAL(paddle.counters[MESSAGE_UNKNOWN], 2);
  CHECK_EQUAL(paddle.counters[MESSAGE_MALFORMED], 1);
  CHECK_EQUAL(paddle.counters[MESSAGE_OTHER_VERSION], 1);
  CHECK_EQUAL(paddle.counters[MESSAGE_TOO_LARGE], 1);
  CHECK_EQUAL(paddle.counters[MESSAGE_TAKEN], 3);
  CHECK_EQUAL(paddle.state, PADDLE_SEATED);
  CHECK_EQUAL(sent_type(), NOTHING);
}

/* Whatever comes in whatever order: one message at most, never larger than its room, and a hub is always found again. */
static void random_events(const void *context) {
  (void)context;
#define ITEM(bytes) {bytes, sizeof bytes - 1}
  static const struct {
    const char *bytes;
    uint16_t size;
  } messages[] = {ITEM(WELCOME),     ITEM(WELCOME_NEW), ITEM(SEAT_LEFT),   ITEM(SEAT_NONE), ITEM(PING),
                  ITEM(HELLO_REQUIRED), ITEM(NONE_FREE), ITEM(SEAT_MISSING), ITEM(TONE_440),  ITEM(LIGHT_FLASH_FOREVER),
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
    CHECK(paddle.state != PADDLE_SEARCHING || paddle.left_ms[TIMER_HELLO] > 0);
    if (paddle.state == PADDLE_SEARCHING) CHECK(sent_type() != INPUT && sent_type() != JOIN);
  }
  pass(3000, NULL);
  HEAR(WELCOME);
  HEAR(SEAT_LEFT);
  CHECK_EQUAL(paddle.state, PADDLE_SEATED);
}

void suite_paddle(void) {
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
      {"PING is answered in every state, with token and clock", pong},
      {"no PING for 3 s while playing: searches, tone and light tell", silence},
      {"no PING for 3 s while waiting: searches", silent_while_waiting},
      {"hello-required: HELLO at once, and once", hub_restarted},
      {"a hub that asks for HELLO without end draws one in 100 ms", wrong_hub_draws_no_flood},
      {"other errors change nothing", other_errors},
      {"tones: for a while, until changed, off", tones},
      {"lights: for a while, until changed, identify", lights},
      {"unknown effects and lights are ignored", unknown_effects},
      {"no effects before WELCOME", effects_while_searching},
      {"a win is shown for 3 s, a loss is not", win_and_loss},
      {"what it ignores is counted by kind", counts_what_it_ignores},
      {"300,000 random events", random_events},
  };
  for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) run_case("paddle", cases[at].name, cases[at].run, NULL);
}
