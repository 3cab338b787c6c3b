/**
 * The power goes while points are being committed to SQLite: of the bytes that were not synced any sectors are there, in
 * any order, or torn in the middle. Whatever is left, the database opens, and has every acknowledged point once.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ScoreDatabase } from '../../hub/store/score-database.ts';
import type { Batch, PointsRow } from '../../hub/store/store.ts';
import { temporaryFolder } from '../support/hubs.ts';
import { Random } from '../support/random.ts';
import { torn } from './support/crash-disk.ts';

const SEED = Number(process.env['PADDLEWIRE_SEED'] ?? 20_261_121);
const RUNS = 15;
const CUTS = 200;
const COMMITS = 24;
/** Where SQLite keeps what is committed but not yet in its file. */
const WAL = 'scores.db-wal';

/** What is on the disk after a commit, and what was promised then. */
interface Synced {
  readonly database: Uint8Array;
  readonly wal: Uint8Array;
  readonly points: number;
}

const batchOf = (points: PointsRow[]): Batch => ({ devices: [], matches: [], points, records: [], tallies: [] });

/** Plays, commits, and takes a picture of the disk after each commit. */
function commits(random: Random): Synced[] {
  const folder = temporaryFolder();
  const database = new ScoreDatabase(folder);
  database.open(false);
  // The hub has its id from the first, so that whoever looks later writes nothing.
  database.export();
  const scored = new Map<string, PointsRow>();
  const pictures: Synced[] = [];
  for (let commit = 0; commit < COMMITS; commit++) {
    const touched = new Map<string, PointsRow>();
    for (let point = 0; point <= random.below(12); point++) {
      const [match, device] = [`m${random.below(5)}`, `d${random.below(6)}`];
      const key = `${match} ${device}`;
      const row = { match, seat: 'left', device, points: (scored.get(key)?.points ?? 0) + 1, won: false };
      scored.set(key, row);
      touched.set(key, row);
    }
    database.save(batchOf([...touched.values()]));
    pictures.push({
      database: readFileSync(join(folder, 'scores.db')),
      wal: readFileSync(join(folder, WAL)),
      points: [...scored.values()].reduce((sum, { points }) => sum + points, 0),
    });
  }
  database.close();
  return pictures;
}

/** What a hub finds that starts on these files: points in all. @throws Error if they cannot be read */
function foundOn(folder: string, database: Uint8Array, wal: Uint8Array): number {
  for (const name of ['scores.db-shm', WAL, 'scores.db']) rmSync(join(folder, name), { force: true });
  writeFileSync(join(folder, 'scores.db'), database);
  writeFileSync(join(folder, WAL), wal);
  const opened = new ScoreDatabase(folder);
  opened.open(false);
  try {
    return opened.export().scores.reduce((sum, { points }) => sum + points, 0);
  } finally {
    opened.close();
  }
}

it(`${RUNS * CUTS} cuts in the middle of a commit: no acknowledged point is lost, none counts twice`, () => {
  const tally = { cuts: 0, between: 0, lost: 0, twice: 0, unreadable: 0 };
  for (let run = 0; run < RUNS; run++) {
    const random = new Random(SEED + run);
    const pictures = commits(random);
    const folder = temporaryFolder();
    /** What was found where nothing of a commit was left: the same each time. */
    const untouched = new Map<number, number>();
    for (let cut = 0; cut < CUTS; cut++) {
      const at = random.below(COMMITS - 1);
      const [before, after] = [pictures[at], pictures[at + 1]] as [Synced, Synced];
      const wal = torn(before.wal, before.wal.length, after.wal.subarray(before.wal.length), random);
      tally.cuts++;
      try {
        const known = wal === before.wal ? untouched.get(at) : undefined;
        const points = known ?? foundOn(folder, before.database, wal);
        if (wal === before.wal) untouched.set(at, points);
        if (points < before.points) tally.lost++;
        if (points > after.points) tally.twice++;
        if (points > before.points) tally.between++;
      } catch {
        tally.unreadable++;
      }
    }
  }
  console.log(`seed ${SEED}: ${JSON.stringify(tally)}`);
  expect(tally).toMatchObject({ cuts: RUNS * CUTS, lost: 0, twice: 0, unreadable: 0 });
  // Some commits made it although nobody was told: the cuts are at real places.
  expect(tally.between).toBeGreaterThan(0);
}, 300_000);
