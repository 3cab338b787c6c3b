/** A process that does nothing but score, on a real disk, as a hub does: to be killed at any moment. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compiledUrl } from '../../../shared/package-files.ts';

/** Points by seat and device, of the match that is on. */
export type Credit = Readonly<Record<string, number>>;

export interface Scored {
  /** What the process was told is on disk, last. */
  readonly acknowledged: Credit;
  readonly match: string;
}

const at = (path: string): string => compiledUrl(path).href;

/** Written for Node as it is: a process that starts in a tenth of a second can be killed often. */
const PROGRAM = `
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { Journals } from '${at('hub/journal/journals.js')}';
import { recover } from '${at('hub/journal/recover.js')}';
import { Room } from '${at('hub/rooms/room.js')}';
import { ScoreBuffer } from '${at('hub/store/score-buffer.js')}';
import { SqliteScoreStore } from '${at('hub/store/sqlite-score-store.js')}';
import { systemClock } from '${at('hub/clock.js')}';
import { withDefaults } from '${at('shared/games/game.js')}';
import { pong } from '${at('shared/games/pong/pong.js')}';

const [folder, devices] = [process.argv[2], ['a', 'b', 'c', 'd']];
const store = new SqliteScoreStore(folder);
const limits = { days: 1, files: 100, megabytes: 100 };
const journals = new Journals({ folder: join(folder, 'journals'), clock: systemClock, limits, log: (code) => writeSync(2, code) });
await store.start();
const unfinished = await journals.start();
const buffer = new ScoreBuffer({
  store: { save: async (batch) => { await journals.sync(); return store.save(batch); } },
  clock: systemClock, commitMs: 1, capacity: 100000, onSaved: () => {}, onTrouble: (error) => writeSync(2, String(error)),
});
const rows = new Map();
const book = {
  full: false,
  match: (row) => buffer.match(row),
  points: (row) => { rows.set(row.match + row.seat + row.device, row); buffer.points(row); },
  flush: () => buffer.flush(),
};
let now = 0;
const room = new Room({
  game: pong,
  parameters: withDefaults(pong.parameters, { ballSpeed: 40000, serveMs: 0, target: 99 }),
  settings: { name: 'main', rate: 60, policy: 'freeze', begins: 'itself', graceMs: 1e9, countdownMs: 0, resumeMs: 0, restartMs: 0 },
  clock: { ...systemClock, now: () => now },
  seed: () => 1, book, journal: (match) => journals.file(match), kindOf: () => 'board',
  out: { state() {}, event() {}, changed() {}, toDevice() {}, sync() {} },
});
const [newest] = unfinished;
const saved = newest === undefined ? { reason: 'none' } : recover(newest);
if (!('reason' in saved)) {
  await journals.cut(saved.id, saved.soFar.written.bytes);
  room.restore(saved);
}
for (const device of devices) if (room.back(device) === null) room.join(device, '');
for (let tick = 0; ; tick++) {
  now += 1000 / 60;
  room.input(devices[tick % 4], { buttons: (tick >> 4) & 3, axis: null });
  room.tick();
  if (tick % 20 !== 0) continue;
  const match = room.summary().match;
  const own = [...rows.values()].filter((row) => row.match === match);
  const acknowledged = Object.fromEntries(own.map(({ seat, device, points }) => [seat + ' ' + device, points]));
  await buffer.flush();
  writeSync(1, JSON.stringify({ acknowledged, match }) + '\\n');
}
`;

/**
 * Lets it score on a folder and kills it some time after its first acknowledgement.
 * @returns what it was promised last
 * @throws Error if it said something is wrong
 */
export async function scoreUntilKilled(folder: string, afterMs: number): Promise<Scored> {
  const program = join(folder, 'scorer.mjs');
  writeFileSync(program, PROGRAM);
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [trouble, last] = ['', null as Scored | null];
  child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()));
  createInterface(child.stdout).on('line', (line) => {
    if (last === null) setTimeout(() => child.kill('SIGKILL'), afterMs);
    last = JSON.parse(line) as Scored;
  });
  await new Promise((resolve) => child.once('close', resolve));
  if (trouble !== '' || last === null) throw new Error(`it did not score: ${trouble}`);
  return last;
}
