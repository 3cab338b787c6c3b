/**
 * A recorder for whoever runs a game and wants to keep it: start, pause, play, stop; a memory of its own; and replay, call
 * by call, with the whole state between any two. While it replays it can record, and what is added is kept.
 */
import { PaddlewireError } from '../errors.ts';
import { stateHash } from '../sim/state-hash.ts';
import type { Plain } from './byte-writer.ts';
import type { Call, CallBody, CallOf, JournalHeader, Op } from './calls.ts';
import { JournalWriter } from './journal-writer.ts';
import { Memory, type MemoryKey } from './memory.ts';
import { openJournal, rulesOf } from './open.ts';
import { Replay, type Rules } from './replay.ts';

/** A file that is being written. */
export interface OutFile {
  write(bytes: Uint8Array): void;
  close(): void;
}

export interface Files {
  /** @throws PaddlewireError journal-exists, journal-unreadable */
  create(path: string): OutFile;
  /** @throws PaddlewireError journal-too-large, journal-unreadable */
  read(path: string): Uint8Array;
}

/** What is recorded: a room, or whatever else runs a game. */
export interface Recorded {
  /** False once it is gone: nothing is recorded any more. */
  readonly alive: boolean;
  readonly tick: number;
  header(): Omit<JournalHeader, 'format'>;
}

export interface RecorderParts {
  readonly files: Files;
  readonly of: Recorded;
  /** Own time, in ms. */
  readonly time: () => number;
  /** Is told of what does nothing: pausing what does not run. */
  readonly warn: (text: string) => void;
}

interface Recording {
  readonly file: OutFile;
  /** Made with the first call, for only then it is known whether a replay is recorded. */
  writer: JournalWriter | null;
  paused: boolean;
}

/** A journal that is played again. */
interface Playing {
  readonly header: JournalHeader;
  readonly replay: Replay;
  readonly rules: Rules;
  time: number;
  /** Something was added that changes the play: its hashes are made anew. */
  changed: boolean;
}

/** Data of a call, by its op. */
export type DataOf<O extends Op> = Omit<CallOf<O>, 'op' | 'tick' | 'time'>;

export class Recorder {
  readonly #parts: RecorderParts;
  #memory = new Memory();
  #recording: Recording | null = null;
  #playing: Playing | null = null;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  /** Whether calls are recorded now: false before start, after stop, while paused, and when what is recorded is gone. */
  get recording(): boolean {
    return this.#recording !== null && !this.#recording.paused && this.#alive;
  }

  /** The replay that is going on: its state, tick and commands; null: none. */
  get replaying(): Replay | null {
    return this.#playing?.replay ?? null;
  }

  /** Time of the recorded call in a replay, own time otherwise; ms. */
  time(): number {
    return this.#playing?.time ?? this.#parts.time();
  }

  /** @throws PaddlewireError journal-exists; journal-unreadable */
  start(path: string): void {
    if (this.#recording !== null) {
      this.#parts.warn('It is recorded already: stop first.');
      return;
    }
    this.#recording = { file: this.#parts.files.create(path), writer: null, paused: false };
  }

  /** Ends the journal and closes its file. */
  stop(): void {
    const recording = this.#recording;
    if (recording === null) {
      this.#parts.warn('Nothing is recorded that could be stopped.');
      return;
    }
    this.#recording = null;
    try {
      this.#writer(recording).finish();
    } finally {
      recording.file.close();
    }
  }

