import { describe, expect, it } from 'vitest';
import { assemble, SEND_R16, START_USART } from './support/assemble.ts';
import { boot } from './support/run.ts';
import { StockUno } from './support/stock-uno.ts';

/** 115200 baud as an Uno makes it (U2X, UBRR 16): 10 bits of 136 cycles. */
const BYTE_CYCLES = 1360;
const sequence = (length: number) => Array.from({ length }, (_, index) => index);

describe('receiving while UCSRB is written (avr8js defect 1)', () => {
  // Echoes what comes, and rewrites UCSRB all the time, as firmware does that switches UDRIE on and off.
  const source = `${START_USART}
    ldi r18, 0x18
    loop:
    sts UCSR0B, r18
    lds r17, UCSR0A
    sbrs r17, 7
    rjmp loop
    lds r16, UDR0
    sts UDR0, r16
    rjmp loop`;

  it('keeps every byte', () => {
    const { uno, bytes } = boot(source);
    uno.run(1000);
    uno.write(Uint8Array.from(sequence(200)));
    uno.run(uno.cycle + 205 * BYTE_CYCLES);
    expect(bytes).toEqual(sequence(200));
    expect(uno.counters.overruns).toBe(0);
  });

  it('loses bytes in avr8js as it comes', () => {
    const stock = new StockUno(assemble(source));
    stock.run(1000);
    stock.write(sequence(200));
    stock.run(400 * BYTE_CYCLES);
    expect(stock.bytes.length).toBeLessThan(200);
  });
});

describe('UDRE as a level (avr8js defect 2)', () => {
  // The interrupt has nothing to send when it is entered first; it is not switched off, so it must be entered again.
  const source = `
    rjmp main
    _loc 0x4c
    rjmp udre
    _loc 0x68
    udre:
    inc r20
    cpi r20, 2
    brne done
    sts UDR0, r20
    clr r21
    sts UCSR0B, r21
    done:
    reti
    main:${START_USART}
    clr r20
    ldi r16, 0x28
    sts UCSR0B, r16
    sei
    idle:
    rjmp idle`;

  it('interrupts again while the buffer is empty', () => {
    const { uno, bytes } = boot(source);
    uno.run(10 * BYTE_CYCLES);
    expect(bytes).toEqual([2]);
  });

  it('interrupts once only in avr8js as it comes', () => {
    const stock = new StockUno(assemble(source));
    stock.run(10 * BYTE_CYCLES);
    expect(stock.bytes).toEqual([]);
  });
});

describe('writing UCSRA (avr8js defect 3)', () => {
  const source = `${START_USART}
    ldi r18, 2
    ldi r16, 65
    sts UCSR0A, r18
    rcall send
    sts UCSR0A, r18
    inc r16
    rcall send
    idle:
    rjmp idle
    ${SEND_R16}`;

  it('leaves the data register empty flag alone', () => {
    const { uno, bytes } = boot(source);
    uno.run(10 * BYTE_CYCLES);
    expect(bytes).toEqual([65, 66]);
  });

  it('stops the transmitter in avr8js as it comes', () => {
    const stock = new StockUno(assemble(source));
    stock.run(10 * BYTE_CYCLES);
    expect(stock.bytes).toEqual([]);
  });

  it('clears the transmit complete flag only where a one is written', () => {
    const { uno, bytes } = boot(`${START_USART}
      ldi r16, 65
      rcall send
      wait:
      lds r17, UCSR0A
      sbrs r17, 6
      rjmp wait
      ldi r18, 2
      sts UCSR0A, r18
      lds r16, UCSR0A   ; TXC must still be there
      rcall send
      wait2:
      lds r17, UCSR0A
      sbrs r17, 6
      rjmp wait2
      ldi r18, 0x42
      sts UCSR0A, r18
      lds r16, UCSR0A   ; and now be gone
      rcall send
      idle:
      rjmp idle
      ${SEND_R16}`);
    uno.run(10 * BYTE_CYCLES);
    expect(bytes).toEqual([65, 0x62, 0x22]);
  });
});

// Sleeps through some bytes by counting, then sends on all that it finds, and UCSRA before the first.
const readLate = (count: number) => `${START_USART}
  ldi r24, ${count & 0xff}
  ldi r25, ${count >> 8}
  delay:
  sbiw r24, 1
  brne delay
  lds r16, UCSR0A
  rcall send
  loop:
  lds r17, UCSR0A
  sbrs r17, 7
  rjmp loop
  lds r16, UDR0
  rcall send
  rjmp loop
  ${SEND_R16}`;
/** Rounds of the delay (4 cycles each) for so many byte times. */
const rounds = (bytes: number) => Math.round((bytes * BYTE_CYCLES) / 4);

