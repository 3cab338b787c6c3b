/** Journals for tests: matches of any game by players who do anything, the same for the same seed. */
import { withDefaults } from '../../shared/games/game.ts';
import { pong } from '../../shared/games/pong/pong.ts';
import type { AnyGame } from '../../shared/games/registry.ts';
import type { Plain } from '../../shared/journal/byte-writer.ts';
import { SEAT_EVENTS, type Call, type JournalHeader } from '../../shared/journal/calls.ts';
import { JournalReader } from '../../shared/journal/journal-reader.ts';
import { JournalWriter } from '../../shared/journal/journal-writer.ts';
import { MatchRecorder } from '../../shared/journal/match-recorder.ts';
import { DEVICE_KINDS } from '../../shared/contract/messages.ts';
import { Random } from './random.ts';

export interface MatchOptions {
  readonly seed: number;
  readonly ticks: number;
  readonly rate?: number;
  readonly parameters?: Readonly<Record<string, Plain>>;
  /** Of 1000 ticks, how many have something rare: somebody comes or goes, a pause, a note. */
  readonly rare?: number;
  /** Seats taken at the beginning. */
  readonly seats?: number;
  /** Changes of input in a second, of all seats together. */
  readonly changes?: number;
  /** Whether the journal comes to its end. */
  readonly finish?: boolean;
}

export function headerOf(
  game: AnyGame,
  { seed, rate = 60, parameters = {} }: MatchOptions,
): Omit<JournalHeader, 'format'> {
  return {
    game: game.name,
    rules: game.version,
    parameters: withDefaults(game.parameters, parameters),
    seed,
    rate,
    seats: [...game.seats],
    startedAt: 1_790_000_000_000,
    about: { room: 'main' },
  };
}

/** Collects what a writer writes. */
export class Bytes {
  readonly #parts: Uint8Array[] = [];
  readonly sink = (bytes: Uint8Array): void => void this.#parts.push(bytes);

  get all(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#parts));
  }

  /** Ends of the parts: every record is handed on whole. */
  get ends(): number[] {
    let end = 0;
    return this.#parts.map((part) => (end += part.length));
  }
}

/** Plays a match as a room does, and records it. */
export class RandomMatch {
  readonly #game: AnyGame;
  readonly #random: Random;
  readonly #options: MatchOptions;
  readonly #commands: Plain[];
  readonly #seated = new Set<number>();
  readonly recorder: MatchRecorder;
  readonly bytes = new Bytes();
  state: unknown;
  tick = 0;
  /** Moves on a little unevenly, as a clock does beside ticks. */
  #time = 0;

