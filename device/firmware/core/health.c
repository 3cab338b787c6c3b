#include "health.h"

uint16_t health_lost_frames(const struct health *health) {
  uint16_t sum = 0;
  for (uint8_t way = 0; way < LOST_FRAME_WAYS; way++) {
    const uint16_t lost = health->lost[way];
    sum = lost > UINT16_MAX - sum ? UINT16_MAX : (uint16_t)(sum + lost);
  }
  return sum;
}
