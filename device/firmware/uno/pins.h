/* Which pin of an Uno is what. hardware/boards and docs/firmware.md show the same to people. */
#ifndef PADDLEWIRE_PINS_H
#define PADDLEWIRE_PINS_H

#include <avr/io.h>

/* Buttons to ground, with the chip's own pull-ups: D2 is up (or left), D3 is down (or right). Both on one port. */
#define BUTTON_PINS PIND
#define BUTTON_SHIFT PD2
#define BUTTON_MASK (_BV(PD2) | _BV(PD3))
#define BUTTON_PCMSK PCMSK2 /* PCINT18 and PCINT19, by the same bits as the pins */
#define BUTTON_PCIE PCIE2

/* Loudspeaker or piezo at D11 = OC2A, the one pin that Timer2 toggles without the CPU and that no other part needs. */
#define SPEAKER_PORT PORTB
#define SPEAKER_DDR DDRB
#define SPEAKER_BIT PB3

/* The light on the board: D13. */
#define LIGHT_PORT PORTB
#define LIGHT_DDR DDRB
#define LIGHT_BIT PB5

/* The knob at A0. */
#define KNOB_PORT PORTC
#define KNOB_BIT PC0
#define KNOB_CHANNEL 0

#endif
