/**
 * How the hub is, once a second: the page `hub/health`, /healthz and /metrics. It is made on the thread of the ticks, so
 * what costs more than a glance is taken in turns, and the disk is asked elsewhere.
 */
import { performance } from 'node:perf_hooks';
import type { Clock } from '../clock.ts';
import type { Badge, Badges } from '../lobby/badge.ts';
import type { Lobby } from '../lobby/lobby.ts';
import type { Traffic } from '../lobby/traffic.ts';
import type { Journals } from '../journal/journals.ts';
import type { Quantiles } from '../quantiles.ts';
import type { Rooms, RunningRoom } from '../rooms/rooms.ts';
import type { ScoreBuffer } from '../store/score-buffer.ts';
import { DiskFree } from './disk-free.ts';
import { Rate } from './rate.ts';
import { Turns } from '../turns.ts';

export interface HealthParts {
  readonly clock: Clock;
  readonly version: string;
  readonly dataFolder: string;
  readonly rooms: Rooms;
  readonly lobby: Pick<Lobby, 'sessions' | 'traffic' | 'refusals'>;
  readonly badges: Badges;
  readonly buffer: Pick<ScoreBuffer, 'size'>;
  readonly journals: Pick<Journals, 'lag'>;
  readonly clients: () => number;
  readonly ports: () => readonly unknown[];
  /** The code of what keeps the store from writing; null: it writes. */
  readonly trouble: () => string | null;
  /** How often each code was given to an MQTT client before or beside the lobby. */
  readonly refusals: ReadonlyMap<string, number>;
}

type Summary = ReturnType<Quantiles['summary']>;

export interface RoomHealth {
  readonly room: string;
  readonly game: string;
  readonly phase: string;
  readonly seatsTaken: number;
  readonly tickLatenessMs: Summary;
  readonly tickWorkMs: Summary;
  readonly ticksSkipped: number;
}

/** The JSON of `hub/health`. */
export interface HealthPage {
  readonly uptime: number;
  readonly rooms: number;
  readonly devices: number;
  readonly clients: number;
  /** Of the room that is worst; null without rooms. */
  readonly tickLatenessMs: Summary | null;
  readonly tickWorkMs: Summary | null;
  readonly ticksSkipped: number;
  readonly perRoom: readonly RoomHealth[];
  readonly messagesPerSecond: { readonly in: number; readonly out: number };
  readonly memoryBytes: number;
  readonly eventLoopBusy: number;
  readonly diskFreeBytes: number | null;
  readonly journalLagMs: number;
  readonly journalLagBytes: number;
  readonly store: string;
  readonly unsaved: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly links: readonly Badge[];
  readonly ports: readonly unknown[];
}

export class Health {
  readonly #parts: HealthParts;
  readonly #startedAt: number;
  readonly #disk: DiskFree;
  readonly #rates = { in: new Rate(), out: new Rate() };
  /** Of the rooms' ticks: each is a sort of thousands of samples. */
  readonly #ticks = new Turns<Quantiles, Summary>(1, (samples) => samples.summary());
  #loop = performance.eventLoopUtilization();
  #busy = 0;

  constructor(parts: HealthParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
    this.#disk = new DiskFree(parts.dataFolder, parts.clock);
  }

  start(): void {
    this.#disk.start();
  }

  stop(): void {
    this.#disk.stop();
  }

  get version(): string {
    return this.#parts.version;
  }

  get traffic(): Traffic {
    return this.#parts.lobby.traffic;
  }

  get rooms(): Rooms {
    return this.#parts.rooms;
  }

  /** Takes the counts, and what has its turn: at even intervals. */
  sample(): void {
    const { clock, badges, lobby, rooms } = this.#parts;
    const now = clock.now();
    badges.sample(lobby.sessions, now);
    const { messages } = lobby.traffic;
    this.#rates.in.read(messages.in, now);
    this.#rates.out.read(messages.out, now);
    this.#ticks.round(rooms.all.flatMap(({ room, ticker }) => [ticker.lateness, room.totals.work]));
    const loop = performance.eventLoopUtilization();
    this.#busy = performance.eventLoopUtilization(loop, this.#loop).utilization;
    this.#loop = loop;
  }

  page(): HealthPage {
    const { clock, lobby, badges, rooms, journals, buffer, refusals } = this.#parts;
    const links = badges.of(lobby.sessions);
    const perRoom = rooms.all.map((running) => this.#roomHealth(running));
    const lag = journals.lag(clock.now());
    return {
      uptime: Math.round((clock.now() - this.#startedAt) / 1000),
      rooms: perRoom.length,
      devices: links.length,
      clients: this.#parts.clients(),
      tickLatenessMs: worst(perRoom.map(({ tickLatenessMs }) => tickLatenessMs)),
      tickWorkMs: worst(perRoom.map(({ tickWorkMs }) => tickWorkMs)),
      ticksSkipped: perRoom.reduce((sum, { ticksSkipped }) => sum + ticksSkipped, 0),
      perRoom,
      messagesPerSecond: { in: this.#rates.in.perSecond, out: this.#rates.out.perSecond },
      memoryBytes: process.memoryUsage.rss(),
      eventLoopBusy: Math.round(this.#busy * 1000) / 1000,
      diskFreeBytes: this.#disk.bytes,
      journalLagMs: Math.round(lag.ms),
      journalLagBytes: lag.bytes,
      store: this.#parts.trouble() ?? 'ok',
      unsaved: buffer.size,
      refused: Object.fromEntries([...lobby.refusals, ...refusals]),
      links,
      ports: this.#parts.ports(),
    };
  }

  #roomHealth({ spec, room, ticker }: RunningRoom): RoomHealth {
    return {
      room: room.name,
      game: spec.game.name,
      phase: room.phase,
      seatsTaken: room.seats.taken.length,
      tickLatenessMs: this.#summary(ticker.lateness),
      tickWorkMs: this.#summary(room.totals.work),
      ticksSkipped: ticker.skipped,
    };
  }

  #summary(samples: Quantiles): Summary {
    return this.#ticks.get(samples) ?? { p50: 0, p99: 0, max: 0 };
  }
}

const worst = (summaries: readonly Summary[]): Summary | null => summaries.toSorted((a, b) => b.p99 - a.p99)[0] ?? null;
