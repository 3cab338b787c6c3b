#include "knob.h"

#include <avr/io.h>

#include "pins.h"

static struct axis axis;

void knob_init(uint8_t mode, struct axis_range kept) {
  axis_init(&axis, mode, kept);
  if (mode == AXIS_NEVER) return;
  DIDR0 = _BV(KNOB_CHANNEL); /* no digital input on a pin that stands between the levels (datasheet, 23.9.5) */
  ADMUX = _BV(REFS0) | KNOB_CHANNEL;
  /* 16 MHz / 128 = 125 kHz, within the 50 to 200 kHz that 10 bits need (datasheet, 23.4). */
  ADCSRA = _BV(ADEN) | _BV(ADSC) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
}

/* The pull-up tells an open pin from a knob, but bends a knob's reading: it is on only while there is none. */
static void set_pull_up(void) {
  if (axis.present) KNOB_PORT &= (uint8_t)~_BV(KNOB_BIT);
  else KNOB_PORT |= _BV(KNOB_BIT);
}

bool knob_present(void) { return axis.present; }

bool knob_tick(uint16_t *position) {
  if ((ADCSRA & _BV(ADEN)) == 0) return false;
  /* The conversion begun at the last call took 0.2 ms at most. */
  const uint16_t reading = ADC;
  ADCSRA |= _BV(ADSC);
  const bool moved = axis_read(&axis, reading);
  set_pull_up();
  *position = axis.position;
  return moved;
}

bool knob_to_keep(struct axis_range *range) {
  const bool keep = axis_to_keep(&axis);
  *range = axis.range;
  return keep;
}
