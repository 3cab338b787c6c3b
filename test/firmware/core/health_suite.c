/* What a paddle tells of its own health: the sum of lost frames, buttons that are stuck, the longest bounce. */
#include "debounce.h"
#include "harness.h"
#include "health.h"
#include "paddle_scene.h"

static void sum_of_frames(const void *context) {
  (void)context;
  struct health sick = {.lost = {1, 2, 3, 4, 5, 6, 7}};
  CHECK_EQUAL(health_lost_frames(&sick), 15);
  sick.lost[LOST_BAD_CRC] = UINT16_MAX;
  CHECK_EQUAL(health_lost_frames(&sick), UINT16_MAX);
  sick.lost[LOST_TOO_LONG] = UINT16_MAX;
  CHECK_EQUAL(health_lost_frames(&sick), UINT16_MAX);
}

static void pong_tells_the_sum(const void *context) {
  (void)context;
  start();
  health.lost[LOST_BAD_CRC] = 23;
  HEAR("garbage"); /* a frame that is no message is lost as well */
  HEAR(PING);
  CHECK_BYTES(sent() + paddle.effects.size - 2, 2, "\x18\x18", 2);
}

static void report(const void *context) {
  (void)context;
  seat();
  health.bounce_us[1] = 1250;
  health.lost[LOST_NO_ROOM] = 300;
  HEAR(ASK);
  CHECK(paddle.effects.report);
  CHECK_BYTES(sent(), paddle.effects.size, "\x84\x09\x82\x00\x19\x04\xe2\x00\x87\x00\x00\x00\x00\x00\x00\x19\x01\x2c", 18);
  HEAR(PING);
  CHECK(!paddle.effects.report);
}

static void largest_report(const void *context) {
  (void)context;
  struct health sick = {.bounce_us = {UINT16_MAX, UINT16_MAX}, .stuck = 3};
  uint8_t out[REPORT_BYTES];
  for (int way = 0; way < LOST_WAYS; way++) sick.lost[way] = UINT16_MAX;
  CHECK(message_report(out, &sick) <= REPORT_BYTES);
}

static void stuck(const void *context) {
  (void)context;
  start();
  paddle_buttons(&paddle, BUTTON_UP, 0);
  pass(5000, NULL);
  paddle_buttons(&paddle, BUTTON_UP | BUTTON_DOWN, 0);
  pass(4999, NULL);
  CHECK_EQUAL(health.stuck, 0);
  pass(1, NULL);
  CHECK_EQUAL(health.stuck, BUTTON_UP);
  pass(5000, NULL);
  CHECK_EQUAL(health.stuck, BUTTON_UP | BUTTON_DOWN);
  pass(70000, NULL);
  CHECK_EQUAL(health.stuck, BUTTON_UP | BUTTON_DOWN);
  paddle_buttons(&paddle, BUTTON_DOWN, 0);
  pass(1, NULL);
  CHECK_EQUAL(health.stuck, BUTTON_DOWN);
  paddle_buttons(&paddle, BUTTON_DOWN | BUTTON_UP, 0);
  pass(9999, NULL);
  CHECK_EQUAL(health.stuck, BUTTON_DOWN);
}

static void longest_bounce(const void *context) {
  (void)context;
  struct debounce debounce = {0};
  uint16_t edge_us[DEBOUNCE_BUTTONS] = {0};
  uint16_t now = 65000; /* over the clock's wrap */
  CHECK_EQUAL(debounce_look(&debounce, 1, now), 1);
  edge_us[0] = now;
  debounce_edge(&debounce, 0, edge_us[0]);
  debounce_edge(&debounce, 1, edge_us[1]);
  CHECK_EQUAL(debounce.bounce_us[0], 0);
  edge_us[0] = (uint16_t)(now + 1200);
  edge_us[1] = (uint16_t)(now + 5000); /* of a button that is not deaf: nothing to it */
  debounce_edge(&debounce, 0, edge_us[0]);
  debounce_edge(&debounce, 1, edge_us[1]);
  CHECK_EQUAL(debounce.bounce_us[0], 1200);
  CHECK_EQUAL(debounce.bounce_us[1], 0);
  now = (uint16_t)(now + 20000);
  CHECK_EQUAL(debounce_look(&debounce, 0, now), 1);
  edge_us[0] = (uint16_t)(now + 400);
  debounce_edge(&debounce, 0, edge_us[0]);
  debounce_edge(&debounce, 1, edge_us[1]);
  CHECK_EQUAL(debounce.bounce_us[0], 1200); /* the longest */
  now = (uint16_t)(now + 20000);
  debounce_look(&debounce, 0, now);
  edge_us[0] = now;
  debounce_edge(&debounce, 0, edge_us[0]);
  debounce_edge(&debounce, 1, edge_us[1]);
  CHECK_EQUAL(debounce.bounce_us[0], 1200);
}

void suite_health(void) {
  run_case("health", "lost frames are summed up, no further than 65535", sum_of_frames, NULL);
  run_case("health", "PONG tells how many frames were lost", pong_tells_the_sum, NULL);
  run_case("health", "ASK is answered with REPORT", report, NULL);
  run_case("health", "the largest REPORT fits what is kept for it", largest_report, NULL);
  run_case("health", "a button that is held for 10 s is stuck, until it is let go", stuck, NULL);
  run_case("health", "the longest bounce is from the first edge to the last while deaf", longest_bounce, NULL);
}
