/** What the demo's hub and the process with its boards say to each other. */

/** Given to the boards' process when it starts. */
export interface BoardsTask {
  /** Folder in which the ports appear. */
  readonly ports: string;
  readonly mqttPort: number;
  readonly secret: string | null;
  /** Where the boards' EEPROMs are kept between demos; null: nowhere. */
  readonly keep: string | null;
  readonly seed: number;
}

/** Who sits where, by the path of the port. */
export type Seats = Readonly<Record<string, string>>;

export type ToBoards =
  | { readonly do: 'begin'; readonly task: BoardsTask }
  | { readonly do: 'seats'; readonly seats: Seats }
  | { readonly do: 'end' };

/** From a press on a pin to the snapshot that shows it, received by a spectator. */
export interface BoardsReport {
  readonly pressToSnapshotMs: { readonly p50: number; readonly p99: number };
  readonly presses: number;
  readonly snapshotBytes: number;
}

export type FromBoards =
  | { readonly is: 'loaded' }
  | { readonly is: 'ready' }
  | { readonly is: 'failed'; readonly text: string }
  | { readonly is: 'report'; readonly report: BoardsReport };

/** Names of the ports; the hub watches them as patterns. */
export const PORTS = { uno: 'uno-', firmata: 'firmata-' } as const;