  pause(): void {
    if (this.#recording === null) this.#parts.warn('Nothing is recorded that could be paused.');
    else this.#recording.paused = true;
  }

  /** Goes on after a pause. */
  play(): void {
    if (this.#recording === null) this.#parts.warn('Nothing is recorded that could go on.');
    else this.#recording.paused = false;
  }

  /**
   * Records a call; in a replay it is done there too, between the last call and the next.
   * @param op one of calls.ts, or a number from 64 to 255 of the caller's own
   * @throws PaddlewireError journal-not-recording; TypeError for data that no journal can hold
   */
  write<O extends Op>(op: O, data: DataOf<O>): void;
  write(op: number, data: Plain): void;
  write(op: Op | number, data: unknown): void {
    if (!this.recording) throw new PaddlewireError('journal-not-recording');
    const body = typeof op === 'number' ? { op: 'custom', code: op, data } : { op, ...(data as object) };
    this.#add(body as unknown as CallBody);
  }

  /** @throws PaddlewireError journal-memory-key if there is no such value */
  memoryGet(keys: readonly MemoryKey[]): Plain {
    return this.#memory.get(keys);
  }

  /**
   * Remembers a value, and records that if anything is recorded.
   * @throws PaddlewireError journal-memory-key if what is to hold it is not there; journal-memory-value
   */
  memorySet(keys: readonly MemoryKey[], value: Plain): void {
    this.#memory.set(keys, value);
    if (this.recording) this.#record({ op: 'memory', keys, value });
  }

  /**
   * Plays a journal again. Each step does one call and gives it; then `replaying` has the state, and calls can be written.
   * The memory is that of the journal. A journal that is recorded meanwhile is a copy of it, but for what is added.
   * @throws PaddlewireError journal-foreign, -newer, -headless, -too-large, -unreadable, -rules-unknown, -unplayable at
   * once; journal-torn where the whole part ends
   */
  replay(path: string, rules: Rules = 'real'): IterableIterator<Call> {
    const reader = openJournal(this.#parts.files.read(path));
    const replay = new Replay(rulesOf(reader.header), reader.header, rules);
    const playing: Playing = { header: reader.header, replay, rules, time: 0, changed: false };
    this.#playing = playing;
    this.#memory = new Memory();
    return this.#steps(reader.calls(), playing, () => {
      if (reader.damage !== null) throw new PaddlewireError('journal-torn', reader.damage.text);
    });
  }

  *#steps(calls: Iterable<Call>, playing: Playing, ended: () => void): Generator<Call, void> {
    try {
      for (const call of calls) {
        playing.time = call.time;
        if (call.op === 'memory') this.#memory.take(call.keys, call.value);
        playing.replay.apply(call);
        const told = playing.changed && playing.rules === 'real' ? retold(call, playing.replay) : call;
        if (this.recording) this.#writer(this.#recording as Recording).write(told);
        yield told;
      }
      ended();
    } finally {
      // The header of what was replayed stays that of its recording.
      if (this.#recording !== null) this.#writer(this.#recording);
      if (this.#playing === playing) this.#playing = null;
    }
  }

  /** An added call: done first, so that what cannot be done is not recorded. */
  #add(body: CallBody): void {
    this.#playing?.replay.apply(this.#placed(body));
    this.#record(body);
    const plays = body.op === 'input' || body.op === 'seat' || body.op === 'host';
    if (this.#playing !== null && plays) this.#playing.changed = true;
  }

  #record(body: CallBody): void {
    this.#writer(this.#recording as Recording).write(this.#placed(body));
  }

  #placed(body: CallBody): Call {
    return { ...body, tick: this.#playing?.replay.tick ?? this.#parts.of.tick, time: this.time() };
  }

  #writer(recording: Recording): JournalWriter {
    const header = this.#playing?.header ?? this.#parts.of.header();
    return (recording.writer ??= new JournalWriter(header, (bytes) => recording.file.write(bytes)));
  }

  /** A replay needs nobody to play. */
  get #alive(): boolean {
    return this.#playing !== null || this.#parts.of.alive;
  }
}

/** What a call that tells of the state would tell of this one. */
function retold(call: Call, { state, commands, game }: Replay): Call {
  if (call.op === 'hash') return { ...call, hash: stateHash(state) };
  if (call.op === 'key') return { ...call, state: state as Plain, commands };
  if (call.op !== 'outcome') return call;
  const outcome = (game.outcome(state) as unknown as Plain) ?? call.outcome;
  return { ...call, outcome, scores: game.scores(state), hash: stateHash(state) };
}
