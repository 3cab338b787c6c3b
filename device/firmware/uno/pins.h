/* Which pin of an Uno is what. hardware/boards and docs/firmware.md show the same to people. */
#ifndef PADDLEWIRE_PINS_H
#define PADDLEWIRE_PINS_H

#include <avr/io.h>

/* Buttons to ground, with the chip's own pull-ups: D2 is up (or left), D3 is down (or right). Both on one port. */
#define BUTTON_PINS PIND
#define BUTTON_SHIFT PD2
#define BUTTON_MASK (_BV(PD2) | _BV(PD3))

/* Their pin change interrupts, PCINT18 and PCINT19, by the same bits as the pins: a press. */
#define BUTTON_PCMSK PCMSK2
#define BUTTON_PCIE PCIE2
#define BUTTON_PCINT_VECTOR PCINT2_vect

/* Their external interrupts, at any edge, in the order of the pins: EDGE(button, vector, bit). The bounce of a contact. */
#define BUTTON_EDGE_CONTROL EICRA
#define BUTTON_EDGE_ANY (_BV(ISC00) | _BV(ISC10))
#define BUTTON_EDGES(EDGE) EDGE(0, INT0_vect, INT0) EDGE(1, INT1_vect, INT1)

/* Loudspeaker or piezo at D11 = OC2A, the one pin that Timer2 toggles without the CPU and that no other part needs. */
#define SPEAKER_PORT PORTB
#define SPEAKER_DDR DDRB
#define SPEAKER_BIT PB3

/* The light on the board: D13. */
#define LIGHT_PORT PORTB
#define LIGHT_DDR DDRB
#define LIGHT_BIT PB5

/* The bar of the score: LEDs to ground at D4, D5, D6, D7 and D8, the first point first: LED(port, direction, bit). */
#define BAR_LEDS(LED) \
  LED(PORTD, DDRD, PD4) \
  LED(PORTD, DDRD, PD5) \
  LED(PORTD, DDRD, PD6) \
  LED(PORTD, DDRD, PD7) \
  LED(PORTB, DDRB, PB0)

/* The knob at A0. */
#define KNOB_PORT PORTC
#define KNOB_BIT PC0
#define KNOB_CHANNEL 0

#endif
