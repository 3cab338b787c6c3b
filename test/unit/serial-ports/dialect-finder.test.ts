import { describe, expect, it } from 'vitest';
import { ASK_AT_FIRST_BAUD, ASK_FIRMATA } from '../../../hub/links/serial/dialects.ts';
import { DialectFinder, type Order } from '../../../hub/links/serial/dialect-finder.ts';
import { encode } from '../../../shared/contract/codec.ts';
import type { Message } from '../../../shared/contract/messages.ts';
import { encodeFrame } from '../../../shared/serial/frame.ts';
import { Random } from '../../support/random.ts';

const frame = (message: Message): Uint8Array => encodeFrame(encode(message));
const text = (line: string): Uint8Array => new TextEncoder().encode(line);
const PONG = frame({ type: 'PONG', token: 1, time: 2, lost: 0 });
const FIRMATA = Uint8Array.of(0xf9, 2, 3, 0xf0, 0x79, 2, 3, 0x53, 0, 0x74, 0, 0xf7);

/** Lets time pass, and tells what was ordered, each with its time. */
function run(finder: DialectFinder, untilMs: number): (Order & { at: number })[] {
  const orders: (Order & { at: number })[] = [];
  while (finder.wakeAt <= untilMs) {
    const at = finder.wakeAt;
    orders.push({ at, ...finder.tick(at) });
  }
  return orders;
}

describe('the finder of dialects', () => {
  it.each<[string, Uint8Array]>([
    ['paddlewire', PONG],
    ['paddlewire', encodeFrame(Uint8Array.of(0x43, 1, 0x10, 7))],
    ['firmata', FIRMATA],
    ['text', text('U\r\n')],
    ['text', text('axis 512\n')],
    ['text', text('hello desk-3 Anna\n')],
  ])('knows %s byte by byte, at once', (dialect, bytes) => {
    const finder = new DialectFinder(0);
    const decided = [...bytes].findIndex((byte) => finder.push(Uint8Array.of(byte)));
    expect([decided, finder.dialect, finder.state]).toEqual([
      dialect === 'text' ? bytes.findIndex((byte) => byte === 10 || byte === 13) : bytes.length - 1,
      dialect,
      'decided',
    ]);
    expect(finder.wakeAt).toBe(Infinity);
  });

  it('keeps what was read at the rate of the dialect, however long it talked before', () => {
    const finder = new DialectFinder(0);
    for (let line = 0; line < 1000; line++) finder.push(text('measured 17\n'));
    finder.push(text('U\n'));
    const kept = new TextDecoder().decode(finder.unread);
    expect(kept.endsWith('measured 17\nU\n')).toBe(true);
    expect(kept.length).toBeLessThan(4096);
  });

  it('forgets what was read at another rate', () => {
    const finder = new DialectFinder(0);
    finder.push(Uint8Array.of(0xf0, 0x79, 2));
    run(finder, 1900);
    finder.push(Uint8Array.of(3, 0xf7));
    expect([finder.baud, finder.dialect]).toEqual([57_600, null]);
    finder.push(FIRMATA);
    expect([finder.dialect, [...finder.unread]]).toEqual(['firmata', [3, 0xf7, ...FIRMATA]]);
  });

  it('listens first, asks in each dialect within 2 s, and goes on asking for ever, less often', () => {
    const finder = new DialectFinder(0);
    expect([finder.state, finder.wakeAt]).toEqual(['listen', 500]);
    const first = run(finder, 2000);
    expect(finder.state).toBe('probe');
    expect(first.some(({ write }) => write === ASK_AT_FIRST_BAUD)).toBe(true);
    expect(first.some(({ baud, write }) => baud === 57_600 && write === ASK_FIRMATA)).toBe(true);
    run(finder, 10_000);
    expect(finder.state).toBe('nobody');
    const minute = run(finder, 70_000);
    expect(minute.filter(({ write }) => write !== null).length).toBeLessThan(30);
    expect(minute.filter(({ baud }) => baud === 9600).length).toBeGreaterThan(5);
    expect(finder.push(PONG)).toBe(true);
  });

  it('is not deceived by an echo of its own questions', () => {
    const finder = new DialectFinder(0);
    for (let time = 0; time < 20_000; time += 100)
      for (const { write } of run(finder, time)) if (write !== null) expect(finder.push(write)).toBe(false);
  });

  it('is not deceived by garbage, and hears who speaks after it', () => {
    const random = new Random(7);
    for (let round = 0; round < 200; round++) {
      const finder = new DialectFinder(0);
      finder.push(random.bytes(2000));
      expect(finder.dialect).toBe(null);
      finder.push(Uint8Array.of(0, ...PONG));
      expect(finder.dialect).toBe('paddlewire');
    }
  });

  it('tells what was heard of the last round: text, something else, nothing', () => {
    const finder = new DialectFinder(0);
    finder.push(text('temperature 21\n'));
    run(finder, 4300);
    expect([finder.rounds, finder.heard.line]).toEqual([1, 'temperature 21']);
    finder.push(Uint8Array.from({ length: 50 }, () => 0xe0));
    run(finder, 9300);
    expect([finder.rounds, finder.heard]).toEqual([2, { bytes: 50, line: null }]);
    run(finder, 14_300);
    expect([finder.rounds, finder.heard.bytes]).toEqual([3, 0]);
  });
});

describe('a question', () => {
  it('ends no program of MicroPython, and begins with no command of a boot loader', () => {
    for (const question of [ASK_AT_FIRST_BAUD, ASK_FIRMATA]) {
      for (const control of [1, 2, 3, 4, 5]) expect(question).not.toContain(control);
      expect(question[0] === 0 || (question[0] ?? 0) >= 0x80).toBe(true);
    }
    // No sysex that a Firmata would wait in.
    expect(ASK_AT_FIRST_BAUD).not.toContain(0xf0);
  });
});
