/** The books of one match: what each device scored on each seat, as rows for the score buffer. */
import type { MatchRow, PointsRow } from '../store/store.ts';

/** Where a room writes what must last: the score buffer. */
export interface ScoreBook {
  /** No further point may be scored until rows were written. */
  readonly full: boolean;
  match(row: MatchRow): void;
  points(row: PointsRow): void;
  /** Writes at once; resolves when all of it is on disk. */
  flush(): Promise<void>;
}

/** What is known of a match when it starts. */
export type MatchHead = Omit<MatchRow, 'endedAt' | 'outcome' | 'winner'>;

/** What a device scored on a seat. */
export type Credit = Pick<PointsRow, 'seat' | 'device' | 'points'>;

export class MatchBook {
  readonly #head: MatchHead;
  readonly #book: ScoreBook;
  readonly #credit = new Map<string, PointsRow>();
  /** Points scored in this match by all. */
  points = 0;

  /** @param credit what was scored before, in a match that goes on; it is written again, and counts once */
  constructor(head: MatchHead, book: ScoreBook, credit: readonly Credit[] = []) {
    this.#head = head;
    this.#book = book;
    book.match({ ...head, endedAt: null, outcome: null, winner: null });
    for (const { seat, device, points } of credit) {
      this.points += points;
      this.#put(`${seat} ${device}`, { match: head.id, seat, device, points, won: false });
    }
  }

  get id(): string {
    return this.#head.id;
  }

  /** A device takes part: it has a row even if it never scores. */
  enter(seat: string, device: string): void {
    const key = `${seat} ${device}`;
    if (this.#credit.has(key)) return;
    this.#put(key, { match: this.id, seat, device, points: 0, won: false });
  }

  point(seat: string, device: string): void {
    this.enter(seat, device);
    const key = `${seat} ${device}`;
    const row = this.#credit.get(key) as PointsRow;
    this.points++;
    this.#put(key, { ...row, points: row.points + 1 });
  }

  /** Ends the match; resolves when its result is on disk. */
  close(
    outcome: 'win' | 'draw' | 'void',
    winner: string | null,
    winnerDevice: string | null,
    endedAt: number,
  ): Promise<void> {
    this.#book.match({ ...this.#head, endedAt, outcome, winner });
    const key = `${winner} ${winnerDevice}`;
    const row = this.#credit.get(key);
    if (outcome === 'win' && row !== undefined) this.#put(key, { ...row, won: true });
    return this.#book.flush();
  }

  #put(key: string, row: PointsRow): void {
    this.#credit.set(key, row);
    this.#book.points(row);
  }
}
