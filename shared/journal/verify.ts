/** Plays a journal again by the rules and compares all that it says of itself. */
import { stateHash } from '../sim/state-hash.ts';
import type { Call, CallOf } from './calls.ts';
import { firstDifference } from './difference.ts';
import type { Damage, JournalReader } from './journal-reader.ts';
import { played, rulesOf } from './open.ts';
import { Replay } from './replay.ts';

/** What the journal says and what the rules make of it. */
export interface Disagreement {
  /** Up to this tick all was equal; null: nothing was compared before. */
  readonly equalUntil: number | null;
  /** The first tick at which something is known to differ. */
  readonly tick: number;
  readonly what: 'state' | 'commands' | 'outcome' | 'scores';
  /** The first field that differs, `ball.at[0]`; null: only a hash tells, no whole state follows. */
  readonly field: string | null;
  /** The tick at which that field was seen: key frames hold the whole state. */
  readonly fieldTick: number | null;
  readonly said: unknown;
  readonly found: unknown;
}

export interface Verdict {
  /** The last tick. */
  readonly ticks: number;
  readonly calls: number;
  /** Hashes and whole states that were compared. */
  readonly compared: number;
  /** Of the state at the end. */
  readonly hash: string;
  /** The journal comes to its end: it has an outcome and an index. */
  readonly finished: boolean;
  readonly damage: Damage | null;
  readonly disagreement: Disagreement | null;
}

/** True if every record is whole and the rules make of it what it says. A match may be unfinished. */
export const holdsGood = ({ damage, disagreement }: Verdict): boolean => damage === null && disagreement === null;

/** @throws PaddlewireError journal-rules-unknown, -unplayable */
export function verify(reader: JournalReader): Verdict {
  const check = new Check(new Replay(rulesOf(reader.header), reader.header));
  let calls = 0;
  for (const call of reader.calls()) {
    calls++;
    if (check.disagreement?.field == null) played(() => check.take(call));
  }
  const { compared, disagreement, replay } = check;
  const { damage, finished } = reader;
  return { ticks: replay.tick, calls, compared, hash: stateHash(replay.state), finished, damage, disagreement };
}

class Check {
  readonly replay: Replay;
  compared = 0;
  disagreement: Disagreement | null = null;
  #equalUntil: number | null = null;

  constructor(replay: Replay) {
    this.replay = replay;
  }

  take(call: Call): void {
    this.replay.apply(call);
    if (call.op === 'hash') this.#hash(call, call.hash);
    else if (call.op === 'key') this.#key(call);
    else if (call.op === 'outcome') this.#outcome(call);
  }

  #hash({ tick }: Call, said: string): void {
    const found = stateHash(this.replay.state);
    this.#judge(tick, 'state', said === found ? null : { field: null, said, found });
  }

  #key(call: CallOf<'key'>): void {
    this.#compare(call.tick, 'state', call.state, this.replay.state);
    this.#compare(call.tick, 'commands', call.commands, this.replay.commands);
  }

  #outcome(call: CallOf<'outcome'>): void {
    const { state, game } = this.replay;
    this.#hash(call, call.hash);
    this.#compare(call.tick, 'scores', call.scores, game.scores(state));
    // A match that a room gave up is decided by no rule.
    const found = game.outcome(state);
    if (found !== null) this.#compare(call.tick, 'outcome', call.outcome, found);
  }

  #compare(tick: number, what: Disagreement['what'], one: unknown, other: unknown): void {
    const difference = firstDifference(one, other);
    this.#judge(tick, what, difference && { field: difference.field, said: difference.one, found: difference.other });
  }

  #judge(
    tick: number,
    what: Disagreement['what'],
    difference: { field: string | null; said: unknown; found: unknown } | null,
  ): void {
    this.compared++;
    if (difference === null) {
      if (this.disagreement === null) this.#equalUntil = tick;
      return;
    }
    const { field } = difference;
    if (this.disagreement === null) {
      const fieldTick = field === null ? null : tick;
      this.disagreement = { equalUntil: this.#equalUntil, tick, what, fieldTick, ...difference };
    } else if (this.disagreement.field === null && field !== null && what === 'state') {
      // Only now is it seen what the hash of an earlier tick told.
      this.disagreement = { ...this.disagreement, ...difference, fieldTick: tick };
    }
  }
}
