/**
 * The power goes at any moment of a match: no acknowledged point is lost, none counts twice, no journal is unreadable.
 * Seed and numbers are printed; PADDLEWIRE_SEED repeats a run.
 */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { JournalFolder } from '../../hub/journal/journal-folder.ts';
import type { JournalCall } from '../../hub/journal/journal-worker.ts';
import { Journals, type JournalChannel } from '../../hub/journal/journals.ts';
import { recover } from '../../hub/journal/recover.ts';
import { Room } from '../../hub/rooms/room.ts';
import { withDefaults } from '../../shared/games/game.ts';
import { pong } from '../../shared/games/pong/pong.ts';
import type { AnyGame } from '../../shared/games/registry.ts';
import { JournalReader } from '../../shared/journal/journal-reader.ts';
import { Replay } from '../../shared/journal/replay.ts';
import { stateHash } from '../../shared/sim/state-hash.ts';
import { Random } from '../support/random.ts';
import { TestBook } from '../support/room-rig.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { crash, CrashDisk, type Fault } from './support/crash-disk.ts';

const SEED = Number(process.env['PADDLEWIRE_SEED'] ?? 20_261_121);
const FOLDER = '/data/journals';
const MATCHES = 60;
const CUTS = 200;
const DEVICES = ['a', 'b', 'c', 'd'];

/** Points of each device, by its seat. */
type Points = Readonly<Record<string, number>>;

interface Promised {
  /** What was acknowledged, and what was played, when this was noted. */
  readonly acknowledged: Points;
  readonly played: Points;
}

/** A room on a disk, with the order of writes that a hub keeps: journal, then database, then the acknowledgement. */
class Hub {
  readonly clock = new VirtualClock();
  readonly disk: CrashDisk;
  readonly book = new TestBook();
  readonly log: string[] = [];
  readonly journals: Journals;
  readonly room: Room;
  #acknowledged: Points = {};

  constructor(disk: CrashDisk, seed: number, ballSpeed: number) {
    this.disk = disk;
    const folder = new JournalFolder(FOLDER, disk);
    this.journals = new Journals({
      folder: FOLDER,
      clock: this.clock,
      limits: { days: 1, files: 100, megabytes: 100 },
      log: (code) => this.log.push(code),
      connect: () => direct(folder),
    });
    const game: AnyGame = pong;
    this.room = new Room({
      game,
      parameters: withDefaults(game.parameters, { ballSpeed, serveMs: 0, target: 99 }),
      settings: {
        name: 'main',
        rate: 60,
        policy: 'freeze',
        begins: 'itself',
        graceMs: 1_000_000,
        countdownMs: 0,
        resumeMs: 0,
        restartMs: 100,
      },
      clock: this.clock,
      seed: () => seed,
      book: this.book,
      journal: (match) => this.journals.file(match),
      kindOf: () => 'board',
      out: { state: () => {}, event: () => {}, changed: () => {}, toDevice: () => {}, sync: () => {} },
    });
  }

  get played(): Points {
    return Object.fromEntries(
      [...this.book.rows.values()].map(({ seat, device, points }) => [`${seat} ${device}`, points]),
    );
  }

