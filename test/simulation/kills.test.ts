/** Real kills (SIGKILL) of a process that scores on a real disk, again and again on the same match. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ScoreDatabase } from '../../hub/store/score-database.ts';
import { pong } from '../../shared/games/pong/pong.ts';
import type { PongState } from '../../shared/games/pong/state.ts';
import { EXTENSION } from '../../shared/journal/format.ts';
import { JournalReader } from '../../shared/journal/journal-reader.ts';
import { Replay } from '../../shared/journal/replay.ts';
import { temporaryFolder } from '../support/hubs.ts';
import { Random } from '../support/random.ts';
import { scoreUntilKilled } from './support/scorer.ts';

const SEED = Number(process.env['PADDLEWIRE_SEED'] ?? 20_261_121);
const KILLS = 200;
/** Two at a time, each on a disk of its own: a computer has that many processors. */
const FOLDERS = 2;
const LONGEST_MS = 60;

const sum = (points: Iterable<number>): number => [...points].reduce((total, some) => total + some, 0);

/** Points in the database, by device. */
function inDatabase(folder: string): Map<string, number> {
  const database = new ScoreDatabase(folder);
  database.open(false);
  try {
    return new Map(database.export().scores.map(({ device, points }) => [device, points]));
  } finally {
    database.close();
  }
}

type Scores = Readonly<Record<string, number>>;

/** What the journals say, of matches that are over and of the one that is not: points of each seat, by match. */
class Journals {
  readonly #folder: string;
  /** What was read: most are over, and the same after the next kill. */
  readonly #known = new Map<string, { readonly bytes: Uint8Array; readonly scores: Scores }>();

  constructor(folder: string) {
    this.#folder = join(folder, 'journals');
  }

  /** @throws JournalError if one cannot be read */
  read(): Map<string, Scores> {
    const files = readdirSync(this.#folder).filter((name) => name.endsWith(EXTENSION));
    return new Map(files.map((name) => [name.slice(0, -EXTENSION.length), this.#scores(name)]));
  }

  #scores(name: string): Scores {
    const bytes = readFileSync(join(this.#folder, name));
    const known = this.#known.get(name);
    if (known !== undefined && Buffer.compare(known.bytes, bytes) === 0) return known.scores;
    const scores = scoresOf(bytes);
    this.#known.set(name, { bytes, scores });
    return scores;
  }
}

/** The scores at the end of the whole part. @throws JournalError if there is none */
function scoresOf(bytes: Uint8Array): Scores {
  const reader = new JournalReader(bytes);
  const replay = new Replay(pong, reader.header);
  for (const call of reader.calls()) replay.apply(call);
  const scores = pong.scores(replay.state as PongState);
  return Object.fromEntries(reader.header.seats.map((seat, index) => [seat, scores[index] ?? 0]));
}

interface Tally {
  kills: number;
  points: number;
  lost: number;
  twice: number;
  unreadable: number;
}

async function killOften(kills: number, seed: number, tally: Tally): Promise<void> {
  const folder = temporaryFolder();
  const files = new Journals(folder);
  const random = new Random(seed);
  for (let kill = 0; kill < kills; kill++) {
    const { acknowledged, match } = await scoreUntilKilled(folder, random.below(LONGEST_MS));
    tally.kills++;
    try {
      const [stored, journals] = [sum(inDatabase(folder).values()), files.read()];
      const played = sum([...journals.values()].flatMap((scores) => Object.values(scores)));
      // Nothing acknowledged is missing in the journal, and what is in the database a rally has given.
      for (const [who, points] of Object.entries(acknowledged))
        if ((journals.get(match)?.[who.split(' ')[0] ?? ''] ?? 0) < points) tally.lost++;
      if (stored < sum(Object.values(acknowledged))) tally.lost++;
      if (stored < tally.points) tally.lost++;
      if (stored > played) tally.twice++;
      tally.points = Math.max(tally.points, stored);
    } catch (error) {
      console.log(`kill ${kill}: ${String(error)}`);
      tally.unreadable++;
    }
  }
}

it(`${KILLS} kills: no acknowledged point is lost, none counts twice, no file is unreadable`, async () => {
  const none = { kills: 0, points: 0, lost: 0, twice: 0, unreadable: 0 };
  const tallies = Array.from({ length: FOLDERS }, (): Tally => ({ ...none }));
  await Promise.all(tallies.map((own, folder) => killOften(KILLS / FOLDERS, SEED + folder, own)));
  const keys = Object.keys(none) as (keyof Tally)[];
  const tally = Object.fromEntries(keys.map((key) => [key, sum(tallies.map((own) => own[key]))]));
  console.log(`seed ${SEED}: ${JSON.stringify(tally)}`);
  expect(tally).toMatchObject({ kills: KILLS, lost: 0, twice: 0, unreadable: 0 });
  expect(tally['points']).toBeGreaterThan(50);
}, 300_000);
