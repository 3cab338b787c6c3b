/** Keeps the journal of a match as it is played: what changed and nothing else, a hash each second, key frames. */
import { stateHash } from '../sim/state-hash.ts';
import type { Plain } from './byte-writer.ts';
import type { CallBody, JournalHeader } from './calls.ts';
import { JournalWriter, type Sink, type WrittenSoFar } from './journal-writer.ts';

/** Seconds of play between key frames: replay makes up for the rest within milliseconds. */
const KEY_SECONDS = 30;

export interface MatchRecorderParts {
  readonly header: Omit<JournalHeader, 'format'>;
  readonly sink: Sink;
  /** ms since the match began. */
  readonly time: () => number;
}

/** A match that was recorded up to here. */
export interface MatchSoFar {
  /** Missing: it goes on in a new file, as a fork does. */
  readonly written?: WrittenSoFar;
  readonly tick: number;
  readonly state: unknown;
  readonly commands: readonly unknown[];
}

export class MatchRecorder {
  readonly #writer: JournalWriter;
  readonly #rate: number;
  readonly #time: () => number;
  readonly #commands: unknown[];
  #tick: number;

  /** @param from a match that goes on: its state and the commands in force; they become a key frame */
  constructor({ header, sink, time }: MatchRecorderParts, from?: MatchSoFar) {
    this.#writer = new JournalWriter(header, sink, from?.written);
    this.#rate = header.rate;
    this.#time = time;
    this.#tick = from?.tick ?? 0;
    this.#commands = from === undefined ? header.seats.map(() => null) : [...from.commands];
    if (from !== undefined) this.key(from.state);
  }

  /** The next tick is about to be played with these commands. */
  step(commands: readonly unknown[]): void {
    for (let seat = 0; seat < commands.length; seat++) {
      const command = commands[seat] ?? null;
      if (command === this.#commands[seat]) continue;
      this.#commands[seat] = command;
      this.#write({ op: 'input', seat, command: command as Plain });
    }
  }

  /** It was played, and this is the state now. @param notes what happened in it; they come before its key frame */
  played(state: unknown, notes: readonly CallBody[] = []): void {
    this.#tick++;
    this.#writer.at(this.#tick);
    for (const note of notes) this.#write(note);
    if (this.#tick % this.#rate === 0) this.#write({ op: 'hash', hash: stateHash(state) });
    if (this.#tick % (KEY_SECONDS * this.#rate) === 0) this.key(state);
  }

  /** A key frame now. */
  key(state: unknown): void {
    this.#write({ op: 'key', state: state as Plain, commands: this.#commands as Plain[] });
  }

  /** Anything else that happens between two ticks. */
  note(call: CallBody): void {
    this.#write(call);
  }

  /** It is decided: the journal ends. */
  finish(outcome: Plain, scores: readonly number[], state: unknown): void {
    this.#write({ op: 'outcome', outcome, scores, hash: stateHash(state) });
    this.#writer.finish();
  }

  #write(call: CallBody): void {
    this.#writer.write({ ...call, tick: this.#tick, time: Math.max(0, Math.round(this.#time())) });
  }
}
