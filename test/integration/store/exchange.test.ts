import { openSync, closeSync, ftruncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ScoreDatabase } from '../../../hub/store/score-database.ts';
import { parseImport } from '../../../hub/store/score-import.ts';
import type { ScoreExport } from '../../../hub/store/store.ts';
import { paddlewire, temporaryFolder } from '../../support/hubs.ts';

/** A hub's database in which `device` has scored, and its players have won. */
function hub(device: string | null, points = 0): ScoreDatabase {
  const database = new ScoreDatabase(temporaryFolder());
  database.open(false);
  onTestFinished(() => database.close());
  if (device !== null) score(database, device, points);
  return database;
}

function score(database: ScoreDatabase, device: string, points: number, name = `Name of ${device}`): void {
  database.save({
    devices: [{ id: device, name, kind: 'browser', seenAt: 1 }],
    matches: [],
    points: [{ match: 'm', seat: 'left', device, points, won: true }],
    records: [],
    tallies: [{ player: 'human', wins: points }],
  });
}

/** As by a file from one hub to another. */
const give = (from: ScoreDatabase, to: ScoreDatabase): number => to.import(parseImport(JSON.stringify(from.export())));

const pointsOf = ({ scores }: ScoreExport): Record<string, number> =>
  Object.fromEntries(scores.map(({ device, points }) => [device, points]));

const wins = (database: ScoreDatabase): number | undefined => database.tallies().all[0]?.wins;

describe('scores that go from hub to hub', () => {
  it('A to B and back count once, however often', () => {
    const [a, b] = [hub('x', 7), hub('x', 2)];
    for (let time = 0; time < 3; time++) {
      give(a, b);
      give(b, a);
      for (const database of [a, b]) {
        expect(pointsOf(database.export())).toEqual({ x: 9 });
        expect(database.lifetime('x')).toEqual({ points: 9, wins: 2 });
        expect(wins(database)).toBe(9);
      }
    }
    expect(a.tallies().own).toEqual([{ player: 'human', wins: 7 }]);
  });

  it('A to B to C, to C itself, and on, count once', () => {
    const [a, b, c] = [hub('x', 7), hub('y', 5), hub(null)];
    for (let time = 0; time < 2; time++) {
      give(a, b);
      give(b, c);
      give(a, c);
      give(c, a);
      expect(pointsOf(c.export())).toEqual({ x: 7, y: 5 });
      expect(pointsOf(a.export())).toEqual({ x: 7, y: 5 });
      expect(wins(c)).toBe(12);
    }
    score(a, 'x', 10);
    give(a, b);
    give(b, c);
    expect(pointsOf(c.export())).toEqual({ x: 10, y: 5 });
  });

  it('an export has its own source first, then each import, and their sums', () => {
    const [a, b] = [hub('x', 7), hub('x', 2)];
    give(a, b);
    const { hub: id, scores, sources } = b.export();
    expect(scores).toEqual([{ device: 'x', name: 'Name of x', kind: 'browser', points: 9, wins: 2, matches: 2 }]);
    expect(sources.map((source) => source.hub)).toEqual([id, a.export().hub]);
    expect(sources.map((source) => pointsOf(source as ScoreExport))).toEqual([{ x: 2 }, { x: 7 }]);
    expect(sources.map(({ tallies }) => tallies[0]?.wins)).toEqual([2, 7]);
  });

  it('an import again replaces what the source had', () => {
    const to = hub(null);
    const line = { name: '', kind: 'agent', points: 1, wins: 0, matches: 1 };
    const file = (devices: string[]): string =>
      JSON.stringify({
        paddlewire: 1,
        hub: 'old',
        scores: devices.map((device) => ({ ...line, device })),
        tallies: devices.map((player) => ({ player, wins: 1 })),
      });
    expect(to.import(parseImport(file(['x', 'y'])))).toBe(4);
    to.import(parseImport(file(['y'])));
    expect(pointsOf(to.export())).toEqual({ y: 1 });
    expect(to.tallies().all).toEqual([{ player: 'y', wins: 1 }]);
  });

  it('the two-number files of two hubs stay apart', () => {
    const [a, b] = [hub(null), hub(null)];
    a.import(parseImport('{"human_score": 3, "AI_score": 0}'));
    b.import(parseImport('{"human_score": 4, "AI_score": 0}'));
    for (let time = 0; time < 2; time++) {
      give(a, b);
      give(b, a);
      for (const database of [a, b]) expect(database.tallies().all).toContainEqual({ player: 'human', wins: 7 });
    }
  });
});

const LINE = { device: 'x', name: 'Ada', kind: 'agent', points: 1, wins: 1, matches: 1 };
const file = (line: object, tallies: unknown = [], id: unknown = 'h'): string =>
  JSON.stringify({ paddlewire: 1, hub: id, scores: [line], tallies });

