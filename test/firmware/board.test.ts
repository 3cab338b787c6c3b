/** The committed program on the emulated board: how it finds a hub, what it keeps, and what it makes of garbage. */
import { describe, expect, test } from 'vitest';
import { Random } from '../support/random.ts';
import { cyclesOf, DOWN_PIN, msOf, PaddleBench, UP_PIN } from './support/paddle-bench.ts';

const erased = (): Uint8Array => new Uint8Array(1024).fill(0xff);

describe('finding a hub', () => {
  test('HELLO within 40 ms of a reset, then with back-off up to 4 s', () => {
    const bench = new PaddleBench();
    bench.runMs(12_500);
    const times = bench.heard.map(({ cycle }) => msOf(cycle));
    expect(times[0]).toBeLessThan(40);
    expect(times.slice(1).map((time, index) => Math.round(time - (times[index] ?? 0)))).toEqual([
      500, 1000, 2000, 4000, 4000,
    ]);
    expect(bench.all('HELLO')[0]).toEqual({
      type: 'HELLO',
      version: 1,
      id: '',
      kind: 'board',
      name: '',
      firmware: 'uno 0.2.0',
      restarts: 1,
      lastSeq: 0,
      wants: 0,
      maxBaud: 1_000_000,
    });
    expect(bench.lost).toBe(0);
  });

  test('WELCOME gives it an id for good, and it asks for a seat', () => {
    const eeprom = erased();
    const bench = new PaddleBench(eeprom);
    bench.await('HELLO', 40);
    bench.welcome('uno-7f3a2c91');
    expect(bench.await('JOIN', 20)).toEqual({ type: 'JOIN', room: '', side: '' });
    bench.runMs(200);
    bench.uno.reset('external');
    expect(bench.await('HELLO', 60)).toMatchObject({ id: 'uno-7f3a2c91', restarts: 2 });
    bench.welcome('uno-other');
    bench.runMs(300);
    bench.uno.reset('power');
    expect(bench.await('HELLO', 60)).toMatchObject({ id: 'uno-7f3a2c91', restarts: 3 });
  });

  test('an id of 32 bytes is kept whole', () => {
    const bench = new PaddleBench();
    const id = 'abcdefghijklmnopqrstuvwxyz.01234';
    bench.await('HELLO', 40);
    bench.welcome(id);
    bench.runMs(300);
    bench.uno.reset('external');
    expect(bench.await('HELLO', 60).id).toBe(id);
  });

  test('no seat free: it waits, and a press asks again', () => {
    const bench = new PaddleBench();
    bench.await('HELLO', 40);
    bench.welcome();
    bench.await('JOIN', 20);
    bench.send({
      type: 'ERROR',
      code: 'seat-none-free',
      text: 'All seats of the room are taken.',
      detail: { free: [] },
    });
    bench.runPinged(6000);
    expect(bench.all('JOIN').length).toBe(1);
    bench.uno.setPin(DOWN_PIN, false);
    bench.await('JOIN', 20);
    expect(bench.inputs).toEqual([]);
  });

  test('PING is answered within a millisecond of its bytes, with the clock', () => {
    const bench = new PaddleBench();
    bench.seat();
    const times: number[] = [];
    for (let token = 0; token < 50; token++) {
      bench.send({ type: 'PING', token: 0x1000_0000 + token });
      expect(bench.await('PONG', 4).token).toBe(0x1000_0000 + token);
      times.push(bench.all('PONG').at(-1)?.time ?? 0);
      bench.runMs(100);
    }
    const started = times[0] ?? 0;
    for (const [index, time] of times.entries())
      expect(Math.abs(time - started - index * 103_500)).toBeLessThan(50_000);
  });

  test('the hub falls silent: after 3 s it searches, and presses are not queued', () => {
    const bench = new PaddleBench();
    bench.seat();
    bench.runPinged(10_000);
    expect(bench.all('HELLO').length).toBe(1);
    const silentSince = bench.now;
    bench.await('HELLO', 5000);
    expect(msOf(bench.now - silentSince)).toBeLessThan(3000);
    bench.uno.setPin(UP_PIN, false);
    bench.runMs(100);
    bench.uno.setPin(UP_PIN, true);
    bench.runMs(100);
    expect(bench.inputs).toEqual([]);
    bench.seat();
    // It was silent about both changes, so it tells what is held: nothing.
    expect(bench.inputs).toEqual([]);
  });

  test('a hub that was restarted asks for HELLO and gets it at once', () => {
    const bench = new PaddleBench();
    bench.seat();
    bench.runMs(200);
    bench.send({ type: 'ERROR', code: 'hello-required', text: 'Say HELLO.', detail: null });
    bench.await('HELLO', 15);
  });
});

describe('starts', () => {
  test('are counted over power cuts at any moment, and no number is told twice', () => {
    const eeprom = erased();
    const random = new Random(11);
    const told: number[] = [];
    const bench = new PaddleBench(eeprom);
    for (let start = 0; start < 400; start++) {
      const before = bench.all('HELLO').length;
      bench.runMs(random.below(45));
      const hello = bench.all('HELLO')[before];
      if (hello) told.push(hello.restarts);
      bench.uno.reset('power');
    }
    expect(told.length).toBeGreaterThan(50);
    expect(told).toEqual([...new Set(told)].toSorted((a, b) => a - b));
  });

  test('wear each cell once in 16 starts', () => {
    const eeprom = erased();
    const bench = new PaddleBench(eeprom);
    const slots = (): string[] =>
      Array.from({ length: 16 }, (_, slot) => eeprom.subarray(64 + 6 * slot, 70 + 6 * slot).join());
    for (let start = 1; start <= 40; start++) {
      const before = slots();
      bench.await('HELLO', 60);
      expect(slots().filter((slot, index) => slot !== before[index]).length).toBe(1);
      bench.uno.reset('external');
      bench.runMs(1);
    }
  });
});

describe('garbage on the line', () => {
  test('30,000 random bytes, a frame of 10,000 without delimiter: it plays on', () => {
    const bench = new PaddleBench();
    bench.seat();
    const random = new Random(5);
    for (let block = 0; block < 30; block++) {
      bench.uno.write(random.bytes(1000));
      bench.runMs(90);
      // The first ends the garbage before it, and is lost with it.
      bench.send({ type: 'PING', token: block });
      bench.send({ type: 'PING', token: block });
    }
    bench.uno.write(new Uint8Array(10_000).fill(0x55));
    bench.uno.write(Uint8Array.of(0));
    bench.runMs(860);
    bench.send({ type: 'PING', token: 4711 });
    bench.runMs(20);
    expect(bench.all('PONG').at(-1)?.token).toBe(4711);
    bench.uno.setPin(UP_PIN, false);
    bench.runMs(20);
    expect(bench.inputs.at(-1)?.input.buttons).toBe(1);
    expect(bench.uno.counters.overruns).toBe(0);
    expect(bench.lost).toBe(0);
  });

  test('a half frame before a reset does not spoil the HELLO after it', () => {
    const bench = new PaddleBench();
    bench.seat();
    bench.send({ type: 'PING', token: 1 });
    // In the middle of the PONG.
    bench.uno.run(bench.now + cyclesOf(1.2));
    bench.uno.reset('external');
    expect(bench.await('HELLO', 60).restarts).toBe(2);
  });
});
