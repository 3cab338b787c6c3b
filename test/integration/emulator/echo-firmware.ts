/** A little firmware for tests of the rig: says who it is, echoes, reports a button, lights, sounds. */
import { assemble, SEND_R16, START_USART } from '../../unit/emulator/support/assemble.ts';

/** Answer to WHO, followed by the number of starts counted in the EEPROM, modulo 256. */
export const HELLO = 0x48;
export const PRESSED = 0x50;
export const RELEASED = 0x52;
/** Commands; every byte below 0x80 is echoed. */
export const LIGHT_ON = 0x80;
export const LIGHT_OFF = 0x81;
/** 440 Hz on D9 by timer 1: 16 MHz / 8 / 2 / 2273. */
export const TONE_ON = 0x82;
export const TONE_OFF = 0x83;
export const WHO = 0x84;
/** From now on, never answer. */
export const HANG = 0x85;

export const ECHO_HEX = assemble(`
  rjmp start
  start:
  sbi 4, 5
  sbi 4, 1
  ldi r16, 0
  sts EEARL, r16
  sts EEARH, r16
  ldi r16, 1
  sts EECR, r16
  lds r20, EEDR
  inc r20
  sts EEDR, r20
  sbi 0x1f, 2
  sbi 0x1f, 1
  ${START_USART}
  ldi r21, 4
  loop:
  in r16, 9
  andi r16, 4
  cp r16, r21
  brne button
  lds r17, UCSR0A
  sbrs r17, 7
  rjmp loop
  lds r16, UDR0
  sbrc r16, 7
  rjmp command
  rcall send
  rjmp loop
  button:
  mov r21, r16
  ldi r16, ${PRESSED}
  sbrc r21, 2
  ldi r16, ${RELEASED}
  rcall send
  rjmp loop
  command:
  cpi r16, ${LIGHT_ON}
  breq lighton
  cpi r16, ${LIGHT_OFF}
  breq lightoff
  cpi r16, ${TONE_ON}
  breq toneon
  cpi r16, ${TONE_OFF}
  breq toneoff
  cpi r16, ${WHO}
  breq who
  hang:
  rjmp hang
  who:
  ldi r16, ${HELLO}
  rcall send
  mov r16, r20
  rcall send
  rjmp loop
  lighton:
  sbi 5, 5
  rjmp loop
  lightoff:
  cbi 5, 5
  rjmp loop
  toneon:
  ldi r16, 0x08
  sts OCR1AH, r16
  ldi r16, 0xe0
  sts OCR1AL, r16
  ldi r16, 0x40
  sts TCCR1A, r16
  ldi r16, 0x0a
  sts TCCR1B, r16
  rjmp loop
  toneoff:
  ldi r16, 0
  sts TCCR1B, r16
  sts TCCR1A, r16
  rjmp loop
  ${SEND_R16}`);
