/** A journal tick by tick: what was, what was asked for, what followed. */
import type { GameEvent, Outcome } from '../games/game.ts';
import type { Plain } from './byte-writer.ts';
import type { Call } from './calls.ts';
import { nominalTime } from './format.ts';
import type { JournalReader } from './journal-reader.ts';
import { played, rulesOf } from './open.ts';
import { Replay } from './replay.ts';

export interface Moment {
  readonly tick: number;
  /** ms since the match began: that of the last call, and on at the rate of the match. */
  readonly time: number;
  /** Calls that were done before this tick was played. */
  readonly calls: readonly Call[];
  /** The state in which the commands are given. */
  readonly state: unknown;
  /** In force for this tick; null at the very end, where nothing is played any more. */
  readonly commands: readonly Plain[] | null;
  /** The state after the tick. */
  readonly after: unknown;
  /** What happened in it and in its calls. */
  readonly events: readonly GameEvent[];
  /** Points of every seat after the tick, and how many more than after the one before. */
  readonly scores: readonly number[];
  readonly gained: readonly number[];
  /** The rules', or what was recorded where they say nothing: a match that was given up. */
  readonly outcome: Outcome | null;
}

/**
 * Each tick, then the end: that of the whole part, where `reader.damage` says so. Holds one tick at a time.
 * @throws PaddlewireError journal-rules-unknown, -unplayable
 */
export function* timeline(reader: JournalReader): Generator<Moment> {
  const replay = new Replay(rulesOf(reader.header), reader.header);
  const feed = new Feed(reader, replay);
  let before = replay.game.scores(replay.state);
  for (let first = true; ; first = false) {
    const calls = played(() => feed.applyDue());
    if (first && calls[0]?.op === 'key') before = replay.game.scores(replay.state);
    const moment = played(() => step(replay, feed, calls, before));
    before = moment.scores;
    yield moment;
    if (moment.commands === null) return;
  }
}

/** The calls of a journal, as their ticks come. */
class Feed {
  readonly #calls: Iterator<Call>;
  readonly #replay: Replay;
  #next: Call | undefined;
  /** When and at which tick the last call was. */
  #last = { tick: 0, time: 0 };
  recorded: Outcome | null = null;

  constructor(reader: JournalReader, replay: Replay) {
    this.#calls = reader.calls();
    this.#replay = replay;
    this.#load();
  }

  get ended(): boolean {
    return this.#next === undefined;
  }

  get time(): number {
    const nominal = nominalTime(this.#last.time, this.#replay.tick - this.#last.tick, this.#replay.rate);
    return this.#next === undefined ? nominal : Math.min(nominal, Math.max(this.#last.time, this.#next.time));
  }

  /** Does all calls of the tick that is about to be played. */
  applyDue(): Call[] {
    const done: Call[] = [];
    for (let call = this.#next; call !== undefined; call = this.#load()) {
      const begins = call.op === 'key' && done.length === 0 && this.#replay.tick === 0;
      if (call.tick > this.#replay.tick && !begins) break;
      this.#replay.apply(call);
      this.#last = { tick: call.tick, time: call.time };
      if (call.op === 'outcome') this.recorded = call.outcome as unknown as Outcome;
      done.push(call);
    }
    return done;
  }

  #load(): Call | undefined {
    const { value, done } = this.#calls.next();
    this.#next = done === true ? undefined : value;
    return this.#next;
  }
}

function step(replay: Replay, feed: Feed, calls: readonly Call[], before: readonly number[]): Moment {
  const { tick, state, game } = replay;
  const time = feed.time;
  const commands = feed.ended ? null : [...replay.commands];
  if (commands !== null) replay.playTo(tick + 1);
  const after = replay.state;
  const scores = game.scores(after);
  return {
    tick,
    time,
    calls,
    state,
    commands,
    after,
    events: replay.takeEvents(),
    scores,
    gained: scores.map((points, seat) => points - (before[seat] ?? 0)),
    outcome: game.outcome(after) ?? feed.recorded,
  };
}