describe('the receive buffer (avr8js defect 4)', () => {
  it('holds two bytes, and a third in the shift register', () => {
    const { uno, bytes } = boot(readLate(rounds(5)));
    uno.run(40);
    uno.write(Uint8Array.of(1, 2, 3));
    uno.run(20 * BYTE_CYCLES);
    expect(bytes.slice(1)).toEqual([1, 2, 3]);
    expect(bytes[0]! & 0x88).toBe(0x80);
    expect(uno.counters.overruns).toBe(0);
  });

  it('loses the third when a fourth begins, says so in DOR and counts it', () => {
    const { uno, bytes } = boot(readLate(rounds(6)));
    uno.run(40);
    uno.write(Uint8Array.of(1, 2, 3, 4));
    uno.run(20 * BYTE_CYCLES);
    expect(bytes.slice(1)).toEqual([1, 2, 4]);
    expect(bytes[0]! & 0x88).toBe(0x88);
    expect(uno.counters.overruns).toBe(1);
  });

  it('keeps only the newest in avr8js as it comes', () => {
    const stock = new StockUno(assemble(readLate(rounds(5))));
    stock.run(40);
    stock.write([1, 2, 3]);
    stock.run(20 * BYTE_CYCLES);
    expect(stock.bytes.slice(1)).toEqual([3]);
  });

  it('is emptied when the receiver is switched off', () => {
    const { uno, bytes } = boot(`${START_USART}
      wait:
      lds r17, UCSR0A
      sbrs r17, 7
      rjmp wait
      ldi r18, 0x08
      sts UCSR0B, r18
      ldi r18, 0x18
      sts UCSR0B, r18
      lds r16, UCSR0A
      rcall send
      idle:
      rjmp idle
      ${SEND_R16}`);
    uno.run(100);
    uno.write(Uint8Array.of(7));
    uno.run(10 * BYTE_CYCLES);
    expect(bytes).toEqual([0x22]);
  });

  it('does not hear bytes while the receiver is off', () => {
    const { uno } = boot('idle:\n rjmp idle');
    uno.write(Uint8Array.of(1, 2, 3));
    uno.run(10 * BYTE_CYCLES);
    expect(uno.counters).toMatchObject({ bytesIn: 0, unheard: 3, overruns: 0 });
    expect(uno.pendingBytes).toBe(0);
  });

  it('paces bytes at the rate of the board, and forgets those on a line that was cut', () => {
    const { uno, bytes } = boot(readLate(1));
    uno.run(5 * BYTE_CYCLES);
    uno.write(Uint8Array.of(1, 2, 3));
    uno.run(uno.cycle + 1.5 * BYTE_CYCLES);
    expect(uno.counters.bytesIn).toBe(1);
    uno.cutLine();
    uno.run(uno.cycle + 10 * BYTE_CYCLES);
    expect(bytes.slice(1)).toEqual([1, 2]);
  });
});

describe('transmitting (avr8js defect 5)', () => {
  // Marks the moment of the first write by raising D13.
  const source = `${START_USART}
    ldi r18, 0x20
    sts DDRB, r18
    ldi r16, 65
    sts PORTB, r18
    sts UDR0, r16
    inc r16
    rcall send
    inc r16
    rcall send
    idle:
    rjmp idle
    ${SEND_R16}`;

  it('delivers a byte when its stop bit is over, the next ones without a gap', () => {
    const { uno, bytes, cycles } = boot(source);
    let written = NaN;
    uno.onPin(13, (level, cycle) => {
      if (level) written = cycle;
    });
    uno.run(10 * BYTE_CYCLES);
    expect(bytes).toEqual([65, 66, 67]);
    expect(cycles[0]! - written).toBeGreaterThanOrEqual(BYTE_CYCLES);
    expect(cycles[0]! - written).toBeLessThan(BYTE_CYCLES + 10);
    expect(cycles[1]! - cycles[0]!).toBeLessThan(BYTE_CYCLES + 4);
    expect(cycles[2]! - cycles[0]!).toBeLessThan(2 * BYTE_CYCLES + 8);
  });

  it('delivers it as it begins in avr8js as it comes', () => {
    const stock = new StockUno(assemble(source));
    let written = NaN;
    stock.portB.addListener(() => (written = stock.cpu.cycles));
    stock.run(10 * BYTE_CYCLES);
    expect(stock.sent[0]!.cycle - written).toBeLessThan(10);
  });

  it('ignores a byte written while buffer and shift register are full', () => {
    const { uno, bytes } = boot(`${START_USART}
      ldi r16, 1
      ldi r17, 2
      ldi r18, 3
      sts UDR0, r16
      sts UDR0, r17
      sts UDR0, r18
      idle:
      rjmp idle`);
    uno.run(10 * BYTE_CYCLES);
    expect(bytes).toEqual([1, 2]);
  });
});
