/** Turns a few lines of AVR assembler into Intel HEX, so that a test shows the whole firmware it runs. */
import { assemble as avrAssemble } from 'avr8js/dist/cjs/utils/assembler.js';

/** Data-space addresses for LDS and STS; `_loc` takes byte addresses of flash. */
const NAMES: Record<string, number> = {
  PINB: 0x23,
  DDRB: 0x24,
  PORTB: 0x25,
  DDRD: 0x2a,
  PORTD: 0x2b,
  TIFR1: 0x36,
  PCIFR: 0x3b,
  EECR: 0x3f,
  EEDR: 0x40,
  EEARL: 0x41,
  EEARH: 0x42,
  SMCR: 0x53,
  MCUSR: 0x54,
  SPMCSR: 0x57,
  WDTCSR: 0x60,
  PCICR: 0x68,
  PCMSK0: 0x6b,
  PCMSK2: 0x6d,
  TIMSK1: 0x6f,
  ADCL: 0x78,
  ADCH: 0x79,
  ADCSRA: 0x7a,
  ADMUX: 0x7c,
  TCCR1A: 0x80,
  TCCR1B: 0x81,
  OCR1AL: 0x88,
  OCR1AH: 0x89,
  TCCR2A: 0xb0,
  TCCR2B: 0xb1,
  OCR2A: 0xb3,
  UCSR0A: 0xc0,
  UCSR0B: 0xc1,
  UBRR0L: 0xc4,
  UDR0: 0xc6,
};

/** @param source one instruction a line, `;` begins a comment; register names stand for data-space addresses */
export function assemble(source: string): string {
  const { bytes, errors } = avrAssemble(
    source.replaceAll(/\b[A-Z][A-Z0-9]{3,}\b/g, (name) => (name in NAMES ? `0x${NAMES[name]!.toString(16)}` : name)),
  );
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return toIntelHex(bytes);
}

/** Starts the USART at 115200 baud (U2X, 16): receiver and transmitter on, no interrupts. Uses r16. */
export const START_USART = `
  ldi r16, 2
  sts UCSR0A, r16
  ldi r16, 16
  sts UBRR0L, r16
  ldi r16, 0x18
  sts UCSR0B, r16`;

/** Sends r16 once the transmitter takes it. Uses r17. */
export const SEND_R16 = `
send:
  lds r17, UCSR0A
  sbrs r17, 5
  rjmp send
  sts UDR0, r16
  ret`;

export function toIntelHex(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let address = 0; address < bytes.length; address += 16) {
    lines.push(record(address, 0, bytes.subarray(address, address + 16)));
  }
  return [...lines, record(0, 1, new Uint8Array(0)), ''].join('\n');
}

function record(address: number, type: number, data: Uint8Array): string {
  const bytes = Buffer.from([data.length, address >> 8, address & 0xff, type, ...data]);
  const checksum = -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff;
  return `:${Buffer.concat([bytes, Buffer.from([checksum])]).toString('hex')}`.toUpperCase();
}
