import { describe, expect, it, vi } from 'vitest';
import { EagerDebounce } from '../../../device/johnny-five/eager-debounce.ts';
import { PatternLight } from '../../../device/johnny-five/light-pattern.ts';
import { LineTone } from '../../../device/johnny-five/line-tone.ts';
import { PaddleSession } from '../../../device/johnny-five/paddle-session.ts';
import { MESSAGES, type UpMessage } from '../../../shared/contract/messages.ts';

describe('EagerDebounce', () => {
  it('reports the first edge, and is deaf until the contact has come to rest', () => {
    const debounce = new EagerDebounce();
    expect(debounce.look(false)).toBe(false);
    expect(debounce.look(true)).toBe(true);
    for (const closed of [false, true, false, true]) expect(debounce.look(closed)).toBe(false);
    expect(debounce.held).toBe(true);
    expect(debounce.listen()).toBe(false);
    expect(debounce.look(false)).toBe(true);
    expect(debounce.held).toBe(false);
  });

  it('reports a tap that ended while it was deaf in full', () => {
    const debounce = new EagerDebounce();
    expect([debounce.look(true), debounce.look(false), debounce.held]).toEqual([true, false, true]);
    expect([debounce.listen(), debounce.held]).toEqual([true, false]);
    // Reporting the end, it is deaf again.
    expect(debounce.look(true)).toBe(false);
    expect([debounce.listen(), debounce.held]).toEqual([true, true]);
  });
});

/** What the light shows in so many steps of 64 ms. */
const steps = (light: PatternLight, count: number): string =>
  Array.from({ length: count }, () => {
    const lit = light.lit ? '#' : '.';
    light.tick(64);
    return lit;
  }).join('');

describe('PatternLight', () => {
  it('shows the pattern of the state, over and over', () => {
    const light = new PatternLight();
    expect(steps(light, 4)).toBe('....');
    light.setBase('double-blink');
    expect(steps(light, 20)).toBe('#.#.............#.#.');
    light.setBase('steady');
    expect(steps(light, 17)).toBe('#'.repeat(17));
  });

  it('shows something else for a while, or until changed', () => {
    const light = new PatternLight();
    light.setBase('steady');
    light.show('flash', 256);
    expect(steps(light, 6)).toBe('##..##');
    light.show('off', 0);
    expect(steps(light, 40)).toBe('.'.repeat(40));
    light.setBase('slow-blink');
    expect(steps(light, 16)).toBe('########........');
  });
});

/** Positions of the messages within the bytes. */
const toggles = (bytes: number[]): number[] => bytes.flatMap((byte, index) => (byte === 0x91 ? [index] : []));

describe('LineTone', () => {
  const RATE = 5760;
  const HIGH = [0x91, 2, 0];
  const LOW = [0x91, 0, 0];

  /** Plays on a clock of its own. @returns the bytes, and when each was written */
  const play = (halfPeriodUs: number, durationMs: number, untilMs: number): { bytes: number[]; at: number[] } => {
    vi.useFakeTimers();
    try {
      const bytes: number[] = [];
      const at: number[] = [];
      const tone = new LineTone({
        bytesPerSecond: RATE,
        nowMs: () => performance.now(),
        write: (data) => {
          for (const byte of data) {
            bytes.push(byte);
            at.push(performance.now());
          }
        },
        toggle: (level) => (level ? HIGH : LOW),
      });
      tone.start(halfPeriodUs, durationMs);
      vi.advanceTimersByTime(untilMs);
      tone.stop();
      expect(vi.getTimerCount()).toBe(0);
      return { bytes, at };
    } finally {
      vi.useRealTimers();
    }
  };

  it('spaces its toggles by bytes on the line, and ends low', () => {
    const { bytes } = play(1e6 / 440 / 2, 300, 1000);
    const positions = toggles(bytes.slice(0, -3));
    expect(bytes.slice(-3)).toEqual(LOW);
    const span = positions.at(-1)! - positions[0]!;
    expect(((positions.length - 1) / 2 / span) * RATE).toBeCloseTo(440, -0.5);
    expect(bytes.length / RATE).toBeCloseTo(0.3, 2);
    for (const [index, position] of positions.entries()) {
      expect(bytes.slice(position, position + 3)).toEqual(index % 2 === 0 ? HIGH : LOW);
    }
  });

  it('writes a little ahead, never all of it', () => {
    const { at } = play(1136, Infinity, 2000);
    expect(at.length).toBeGreaterThan(11_000);
    for (const [index, ms] of at.slice(0, -3).entries()) {
      const aheadMs = (index / RATE) * 1000 - (ms - at[0]!);
      expect(aheadMs).toBeLessThan(41);
    }
  });

  it('plays what is too high for the line some octaves lower', () => {
    const { bytes } = play(1e6 / 4000 / 2, 300, 1000);
    const positions = toggles(bytes.slice(0, -3));
    const span = positions.at(-1)! - positions[0]!;
    expect(((positions.length - 1) / 2 / span) * RATE).toBeCloseTo(500, -1);
  });
});

