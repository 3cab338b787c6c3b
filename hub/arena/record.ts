/** The journal of a match in the arena: its time is that of its ticks, because there is no other. */
import type { GameEvent, Ending } from '../../shared/games/game.ts';
import type { JournalHeader } from '../../shared/journal/calls.ts';
import { MatchRecorder } from '../../shared/journal/match-recorder.ts';
import { POINT_MARK } from '../rooms/match-log.ts';

export type Sink = (bytes: Uint8Array) => void;

export class Record {
  readonly #recorder: MatchRecorder;
  #ticks = 0;

  /** @param seats indices of those that are taken */
  constructor(header: Omit<JournalHeader, 'format'>, sink: Sink, seats: readonly number[]) {
    const time = (): number => (this.#ticks * 1000) / header.rate;
    this.#recorder = new MatchRecorder({ header, sink, time });
    for (const seat of seats) this.#recorder.note({ op: 'seat', event: 'join', seat, kind: 'agent' });
  }

  /** A tick was played. */
  played(commands: readonly unknown[], state: unknown, events: readonly GameEvent[]): void {
    this.#recorder.step(commands);
    this.#ticks++;
    const points = events.filter(({ kind }) => kind === 'point');
    this.#recorder.played(
      state,
      points.map(({ seat }) => ({ op: 'mark', kind: POINT_MARK, data: seat })),
    );
  }

  /** @param ending null: it could not be played to its end */
  finish(ending: Ending | null, scores: readonly number[], state: unknown): void {
    this.#recorder.finish({ ...(ending ?? { kind: 'void' }) }, scores, state);
  }
}
