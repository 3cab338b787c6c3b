#include "debounce.h"

uint8_t debounce_look(struct debounce *debounce, uint8_t levels, uint16_t now_us) {
  uint8_t changed = 0;
  uint8_t bit = 1;
  for (uint8_t button = 0; button < DEBOUNCE_BUTTONS; button++, bit = (uint8_t)(bit << 1)) {
    if ((debounce->locked & bit) != 0) {
      if ((uint16_t)(now_us - debounce->locked_at[button]) < DEBOUNCE_LOCKOUT_US) continue;
      debounce->locked = (uint8_t)(debounce->locked & ~bit);
    }
    if (((levels ^ debounce->held) & bit) == 0) continue;
    debounce->locked = (uint8_t)(debounce->locked | bit);
    debounce->locked_at[button] = now_us;
    changed = (uint8_t)(changed | bit);
  }
  debounce->held = (uint8_t)(debounce->held ^ changed);
  return changed;
}

void debounce_edge(struct debounce *debounce, uint8_t button, uint16_t edge_us) {
  if ((debounce->locked >> button & 1) == 0) return;
  const uint16_t bounce = (uint16_t)(edge_us - debounce->locked_at[button]);
  if (bounce > debounce->bounce_us[button]) debounce->bounce_us[button] = bounce;
}
