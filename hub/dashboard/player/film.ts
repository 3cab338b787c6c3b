/** A journal to be looked at: any tick, forwards and backwards. */
import type { Call, CallOf } from '../../../shared/journal/calls.ts';
import type { JournalReader } from '../../../shared/journal/journal-reader.ts';
import { rulesOf } from '../../../shared/journal/open.ts';
import { Replay } from '../../../shared/journal/replay.ts';

/** What players are: by seat index, the kind of the device that sits there; '' for an unknown kind, null for nobody. */
export type Seated = readonly (string | null)[];

export class Film {
  readonly #reader: JournalReader;
  readonly #calls: readonly Call[];
  /** Where in the calls key frames are. */
  readonly #keys: readonly number[];
  #replay: Replay;
  /** The next call that was not done yet. */
  #next = 0;
  readonly first: number;
  readonly last: number;

  /** @throws PaddlewireError journal-rules-unknown, -unplayable */
  constructor(reader: JournalReader) {
    this.#reader = reader;
    this.#calls = [...reader.calls()];
    this.#keys = this.#calls.flatMap(({ op }, at) => (op === 'key' ? [at] : []));
    this.first = this.#calls[0]?.op === 'key' ? this.#calls[0].tick : 0;
    this.last = this.#calls.at(-1)?.tick ?? 0;
    this.#replay = new Replay(rulesOf(reader.header), reader.header);
    this.show(this.first);
  }

  get replay(): Replay {
    return this.#replay;
  }

  /** What was noted: for people who look for something. */
  get notes(): readonly Call[] {
    return this.#calls.filter(({ op }) => op !== 'input' && op !== 'hash' && op !== 'key');
  }

  /** The calls of the tick that is shown. */
  get now(): readonly Call[] {
    return this.#calls.slice(0, this.#next).filter(({ tick }) => tick === this.#replay.tick);
  }

  /** Who sits where. */
  get seated(): Seated {
    const kinds: (string | null)[] = this.#reader.header.seats.map(() => null);
    for (const call of this.#calls.slice(0, this.#next)) {
      if (call.op !== 'seat') continue;
      if (call.event === 'leave') kinds[call.seat] = null;
      else kinds[call.seat] = call.kind === '' ? (kinds[call.seat] ?? '') : call.kind;
    }
    return kinds;
  }

  /** Seats whose device is gone for now. */
  get lost(): ReadonlySet<number> {
    const lost = new Set<number>();
    for (const call of this.#calls.slice(0, this.#next)) {
      if (call.op !== 'seat') continue;
      if (call.event === 'drop') lost.add(call.seat);
      else lost.delete(call.seat);
    }
    return lost;
  }

  /** Goes to a tick; all its calls are done. */
  show(tick: number): void {
    const to = Math.max(this.first, Math.min(this.last, tick));
    const key = this.#keys.findLast((at) => (this.#calls[at] as Call).tick <= to);
    const back = to < this.#replay.tick;
    if (back || (key !== undefined && key > this.#next)) this.#begin(key);
    for (let call = this.#calls[this.#next]; call !== undefined && call.tick <= to; call = this.#calls[this.#next]) {
      this.#replay.apply(call);
      this.#next++;
    }
    this.#replay.playTo(to);
  }

  #begin(key: number | undefined): void {
    this.#replay = new Replay(this.#replay.game, this.#reader.header);
    this.#next = key === undefined ? 0 : key + 1;
    if (key !== undefined) this.#replay.seek(this.#calls[key] as CallOf<'key'>);
  }
}