  constructor(game: AnyGame, options: MatchOptions) {
    this.#game = game;
    this.#options = options;
    this.#random = new Random(options.seed);
    const header = headerOf(game, options);
    this.recorder = new MatchRecorder({ header, sink: this.bytes.sink, time: () => this.#time });
    this.state = game.initial(header.parameters as never, options.seed, header.rate);
    this.#commands = game.seats.map(() => null);
    const taken = Math.min(options.seats ?? 2, game.seats.length);
    for (let seat = 0; seat < taken; seat++) this.#seat(seat, 'join');
  }

  /** @returns the bytes of the journal */
  play(): Uint8Array {
    const { ticks, finish = true } = this.#options;
    while (this.tick < ticks && this.#game.outcome(this.state) === null) this.step();
    if (finish) {
      const outcome = this.#game.outcome(this.state) ?? { kind: 'void' };
      this.recorder.finish(outcome, this.#game.scores(this.state), this.state);
    }
    return this.bytes.all;
  }

  step(): void {
    const { rate = 60, rare = 10, changes = 10 } = this.#options;
    if (this.#random.below(1000) < rare) this.#somethingRare();
    if (this.#game.host !== undefined && this.#random.below(20) === 0) this.#host();
    for (const seat of this.#seated)
      if (this.#random.below(rate * this.#seated.size) < changes) this.#commands[seat] = this.#command(seat);
    this.recorder.step([...this.#commands]);
    this.state = this.#game.step(this.state, [...this.#commands], []);
    this.tick++;
    this.#time += 1000 / rate + (this.#random.below(5) - 2);
    this.recorder.played(this.state);
  }

  #command(seat: number): Plain {
    const axis = this.#random.below(8) === 0 ? this.#random.below(4096) : null;
    const at = Math.round((this.tick * 1_000_000) / (this.#options.rate ?? 60)) - this.#random.below(200_000);
    const sensed = { buttons: this.#random.below(16), axis, stamp: { at, bound: this.#random.below(20_000) } };
    return this.#game.command(sensed, seat) as Plain;
  }

  #host(): void {
    const word = this.#random.pick(['arm', 'right', 'wrong', 'next']);
    const state = this.#game.host?.(this.state, word, []) ?? null;
    if (state === null) return;
    this.state = state;
    this.recorder.note({ op: 'host', word });
  }

  #seat(seat: number, event: (typeof SEAT_EVENTS)[number]): void {
    if (event === 'join') this.state = this.#game.join(this.state, seat);
    if (event === 'leave') this.state = this.#game.leave(this.state, seat);
    if (event === 'join') this.#seated.add(seat);
    if (event === 'leave') this.#seated.delete(seat);
    if (event !== 'rejoin') this.#commands[seat] = null;
    this.recorder.note({ op: 'seat', event, seat, kind: this.#random.pick(DEVICE_KINDS) });
  }

  #somethingRare(): void {
    const { recorder } = this;
    const number = this.#random.below(100_000);
    switch (this.#random.below(9)) {
      case 0:
        return this.#seat(this.#random.below(this.#game.seats.length), this.#random.pick(SEAT_EVENTS));
      case 1:
        recorder.note({ op: 'pause', reason: 'teacher' });
        this.#time += number;
        return recorder.note({ op: 'resume' });
      case 2:
        return recorder.note({ op: 'mark', kind: 'note', data: { text: 'schön: ✓', number, half: number / 7 } });
      case 3:
        return recorder.note({
          op: 'memory',
          keys: [`a${number % 10}`],
          value: [number, -number, { deep: [null, true] }],
        });
      case 4:
        return recorder.note({ op: 'lab', settings: { delayMs: number % 300, lossPercent: 0.5 } });
      case 5:
        return recorder.note({ op: 'custom', code: 64 + (number % 192), data: number });
      case 6:
        return recorder.key(this.state);
      case 7:
        // A clock that is set back: time stands still.
        this.#time = Math.max(0, this.#time - 500);
        return;
      default:
        return recorder.note({ op: 'mark', kind: 'point', data: { seat: 0, against: null } });
    }
  }
}

export const recordMatch = (game: AnyGame, options: MatchOptions): Uint8Array => new RandomMatch(game, options).play();

/** A small match of Pong with a call of every kind. */
export function smallJournal(finish = true): Uint8Array {
  const bytes = new Bytes();
  const writer = new JournalWriter(headerOf(pong, { seed: 7, ticks: 0 }), bytes.sink);
  for (const call of callsOfEveryKind()) writer.write(call);
  if (finish) writer.finish();
  return bytes.all;
}

function callsOfEveryKind(): Call[] {
  const state = pong.initial(withDefaults(pong.parameters), 7, 60);
  const small = { tick: 40, list: [1, -1, 1.5, 'text', null, true, { a: [] }] };
  return [
    { op: 'seat', event: 'join', seat: 0, kind: 'board', tick: 0, time: 0 },
    { op: 'seat', event: 'join', seat: 1, kind: 'browser', tick: 0, time: 4 },
    { op: 'input', seat: 0, command: 1, tick: 3, time: 60 },
    { op: 'input', seat: 1, command: 2, tick: 5, time: 93 },
    { op: 'pause', reason: 'teacher', tick: 20, time: 340 },
    { op: 'resume', tick: 20, time: 5000 },
    { op: 'mark', kind: 'note', data: 'look here', tick: 30, time: 5170 },
    { op: 'memory', keys: ['best'], value: { rally: 3 }, tick: 30, time: 5170 },
    { op: 'lab', settings: { delayMs: 100 }, tick: 30, time: 5180 },
    { op: 'host', word: 'next', tick: 31, time: 5190 },
    { op: 'custom', code: 200, data: small, tick: 40, time: 5340 },
    { op: 'key', state: { ball: state.ball as unknown as Plain }, commands: [1, 2, null, null], tick: 50, time: 5500 },
    { op: 'hash', hash: '0badcafe', tick: 60, time: 5670 },
    { op: 'seat', event: 'drop', seat: 0, kind: '', tick: 61, time: 5680 },
    { op: 'outcome', outcome: { kind: 'void' }, scores: [0, 0, 0, 0], hash: '0badcafe', tick: 70, time: 5840 },
  ];
}

export const callsIn = (bytes: Uint8Array): Call[] => [...new JournalReader(bytes).calls()];

/** The journal that docs/journal.md writes out by hand. */
export function exampleJournal(): Uint8Array {
  const bytes = new Bytes();
  const header = {
    game: 'toy',
    rules: 1,
    parameters: {},
    seed: 7,
    rate: 60,
    seats: ['a', 'b'],
    startedAt: 0,
    about: {},
  };
  const writer = new JournalWriter(header, bytes.sink);
  writer.write({ op: 'seat', event: 'join', seat: 1, kind: 'browser', tick: 0, time: 0 });
  writer.write({ op: 'input', seat: 0, command: 1, tick: 3, time: 50 });
  writer.write({ op: 'input', seat: 1, command: null, tick: 5, time: 83 });
  writer.write({ op: 'key', state: { x: -1 }, commands: [1, null], tick: 60, time: 1001 });
  writer.write({ op: 'hash', hash: '0badcafe', tick: 60, time: 1001 });
  writer.write({
    op: 'outcome',
    outcome: { kind: 'win', winner: 0 },
    scores: [1, 0],
    hash: '0badcafe',
    tick: 200,
    time: 3335,
  });
  writer.finish();
  return bytes.all;
}
