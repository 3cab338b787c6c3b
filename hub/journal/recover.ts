/** Makes of an unfinished journal, and of its list of seats, the match as it was: state, seats, points. */
import type { GameEvent } from '../../shared/games/game.ts';
import { gameNamed, type AnyGame } from '../../shared/games/registry.ts';
import { JournalReader } from '../../shared/journal/journal-reader.ts';
import { Replay } from '../../shared/journal/replay.ts';
import { POINT_MARK, type SeatLine } from '../rooms/match-log.ts';
import type { Credit, SavedMatch } from '../rooms/room-parts.ts';
import type { Unfinished } from './journal-folder.ts';

/** Why a match cannot go on. */
export interface Hopeless {
  readonly reason: string;
}

/** @returns the match, or why there is none */
export function recover({ id, bytes, seats }: Unfinished): SavedMatch | Hopeless {
  try {
    const reader = new JournalReader(bytes);
    const game = gameNamed(reader.header.game);
    if (game === undefined || game.version !== reader.header.rules)
      return { reason: `its rules, ${reader.header.game} ${reader.header.rules}, are not those of this hub` };
    return replayed(id, reader, game, seatLines(seats), bytes.length);
  } catch (error) {
    // Whatever is wrong with a file, the hub starts.
    return { reason: (error as Error).message };
  }
}

/** Up to the last key frame seats and points are read off the journal; only what follows it is played again. */
function replayed(
  id: string,
  reader: JournalReader,
  game: AnyGame,
  lines: readonly SeatLine[],
  length: number,
): SavedMatch | Hopeless {
  const index = reader.scan();
  const lastKey = index.at(-1)?.tick ?? -1;
  const replay = new Replay(game, reader.header);
  const books = new Books(game.seats, lines);
  let [playing, time] = [index.length === 0, 0];
  for (const call of reader.calls()) {
    if (call.op === 'outcome') return { reason: 'it was decided' };
    if (playing) {
      replay.playTo(call.tick);
      books.count(replay.takeEvents());
      replay.apply(call);
      books.count(replay.takeEvents());
    } else if (call.op === 'key' && call.tick === lastKey) {
      replay.seek(call);
      playing = true;
    } else if (call.op === 'mark' && call.kind === POINT_MARK) books.point(Number(call.data));
    if (call.op === 'seat') books.seat(call.seat, call.event);
    time = call.time;
  }
  const { tick, state, commands } = replay;
  return {
    id,
    header: reader.header,
    soFar: {
      written: { bytes: reader.damage?.offset ?? length, tick, time, index },
      tick,
      state,
      commands,
    },
    seats: books.seated,
    credit: books.credit,
  };
}

/** Who sat where while the match is played again, and what each has scored. */
class Books {
  readonly #names: readonly string[];
  readonly #lines: SeatLine[];
  readonly #devices = new Map<number, string>();
  readonly #credit = new Map<string, Credit>();

  constructor(names: readonly string[], lines: readonly SeatLine[]) {
    this.#names = names;
    this.#lines = [...lines];
  }

  /** The list has a line for each call that seats somebody or frees a seat, in the same order. */
  seat(index: number, event: string): void {
    if (event !== 'join' && event !== 'leave') return;
    const at = this.#lines.findIndex((line) => line.seat === index);
    const [line] = at === -1 ? [] : this.#lines.splice(at, 1);
    if (event === 'leave' || line === undefined || line.device === null) this.#devices.delete(index);
    else {
      this.#devices.set(index, line.device);
      this.#add(index, line.device, 0);
    }
  }

  count(events: readonly GameEvent[]): void {
    for (const event of events) if (event.kind === 'point') this.point(event.seat);
  }

  point(index: number): void {
    const device = this.#devices.get(index);
    if (device !== undefined) this.#add(index, device, 1);
  }

  get seated(): { index: number; device: string }[] {
    return [...this.#devices].map(([index, device]) => ({ index, device }));
  }

  get credit(): Credit[] {
    return [...this.#credit.values()];
  }

  #add(index: number, device: string, more: number): void {
    const seat = this.#names[index] ?? '';
    const points = this.#credit.get(`${seat} ${device}`)?.points ?? 0;
    this.#credit.set(`${seat} ${device}`, { seat, device, points: points + more });
  }
}

/** A torn last line is one that was never acknowledged. */
function seatLines(text: string): SeatLine[] {
  return text.split('\n').flatMap((line) => {
    try {
      const { tick, seat, device } = JSON.parse(line) as SeatLine;
      return Number.isInteger(seat) ? [{ tick, seat, device }] : [];
    } catch {
      return [];
    }
  });
}
