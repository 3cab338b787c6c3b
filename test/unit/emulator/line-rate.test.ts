/** Two ends of a line at different rates: what arrives is garbage, and the board's side flags it. */
import { describe, expect, it } from 'vitest';
import { HostEnd } from '../../../hardware/emulator/host-end.ts';
import { heardAs, ratesMatch } from '../../../hardware/emulator/line-rate.ts';
import { F_CPU } from '../../../hardware/emulator/registers.ts';
import { EmulatedUno } from '../../../hardware/emulator/uno.ts';
import { VirtualBench } from '../../../hardware/emulator/virtual-bench.ts';
import { assemble, START_USART } from './support/assemble.ts';

/** Sends back each byte, and before it the framing error flag of that byte, as 0x10 or 0. */
const ECHO = `${START_USART}
    loop:
    lds r17, UCSR0A
    sbrs r17, 7
    rjmp loop
    lds r16, UDR0
    andi r17, 0x10
    sts UDR0, r17
    wait:
    lds r18, UCSR0A
    sbrs r18, 5
    rjmp wait
    sts UDR0, r16
    rjmp loop`;

/** A board at 117647 baud, and what it makes of bytes of a host at `baud`. */
function echoed(baud: number, bytes: readonly number[]): { flags: number[]; heard: number[]; uno: EmulatedUno } {
  const uno = new EmulatedUno();
  const all: number[] = [];
  uno.onTx((byte) => all.push(byte));
  uno.load(assemble(ECHO));
  uno.run(1000);
  for (const byte of bytes) {
    uno.write(Uint8Array.of(byte), baud);
    uno.run(uno.cycle + 4 * Math.max(1360, (10 * F_CPU) / baud));
  }
  return { flags: all.filter((_, at) => at % 2 === 0), heard: all.filter((_, at) => at % 2 === 1), uno };
}

describe('bytes to the board', () => {
  it.each([114_000, 115_200, 117_647, 122_000])('from a host at %i baud arrive whole at 117647', (baud) => {
    const { flags, heard, uno } = echoed(baud, [0, 0x55, 0xff]);
    expect(heard).toEqual([0, 0x55, 0xff]);
    expect(flags).toEqual([0, 0, 0]);
    expect(uno.counters.garbled).toBe(0);
  });

  it.each([9600, 57_600, 112_000, 124_000, 1_000_000])('from a host at %i baud are garbage, and flagged', (baud) => {
    const sent = [0, 0x55, 0xff, 0x80];
    const { flags, heard, uno } = echoed(baud, sent);
    expect(heard.length).toBe(4);
    for (const [index, byte] of heard.entries()) expect(byte).not.toBe(sent[index]);
    expect(flags).toEqual([0x10, 0x10, 0x10, 0x10]);
    expect(uno.counters.garbled).toBe(4);
  });

  it('the flag is that of the byte that is read next', () => {
    const { uno } = echoed(9600, [0x55]);
    const all: number[] = [];
    uno.onTx((byte) => all.push(byte));
    uno.write(Uint8Array.of(0x55));
    uno.run(uno.cycle + 6000);
    expect(all).toEqual([0, 0x55]);
  });

  it('take the time of their sender', () => {
    const uno = new EmulatedUno();
    uno.load(assemble(ECHO));
    uno.run(1000);
    uno.write(new Uint8Array(10), 9600);
    uno.run(uno.cycle + 9.5 * 10 * (F_CPU / 9600));
    expect(uno.pendingBytes).toBe(1);
  });
});

describe('bytes to the host', () => {
  it('of a board at another rate are garbage', () => {
    const uno = new EmulatedUno();
    const host = new HostEnd(uno, 9600);
    const heard: number[] = [];
    const stop = host.onByte((byte) => heard.push(byte));
    uno.load(assemble(ECHO));
    uno.run(1000);
    uno.write(Uint8Array.of(0x55));
    uno.run(uno.cycle + 6000);
    expect(heard.length).toBe(2);
    expect(heard[1]).not.toBe(0x55);
    expect(host.garbled).toBe(2);
    host.baud = 115_200;
    uno.write(Uint8Array.of(0x55));
    uno.run(uno.cycle + 6000);
    expect(heard.slice(2)).toEqual([0, 0x55]);
    stop();
  });
});

it('a board tells its rate, 0 while its port is off', () => {
  const uno = new EmulatedUno();
  uno.load(assemble(ECHO));
  expect(uno.baud).toBe(0);
  uno.run(1000);
  expect(uno.baud).toBe(117_647);
});

it('a virtual bench has a host with a rate for each board', () => {
  const bench = new VirtualBench();
  for (const name of ['a', 'b']) {
    const uno = new EmulatedUno();
    uno.load(assemble(ECHO));
    bench.add(name, uno);
  }
  bench.setBaud('b', 1_000_000);
  bench.run(1600);
  for (const name of ['a', 'b']) bench.write(name, Uint8Array.of(0x42));
  bench.run(16_000);
  const heard = (board: string): number[] =>
    bench.transcript.filter((event) => event.board === board && event.kind === 'tx').map(({ value }) => value);
  expect(heard('a')).toEqual([0, 0x42]);
  expect(heard('b').length).toBe(2);
  expect(heard('b')).not.toContain(0x42);
});

describe('rates', () => {
  it('match within 4 %', () => {
    expect(ratesMatch(115_200, 117_647)).toBe(true);
    expect(ratesMatch(96.1, 100)).toBe(true);
    expect(ratesMatch(95, 100)).toBe(false);
    expect(ratesMatch(105, 100)).toBe(false);
  });

  it('that do not: a byte is never taken for itself', () => {
    for (let byte = 0; byte < 256; byte++) {
      for (const ratio of [0.1, 0.5, 0.9, 1.1, 2, 8.7]) {
        const heard = heardAs(byte, 1, ratio);
        expect(heard).not.toBe(byte);
        expect(heard).toBeGreaterThanOrEqual(0);
        expect(heard).toBeLessThanOrEqual(255);
      }
    }
  });
});