/** A session, what it sends, and the hub's side of it. */
const begin = () => {
  const sent: UpMessage[] = [];
  const session = new PaddleSession(
    { id: 'frank', name: 'Frank', firmware: 'firmata 2.3', room: 'main', side: 'up' },
    (message) => {
      // What it sends is what the contract allows.
      for (const [name, field] of Object.entries(MESSAGES[message.type].fields)) {
        field.check(Object.entries(message).find(([key]) => key === name)?.[1]);
      }
      sent.push(message);
    },
  );
  const types = () => sent.splice(0).map(({ type }) => type);
  const welcome = () =>
    session.receive({ type: 'WELCOME', version: 1, id: 'frank', name: 'F', lifetimePoints: 0, lifetimeWins: 0 }, 0);
  const seat = (side: string) => session.receive({ type: 'SEAT', room: 'main', side, index: 0 }, 7);
  const error = (code: string) => session.receive({ type: 'ERROR', code, text: '', detail: null }, 0);
  return { session, sent, types, welcome, seat, error };
};

describe('PaddleSession', () => {
  it('introduces itself, again with growing pauses, until it is welcome', () => {
    const { session, sent, types, welcome } = begin();
    session.start();
    expect(sent[0]).toEqual({
      type: 'HELLO',
      version: 1,
      id: 'frank',
      kind: 'board',
      name: 'Frank',
      firmware: 'firmata 2.3',
      restarts: 0,
      lastSeq: 0,
      wants: 0,
      maxBaud: 0,
    });
    const helloAt: number[] = [];
    sent.length = 0;
    for (let ms = 100; ms <= 16_000; ms += 100) {
      session.tick(100);
      if (types().length > 0) helloAt.push(ms);
    }
    expect(helloAt).toEqual([500, 1500, 3500, 7500, 11_500, 15_500]);
    welcome();
    expect(sent).toEqual([{ type: 'JOIN', room: 'main', side: 'up' }]);
  });

  it('reports inputs only while it has a seat, with numbers that count up', () => {
    const { session, sent, types, welcome, seat } = begin();
    session.start();
    session.buttons(1, 10);
    expect(types()).toEqual(['HELLO']);
    welcome();
    types();
    seat('up');
    expect(sent.splice(0)).toEqual([{ type: 'INPUT', seq: 1, time: 7, buttons: 1, axis: null }]);
    session.buttons(0, 20);
    session.axis(4095, 30);
    expect(sent).toEqual([
      { type: 'INPUT', seq: 2, time: 20, buttons: 0, axis: null },
      { type: 'INPUT', seq: 3, time: 30, buttons: 0, axis: 4095 },
    ]);
  });

  it('asks for a seat again when the answer is lost, or when a button is pressed', () => {
    const { session, types, welcome, seat, error } = begin();
    session.start();
    welcome();
    types();
    session.tick(2000);
    expect(types()).toEqual(['JOIN']);
    error('seat-none-free');
    session.receive({ type: 'PING', token: 1 }, 0);
    session.tick(2500);
    expect(types()).toEqual([]);
    session.buttons(2, 1);
    expect(types()).toEqual(['JOIN']);
    session.buttons(0, 1);
    expect(types()).toEqual([]);
    seat('left');
    types();
    seat('');
    session.buttons(2, 1);
    expect(types()).toEqual(['JOIN']);
  });

  it('looks for a hub again when it hears none for 3 s, and when the hub has forgotten it', () => {
    const { session, types, welcome, seat, error } = begin();
    session.start();
    welcome();
    seat('up');
    types();
    for (let second = 0; second < 5; second++) {
      session.tick(1000);
      session.receive({ type: 'PING', token: second }, 0);
    }
    expect(types()).toEqual([]);
    session.tick(3000);
    expect(types()).toEqual(['HELLO']);
    expect(session.hasHub).toBe(false);
    welcome();
    types();
    session.tick(200);
    error('hello-required');
    error('hello-required');
    expect(types()).toEqual(['HELLO']);
    welcome();
    seat('up');
    types();
    error('seat-missing');
    expect(types()).toEqual(['JOIN']);
  });

  it('shows its state by the light, and what the hub wants over it', () => {
    const { session, welcome, seat } = begin();
    const blinks = (): string => {
      let shown = '';
      for (let step = 0; step < 16; step++) {
        shown += session.light.lit ? '#' : '.';
        session.light.tick(64);
      }
      return shown;
    };
    session.receive({ type: 'EFFECT', effect: 'light', value: 1, ms: 0 }, 0);
    session.start();
    expect(blinks()).toBe('########........');
    welcome();
    expect(blinks()).toBe('#.#.............');
    seat('up');
    expect(blinks()).toBe('################');
    session.receive({ type: 'EFFECT', effect: 'light', value: 0, ms: 512 }, 0);
    expect(blinks()).toBe('........########');
    session.receive({ type: 'EFFECT', effect: 'light', value: 9, ms: 512 }, 0);
    session.receive({ type: 'EFFECT', effect: 'identify', value: 0, ms: 1024 }, 0);
    expect(blinks()).toBe('#.#.#.#.#.#.#.#.');
    session.receive({ type: 'END', result: 'loss', winner: '', scores: [], stats: null }, 0);
    expect(blinks()).toBe('################');
    session.receive({ type: 'END', result: 'win', winner: 'up', scores: [], stats: null }, 0);
    expect(blinks()).toBe('###.###.###.....');
  });
});
