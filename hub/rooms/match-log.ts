/**
 * The journal of one match, and who sat where in it: what a crash needs to go on with the match. A tick only notes what
 * it was given, by reference, for states and commands are never changed in place; the bytes are made between ticks, when
 * the file wants them.
 */
import type { Lab } from '../../shared/contract/api.ts';
import type { DeviceKind } from '../../shared/contract/messages.ts';
import type { GameEvent, Outcome } from '../../shared/games/game.ts';
import type { CallBody, JournalHeader } from '../../shared/journal/calls.ts';
import { MatchRecorder, type MatchSoFar } from '../../shared/journal/match-recorder.ts';
import type { Clock } from '../clock.ts';

/** Where a match writes its journal. */
export interface LogFile {
  /** `fill` writes all that is noted; it is called before anything is promised, and twice a second. */
  filledBy(fill: () => void): void;
  write(bytes: Uint8Array): void;
  /** Who sits where from now on, as a line of JSON. */
  seat(line: string): void;
  finish(): void;
}

/** A line of the list of seats; `device` is null when the seat was given up. */
export interface SeatLine {
  readonly tick: number;
  readonly seat: number;
  readonly device: string | null;
}

/** The kind of a mark that says who scored. */
export const POINT_MARK = 'point';

/** A tick, or what happened between two; `time` is wall clock in ms since 1970. */
type Entry =
  | {
      readonly time: number;
      readonly commands: readonly unknown[];
      readonly state: unknown;
      readonly events: readonly GameEvent[];
    }
  | { readonly time: number; readonly note: CallBody };

export class MatchLog {
  readonly #recorder: MatchRecorder;
  readonly #file: LogFile;
  readonly #clock: Pick<Clock, 'epoch'>;
  #noted: Entry[] = [];
  /** When that happened which is being written. */
  #time: number;
  #over = false;

  /** @param from a match that goes on */
  constructor(header: Omit<JournalHeader, 'format'>, file: LogFile, clock: Pick<Clock, 'epoch'>, from?: MatchSoFar) {
    this.#file = file;
    this.#clock = clock;
    this.#time = clock.epoch();
    const time = (): number => this.#time - header.startedAt;
    this.#recorder = new MatchRecorder({ header, sink: (bytes) => file.write(bytes), time }, from);
    file.filledBy(() => this.#fill());
  }

  enter(tick: number, seat: number, device: string, kind: DeviceKind | ''): void {
    this.#seat({ tick, seat, device });
    this.#note({ op: 'seat', event: 'join', seat, kind });
  }

  leave(tick: number, seat: number): void {
    this.#seat({ tick, seat, device: null });
    this.#note({ op: 'seat', event: 'leave', seat, kind: '' });
  }

  /** The device vanished, or is there again. */
  link(seat: number, there: boolean): void {
    this.#note({ op: 'seat', event: there ? 'rejoin' : 'drop', seat, kind: '' });
  }

  host(word: string): void {
    this.#note({ op: 'host', word });
  }

  lab(seat: number, lab: Lab): void {
    this.#note({ op: 'lab', settings: { seat, ...lab } });
  }

  paused(reason: string | null): void {
    this.#note(reason === null ? { op: 'resume' } : { op: 'pause', reason });
  }

  /** Points that a word of who leads has given. */
  points(events: readonly GameEvent[]): void {
    for (const mark of pointMarks(events)) this.#note(mark);
  }

  /** A tick was played: with these commands, to this state, and this has happened in it. */
  played(commands: readonly unknown[], state: unknown, events: readonly GameEvent[]): void {
    if (!this.#over) this.#noted.push({ time: this.#clock.epoch(), commands, state, events });
  }

  finish(outcome: Outcome, scores: readonly number[], state: unknown): void {
    if (this.#over) return;
    this.#fill();
    this.#over = true;
    this.#time = this.#clock.epoch();
    this.#recorder.finish(outcome, scores, state);
    this.#file.finish();
  }

  /** Writes what was noted. */
  #fill(): void {
    const noted = this.#noted;
    this.#noted = [];
    for (const entry of noted) {
      this.#time = entry.time;
      if ('note' in entry) this.#recorder.note(entry.note);
      else {
        this.#recorder.step(entry.commands);
        this.#recorder.played(entry.state, pointMarks(entry.events));
      }
    }
  }

  #note(note: CallBody): void {
    if (!this.#over) this.#noted.push({ time: this.#clock.epoch(), note });
  }

  #seat(line: SeatLine): void {
    if (!this.#over) this.#file.seat(JSON.stringify(line));
  }
}

/** What is noted of points, so that they can be counted without playing the match again. */
const pointMarks = (events: readonly GameEvent[]): CallBody[] =>
  events.flatMap(({ kind, seat }): CallBody[] =>
    kind === 'point' ? [{ op: 'mark', kind: POINT_MARK, data: seat }] : [],
  );
