/** What the demo measures, in the form that `demo --json` prints. */
import type { DeviceKind } from '../../../shared/contract/messages.ts';
import type { Hub } from '../../hub.ts';
import type { Link } from '../../links/link.ts';
import { SerialLink } from '../../links/serial/serial-link.ts';
import type { Room } from '../../rooms/room.ts';
import { ScoreDatabase } from '../../store/score-database.ts';
import type { BoardsReport } from './protocol.ts';

export interface DemoSeat {
  readonly seat: string;
  readonly device: string;
  readonly kind: DeviceKind;
  readonly link: Link['kind'];
  readonly points: number;
  readonly inputs: number;
  readonly framesLost: number;
}

export interface DemoReport {
  readonly seats: readonly DemoSeat[];
  readonly ticks: number;
  readonly tickLatenessMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly rallies: number;
  readonly pointsPlayed: number;
  readonly pointsOnDisk: number;
  readonly pressToSnapshotMs: { readonly p50: number; readonly p99: number };
  /** The longest SNAPSHOT as published, and the longest INPUT on a serial line, delimiter included. */
  readonly snapshotBytes: number;
  readonly inputFrameBytes: number;
  /** The hub's share of one core, boards and bot not counted. */
  readonly hubCpu: number;
}

/** Measures a hub from now on. What is to be read while links are up is read at `stop`. */
export class Measurement {
  readonly #hub: Hub;
  readonly #room: Room;
  readonly #onDiskBefore: number;
  readonly #began = performance.now();
  readonly #cpu = process.cpuUsage();
  #seats: DemoSeat[] = [];
  #inputFrameBytes = 0;
  #hubCpu = 0;

  /** @param onDiskBefore points that the store held already */
  constructor(hub: Hub, onDiskBefore: number) {
    this.#hub = hub;
    this.#onDiskBefore = onDiskBefore;
    this.#room = [...hub.rooms.values()][0] as Room;
    // The first ticks ran beside the boards' start.
    hub.tickers[0]?.lateness.clear();
  }

  stop(): void {
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#hubCpu = (user + system) / 1000 / (performance.now() - this.#began);
    this.#seats = this.#room.seats.taken.map((seat) => this.#seat(seat.name, seat.device as string));
  }

  report(boards: BoardsReport, onDisk: number): DemoReport {
    const { ticks, rallies, points } = this.#room.totals;
    return {
      seats: this.#seats.map((seat) => ({ ...seat, points: this.#room.totals.pointsBySeat.get(seat.seat) ?? 0 })),
      ticks,
      tickLatenessMs: this.#hub.tickers[0]?.lateness.summary() ?? { p50: 0, p99: 0, max: 0 },
      rallies,
      pointsPlayed: points,
      pointsOnDisk: onDisk - this.#onDiskBefore,
      pressToSnapshotMs: boards.pressToSnapshotMs,
      snapshotBytes: boards.snapshotBytes,
      inputFrameBytes: this.#inputFrameBytes,
      hubCpu: Math.round(this.#hubCpu * 10_000) / 10_000,
    };
  }

  #seat(seat: string, device: string): DemoSeat {
    const session = this.#hub.lobby.session(device);
    const link = session?.link;
    if (link instanceof SerialLink) this.#inputFrameBytes = Math.max(this.#inputFrameBytes, link.longestInput);
    const lost = Object.values(link?.counters.lost ?? {}).reduce((sum, count) => sum + count, 0);
    return {
      seat,
      device,
      kind: session?.kind ?? 'agent',
      link: link?.kind ?? 'mqtt',
      points: 0,
      inputs: session?.counters.inputs ?? 0,
      framesLost: lost,
    };
  }
}

const sum = (scores: readonly { readonly points: number }[]): number =>
  scores.reduce((all, line) => all + line.points, 0);

/** All points in the store of a running hub. */
export const pointsOnDisk = async (hub: Hub): Promise<number> => sum((await hub.scores()).scores);

/** All points in the store of a hub that has stopped. */
export function readPoints(folder: string): number {
  const database = new ScoreDatabase(folder);
  database.open(false);
  try {
    return sum(database.export().scores);
  } finally {
    database.close();
  }
}
