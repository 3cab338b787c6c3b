/** A room with real Pong rules, a clock under the test's hand, and a disk that can be slow. */
import type { DownMessage } from '../../shared/contract/messages.ts';
import { withDefaults } from '../../shared/games/game.ts';
import { gameNamed, type AnyGame } from '../../shared/games/registry.ts';
import type { ScoreBook } from '../../hub/rooms/match-book.ts';
import type { MatchResult, RoomEvent, RoomSettings } from '../../hub/rooms/room-parts.ts';
import { Room } from '../../hub/rooms/room.ts';
import type { MatchRow, PointsRow } from '../../hub/store/store.ts';
import { VirtualClock } from './virtual-clock.ts';

export class TestBook implements ScoreBook {
  full = false;
  readonly matches: MatchRow[] = [];
  readonly rows = new Map<string, PointsRow>();
  #waiting: (() => void)[] = [];
  /** While false, flushes wait. */
  fast = true;
  flushes = 0;

  match(row: MatchRow): void {
    this.matches.push(row);
  }

  points(row: PointsRow): void {
    this.rows.set(`${row.match} ${row.seat} ${row.device}`, row);
  }

  flush(): Promise<void> {
    this.flushes++;
    return this.fast ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  get total(): number {
    return [...this.rows.values()].reduce((sum, row) => sum + row.points, 0);
  }
}

export class RoomRig {
  readonly clock = new VirtualClock();
  readonly book = new TestBook();
  readonly events: RoomEvent[] = [];
  readonly told: { device: string; message: DownMessage }[] = [];
  readonly states: Uint8Array[] = [];
  readonly results: MatchResult[] = [];
  readonly room: Room;

  constructor(settings: Partial<RoomSettings> = {}, parameters: Record<string, number> = {}, seed = 1, name = 'pong') {
    const game = gameNamed(name) as AnyGame;
    this.room = new Room({
      game,
      parameters: withDefaults(game.parameters, { ballSpeed: 6000, serveMs: 200, ...parameters }),
      settings: {
        name: 'main',
        rate: 60,
        policy: 'pause',
        begins: 'itself',
        graceMs: 30_000,
        countdownMs: 1000,
        resumeMs: 500,
        restartMs: 2000,
        ...settings,
      },
      clock: this.clock,
      seed: () => seed++,
      book: this.book,
      journal: () => null,
      kindOf: () => 'board',
      out: {
        state: (bytes) => this.states.push(bytes),
        event: (event) => this.events.push(event),
        changed: () => {},
        toDevice: (device, message) => this.told.push({ device, message }),
        ended: (result) => this.results.push(result),
        sync: (device, sync) => this.told.push({ device, message: { ...sync, seq: 0 } }),
      },
    });
  }

  /** Runs ticks; promises settle after each. */
  async run(ticks: number): Promise<void> {
    for (let tick = 0; tick < ticks; tick++) {
      this.clock.advance(1000 / 60);
      this.room.tick();
      await Promise.resolve();
    }
  }

  /** Runs until something holds. @throws if it does not within ten minutes of play */
  async until(holds: () => boolean): Promise<void> {
    for (let tick = 0; tick < 36_000; tick++) {
      if (holds()) return;
      await this.run(1);
    }
    throw new Error(`it never came to hold; the room is ${this.room.phase}`);
  }

  /** Names of events so far, without bounces and serves. */
  get story(): string[] {
    return this.events.map(({ event }) => event).filter((event) => event !== 'bounce' && event !== 'serve');
  }

  toldTo(device: string, type: DownMessage['type']): DownMessage[] {
    return this.told
      .filter((entry) => entry.device === device && entry.message.type === type)
      .map(({ message }) => message);
  }
}
