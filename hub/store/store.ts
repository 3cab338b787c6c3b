/** What must last: the interface of the score store. `SqliteScoreStore` is the embedded implementation. */

/** A match, written when it starts and again when it ends. */
export interface MatchRow {
  readonly id: string;
  readonly room: string;
  readonly game: string;
  readonly rules: number;
  readonly seed: number;
  /** ms since 1970. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly outcome: 'win' | 'draw' | 'void' | null;
  /** Seat that won. */
  readonly winner: string | null;
}

/** All points that one device has scored on one seat of one match: absolute, so that writing it twice counts once. */
export interface PointsRow {
  readonly match: string;
  readonly seat: string;
  readonly device: string;
  readonly points: number;
  readonly won: boolean;
}

export interface DeviceRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly seenAt: number;
}

/** A RECORD of a device; `data` is its JSON. */
export interface RecordRow {
  readonly device: string;
  readonly seq: number;
  readonly data: string;
  readonly receivedAt: number;
}

/** Wins counted from `game/player_choices`: absolute for this hub. */
export interface TallyRow {
  readonly player: string;
  readonly wins: number;
}

/** What one transaction writes. Every row is absolute: a batch can be written again without counting twice. */
export interface Batch {
  readonly devices: readonly DeviceRow[];
  readonly matches: readonly MatchRow[];
  readonly points: readonly PointsRow[];
  readonly records: readonly RecordRow[];
  readonly tallies: readonly TallyRow[];
}

/** A match with who scored, or sat, in it. */
export interface PlayedMatch extends Pick<MatchRow, 'room' | 'game' | 'startedAt' | 'endedAt' | 'outcome' | 'winner'> {
  readonly match: string;
  readonly players: readonly {
    readonly seat: string;
    readonly device: string;
    readonly name: string;
    readonly points: number;
    readonly won: boolean;
  }[];
}

export interface KeptSetting {
  readonly key: string;
  readonly value: string | null;
}

export interface Lifetime {
  readonly points: number;
  readonly wins: number;
}

export interface ScoreLine extends Lifetime {
  readonly device: string;
  readonly name: string;
  readonly kind: string;
  readonly matches: number;
}

/** What one hub scored, or one file that was imported held. */
export interface ScoreSource {
  /** Id of the hub that scored: importing it again replaces what was imported of it before. */
  readonly hub: string;
  readonly scores: readonly ScoreLine[];
  readonly tallies: readonly TallyRow[];
}

/** What `paddlewire scores --json` prints and `scores import` reads. */
export interface ScoreExport extends ScoreSource {
  readonly paddlewire: 1;
  /** What `scores` and `tallies` are the sums of: this hub's own first, then each import. */
  readonly sources: readonly ScoreSource[];
}

/** What an import takes: each source apart, so that scores that went from hub to hub count once. */
export type ImportedScores = Pick<ScoreExport, 'sources'>;

export interface ScoreStore {
  /** @throws PaddlewireError data-folder-unwritable, data-in-use */
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Writes a batch in one transaction. Resolves when it is on disk, with the lifetimes of the devices in it.
   * @throws PaddlewireError store-full, store-failed: nothing of the batch was written
   */
  save(batch: Batch): Promise<ReadonlyMap<string, Lifetime>>;
  lifetime(device: string): Promise<Lifetime>;
  /** The name a device was last known by, or null. */
  deviceName(device: string): Promise<string | null>;
  /** This hub's own count and all counts together, imported ones included. */
  tallies(): Promise<{ readonly own: readonly TallyRow[]; readonly all: readonly TallyRow[] }>;
  /** At most 200, the best first: by wins, then points. @param since when their matches began, in ms since 1970; null: all */
  leaderboard(since: number | null): Promise<readonly ScoreLine[]>;
  /** At most 200, the newest first. @param device in which it sat; null: all */
  matches(device: string | null): Promise<readonly PlayedMatch[]>;
  /** What was kept by name. */
  settings(): Promise<Readonly<Record<string, string>>>;
  /** Keeps a setting by name; null: no longer. Resolves when it is on disk. @throws PaddlewireError store-full, store-failed */
  keep(setting: KeptSetting): Promise<void>;
  export(): Promise<ScoreExport>;
  /** @returns how many devices and tallies were taken over */
  import(scores: ImportedScores): Promise<number>;
}