/** A source of many lines. */
const source = (id: string, count: number): object => ({
  hub: id,
  scores: Array.from({ length: count }, (_, index) => ({ ...LINE, device: `d${index}` })),
  tallies: [],
});

const long = (more: number): string =>
  JSON.stringify({ paddlewire: 1, sources: [source('g', 60_000), source('h', more)] });

describe('an import that is none', () => {
  it.each([
    ['a name of 33 bytes', file({ ...LINE, name: `${'ü'.repeat(16)}x` })],
    ['a name with a control character', file({ ...LINE, name: 'Ada\u001b[2J' })],
    ['a name that is a number', file({ ...LINE, name: 1 })],
    ['a kind that is none', file({ ...LINE, kind: 'robot' })],
    ['no kind', file({ ...LINE, kind: undefined })],
    ['2^32 points', file({ ...LINE, points: 2 ** 32 })],
    ['2^32 wins', file({ ...LINE, wins: 2 ** 32 })],
    ['2^32 matches', file({ ...LINE, matches: 2 ** 32 })],
    ['2^32 wins of a player', file(LINE, [{ player: 'human', wins: 2 ** 32 }])],
    ['half a point', file({ ...LINE, points: 0.5 })],
    ['a player with a control character', file(LINE, [{ player: 'a\nb', wins: 1 }])],
    ['the source that a hub keeps its own tallies under', file(LINE, [], 'hub')],
    ['sources that are none', JSON.stringify({ paddlewire: 1, hub: 'h', scores: [], tallies: [], sources: [null] })],
    [
      'a source twice',
      JSON.stringify({
        paddlewire: 1,
        sources: Array.from({ length: 2 }, () => ({ hub: 'h', scores: [], tallies: [] })),
      }),
    ],
    [
      'a good source and a bad one',
      JSON.stringify({
        paddlewire: 1,
        sources: [
          { hub: 'g', scores: [LINE], tallies: [] },
          { hub: 'h', scores: [{ ...LINE, kind: '' }], tallies: [] },
        ],
      }),
    ],
  ])('%s', (_, text) => {
    expect(() => parseImport(text)).toThrow(expect.objectContaining({ code: 'import-malformed' }));
  });

  it('more than 100,000 lines, over all sources', () => {
    expect(parseImport(long(40_000)).sources).toHaveLength(2);
    expect(() => parseImport(long(40_001))).toThrow('100000 lines');
  });

  it('a file of over 50 MB is refused in one sentence, and nothing taken over', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'huge.json');
    writeFileSync(path, file(LINE).padEnd(50_000_001));
    const refused = await paddlewire(['scores', 'import', path, '--data', folder]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('import-malformed');
    // Far longer than a string can be: it is not read to its end.
    const handle = openSync(path, 'w');
    ftruncateSync(handle, 5_000_000_000);
    closeSync(handle);
    expect((await paddlewire(['scores', 'import', path, '--data', folder])).stderr).toContain('50 MB');
    expect((await paddlewire(['scores', '--data', folder])).stdout).toContain('No scores yet');
  });
});

describe('what is in the database breaks no message', () => {
  it('names are cut between characters, at 32 bytes', () => {
    const database = hub(null);
    score(database, 'x', 1, 'ü'.repeat(15) + '😀');
    expect(database.deviceName('x')).toBe('ü'.repeat(15));
    score(database, 'x', 1, `A\u001bd\na${'x'.repeat(40)}`);
    expect(database.deviceName('x')).toBe(`Ada${'x'.repeat(29)}`);
    expect(database.deviceName('nobody')).toBeNull();
    expect(parseImport(JSON.stringify(database.export())).sources[0]?.scores[0]?.name).toHaveLength(32);
  });

  it('lifetimes end at 2^32 - 1', () => {
    const most = 2 ** 32 - 1;
    const database = hub('x', 5);
    database.import(
      parseImport(file({ ...LINE, points: most, wins: most, matches: most }, [{ player: 'human', wins: most }])),
    );
    expect(database.lifetime('x')).toEqual({ points: most, wins: most });
    score(database, 'x', 9);
    expect(database.lifetime('x')).toEqual({ points: most, wins: most });
    expect(database.export()).toMatchObject({
      scores: [{ points: most, wins: most, matches: most }],
      tallies: [{ wins: most }],
    });
    expect(() => parseImport(JSON.stringify(database.export()))).not.toThrow();
  });

  it('a device that nobody knows can be exported and imported', () => {
    const [from, to] = [hub(null), hub(null)];
    const points = [{ match: 'm', seat: 'left', device: 'x', points: 3, won: false }];
    from.save({ devices: [], matches: [], points, records: [], tallies: [] });
    give(from, to);
    expect(to.lifetime('x').points).toBe(3);
  });
});