  /** A group commit: whoever asks is told when it is over. */
  async commit(): Promise<void> {
    const { played } = this;
    await this.journals.sync();
    this.#acknowledged = played;
    this.disk.note({ acknowledged: this.#acknowledged, played: this.played } satisfies Promised);
  }

  async play(ticks: number, random: Random, commitEvery: number): Promise<void> {
    for (let tick = 0; tick < ticks; tick++) {
      for (const device of DEVICES) {
        if (random.below(12) === 0) this.room.input(device, { buttons: random.below(4), axis: null });
        if (random.below(400) === 0) this.room.lost(device);
        else if (random.below(60) === 0) this.room.back(device);
      }
      this.clock.advance(1000 / 60);
      this.room.tick();
      this.disk.note({ acknowledged: this.#acknowledged, played: this.played } satisfies Promised);
      if (tick % commitEvery === 0) await this.commit();
    }
  }
}

function direct(folder: JournalFolder): JournalChannel {
  return {
    ended: Promise.resolve(),
    call: <T>(call: JournalCall, argument?: unknown): Promise<T> => {
      try {
        const method = folder[call] as (value: unknown) => T;
        return Promise.resolve(method.call(folder, argument));
      } catch (error) {
        return Promise.reject(error);
      }
    },
  };
}

async function seatedHub(disk: CrashDisk, seed: number, ballSpeed = 40_000): Promise<Hub> {
  const hub = new Hub(disk, seed, ballSpeed);
  await hub.journals.start();
  for (const device of DEVICES) hub.room.join(device, '');
  return hub;
}

interface Recovered {
  readonly credit: Points;
  readonly hashes: number;
  readonly found: boolean;
}

/** What a hub that starts on these files makes of them. */
function recovered(files: ReadonlyMap<string, Uint8Array>): Recovered {
  const [unfinished] = new JournalFolder(FOLDER, new CrashDisk(files)).unfinished();
  if (unfinished === undefined) return { credit: {}, hashes: 0, found: false };
  const saved = recover(unfinished);
  if ('reason' in saved) return { credit: {}, hashes: 0, found: false };
  const whole = unfinished.bytes.slice(0, saved.soFar.written.bytes);
  return { credit: credits(saved.credit), hashes: verified(whole), found: true };
}

/** The same for many cuts: most leave what another one has left to the byte, and of that a hub makes the same. */
class Recoveries {
  readonly #known = new Map<string, Recovered>();

  of(files: ReadonlyMap<string, Uint8Array>): Recovered {
    const key = digest(files);
    const known = this.#known.get(key) ?? recovered(files);
    this.#known.set(key, known);
    return known;
  }
}

/** Of the names and all bytes. */
function digest(files: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of files) hash.update(`${path}\n${bytes.length}\n`).update(bytes);
  return hash.digest('hex');
}

const credits = (rows: readonly { seat: string; device: string; points: number }[]): Points =>
  Object.fromEntries(rows.map(({ seat, device, points }) => [`${seat} ${device}`, points]));

/** How many hashes hold; throws where one does not, or where the whole part is not whole. */
function verified(bytes: Uint8Array): number {
  const reader = new JournalReader(bytes);
  const replay = new Replay(pong, reader.header);
  let hashes = 0;
  for (const call of reader.calls()) {
    replay.apply(call);
    if (call.op === 'hash' && stateHash(replay.state) !== call.hash) throw new Error(`hash at tick ${call.tick}`);
    if (call.op === 'hash') hashes++;
  }
  if (reader.damage !== null) throw new Error(reader.damage.text);
  return hashes;
}

describe('power cuts', () => {
  it(`${MATCHES * CUTS} cuts: no acknowledged point is lost, none counts twice, every journal is readable`, async () => {
    let [cuts, lost, twice, unreadable, hashes, goneOn] = [0, 0, 0, 0, 0, 0];
    for (let match = 0; match < MATCHES; match++) {
      const random = new Random(SEED + match);
      // A few are long enough for a key frame, from which recovery begins.
      const long = match % 12 === 0;
      const hub = await seatedHub(new CrashDisk(), SEED + match, long ? 8000 : 40_000);
      await hub.play((long ? 1850 : 150) + random.below(300), random, 5 + random.below(40));
      const recoveries = new Recoveries();
      for (let cut = 0; cut < CUTS; cut++) {
        cuts++;
        const { files, note } = crash(hub.disk.steps, 1 + random.below(hub.disk.steps.length), random);
        const { acknowledged, played } = (note ?? { acknowledged: {}, played: {} }) as Promised;
        try {
          const { credit, hashes: held, found } = recoveries.of(files);
          hashes += held;
          if (found) goneOn++;
          for (const [who, points] of Object.entries(acknowledged)) if ((credit[who] ?? 0) < points) lost++;
          for (const [who, points] of Object.entries(credit)) if (points > (played[who] ?? 0)) twice++;
        } catch {
          unreadable++;
        }
      }
    }
    console.log(
      `seed ${SEED}: ${cuts} cuts, ${goneOn} matches gone on, ${hashes} hashes held; lost ${lost}, twice ${twice}, unreadable ${unreadable}`,
    );
    expect({ lost, twice, unreadable }).toEqual({ lost: 0, twice: 0, unreadable: 0 });
    expect(goneOn).toBeGreaterThan(cuts / 2);
    expect(hashes).toBeGreaterThan(cuts);
  }, 300_000);
});

describe('a disk that fails', () => {
  it.each(['ENOSPC', 'EIO', 'EROFS'] satisfies Fault[])(
    '%s: play goes on, it is said once, what is whole can be read',
    async (fault) => {
      for (let round = 0; round < 40; round++) {
        const random = new Random(SEED + round);
        const hub = await seatedHub(new CrashDisk(), SEED + round);
        await hub.play(1 + random.below(200), random, 10);
        hub.disk.fault = fault;
        const { points } = hub.room.totals;
        await hub.play(300, random, 10);
        expect(hub.room.totals.points).toBeGreaterThan(points);
        expect(hub.log.filter((code) => code === 'journal-failed')).toHaveLength(1);
        const { files } = crash(hub.disk.steps, hub.disk.steps.length, random);
        expect(() => recovered(files)).not.toThrow();
      }
    },
  );
});
