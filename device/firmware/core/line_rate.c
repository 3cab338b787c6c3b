#include "line_rate.h"

#include "contract.h"
#include "countdown.h"

enum { MAX_DIVISOR = 4096, TOLERANCE = 40 /* one in so many: 2.5 % */ };

void line_rate_init(struct line_rate *rate) { *rate = (struct line_rate){.baud = CONTRACT_FIRST_BAUD}; }

uint16_t line_rate_divisor(uint32_t clock_hz, uint32_t baud) {
  if (baud == 0 || baud > clock_hz) return 0;
  const uint32_t divisor = (clock_hz + baud / 2) / baud;
  if (divisor > MAX_DIVISOR) return 0;
  const uint32_t made = clock_hz / divisor;
  const uint32_t off = made > baud ? made - baud : baud - made;
  return off <= baud / TOLERANCE ? (uint16_t)divisor : 0;
}

static void leave(struct line_rate *rate, uint32_t baud, bool asked) {
  rate->baud = baud;
  rate->asked = asked;
  rate->state = RATE_LEAVING;
  rate->left_ms = 0;
  rate->lost = 0;
}

void line_rate_ask(struct line_rate *rate, uint32_t baud) { leave(rate, baud, true); }

void line_rate_fall_back(struct line_rate *rate) {
  if (rate->baud != CONTRACT_FIRST_BAUD) leave(rate, CONTRACT_FIRST_BAUD, false);
}

bool line_rate_leaving(const struct line_rate *rate) { return rate->state == RATE_LEAVING; }

void line_rate_left(struct line_rate *rate) {
  rate->state = rate->asked ? RATE_TRIED : RATE_FIRST;
  rate->left_ms = rate->asked ? LINE_RATE_TRIAL_MS : 0;
  rate->alone = !rate->asked;
}

bool line_rate_may_send(const struct line_rate *rate) {
  return rate->state == RATE_FIRST || rate->state == RATE_AGREED;
}

bool line_rate_heard(struct line_rate *rate) {
  rate->lost = 0;
  if (rate->state == RATE_TRIED) {
    rate->left_ms = 0;
    rate->state = rate->baud == CONTRACT_FIRST_BAUD ? RATE_FIRST : RATE_AGREED;
  }
  const bool found = rate->alone && rate->state == RATE_FIRST;
  if (found) rate->alone = false;
  return found;
}

void line_rate_lost(struct line_rate *rate, uint8_t count) {
  if (rate->state != RATE_TRIED && rate->state != RATE_AGREED) return;
  rate->lost = count > UINT8_MAX - rate->lost ? UINT8_MAX : (uint8_t)(rate->lost + count);
  if (rate->lost >= LINE_RATE_MAX_LOST) line_rate_fall_back(rate);
}

void line_rate_tick(struct line_rate *rate, uint16_t elapsed_ms) {
  if (!countdown_over(&rate->left_ms, elapsed_ms)) return;
  /* Nothing came. At 115200 there is nowhere to go back to: it just speaks again. */
  if (rate->baud != CONTRACT_FIRST_BAUD) {
    line_rate_fall_back(rate);
  } else {
    rate->state = RATE_FIRST;
    rate->alone = true;
  }
}
