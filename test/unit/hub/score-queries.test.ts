import { describe, expect, it, onTestFinished } from 'vitest';
import { ScoreDatabase } from '../../../hub/store/score-database.ts';
import type { Batch, MatchRow, PointsRow } from '../../../hub/store/store.ts';
import { temporaryFolder } from '../../support/hubs.ts';

const EMPTY: Batch = { devices: [], matches: [], points: [], records: [], tallies: [] };
const NOON = 1_700_000_000_000;

function database(): ScoreDatabase {
  const opened = new ScoreDatabase(temporaryFolder());
  opened.open(false);
  onTestFinished(() => opened.close());
  return opened;
}

const matchAt = (id: string, startedAt: number, more: Partial<MatchRow> = {}): MatchRow => ({
  id,
  room: 'main',
  game: 'pong',
  rules: 1,
  seed: 1,
  startedAt,
  endedAt: null,
  outcome: null,
  winner: null,
  ...more,
});
const scored = (match: string, device: string, points: number, won = false, seat = 'left'): PointsRow => ({
  match,
  seat,
  device,
  points,
  won,
});

const row = (device: string, wins: number, points: number, matches: number): object =>
  expect.objectContaining({ device, wins, points, matches });

describe('the leaderboard', () => {
  it('has the most wins first, then points; of today only matches that began today count', () => {
    const db = database();
    db.save({
      ...EMPTY,
      devices: [{ id: 'ada', name: 'Ada', kind: 'board', seenAt: NOON }],
      matches: [matchAt('old', NOON - 1), matchAt('new', NOON), matchAt('newer', NOON + 1)],
      points: [
        scored('old', 'ada', 5, true),
        scored('old', 'ben', 4),
        scored('new', 'ben', 5, true, 'right'),
        scored('newer', 'cem', 9),
        scored('newer', 'ben', 1, true),
      ],
    });
    expect(db.leaderboard(null)).toEqual([row('ben', 2, 10, 3), row('ada', 1, 5, 1), row('cem', 0, 9, 1)]);
    expect(db.leaderboard(NOON)).toEqual([row('ben', 2, 6, 2), row('cem', 0, 9, 1)]);
    expect(db.leaderboard(NOON + 2)).toEqual([]);
    expect(db.leaderboard(null)[1]).toMatchObject({ name: 'Ada', kind: 'board' });
  });

  it('counts what was taken over from another hub, but not as of today', () => {
    const db = database();
    const line = { device: 'eve', name: 'Eve', kind: 'agent', points: 7, wins: 3, matches: 4 } as const;
    db.import({ sources: [{ hub: 'other', scores: [line], tallies: [] }] });
    db.save({ ...EMPTY, matches: [matchAt('m', NOON)], points: [scored('m', 'eve', 1, true)] });
    expect(db.leaderboard(null)).toEqual([{ ...line, points: 8, wins: 4, matches: 5 }]);
    expect(db.leaderboard(NOON)).toEqual([{ ...line, points: 1, wins: 1, matches: 1 }]);
  });

  it('is at most 200 long, and breaks no message whatever is in the database', () => {
    const db = database();
    const rows = Array.from({ length: 250 }, (_, index) => scored('m', `d${index}`, 0xffff_ffff, true, `s${index}`));
    db.save({
      ...EMPTY,
      devices: [{ id: 'd1', name: `a\u0001${'é'.repeat(40)}`, kind: 'cat', seenAt: 0 }],
      points: rows,
    });
    const again = Array.from({ length: 250 }, (_, index) => scored('n', `d${index}`, 0xffff_ffff, true, `s${index}`));
    db.save({ ...EMPTY, points: again });
    const lines = db.leaderboard(null);
    expect(lines.length).toBe(200);
    const odd = lines.find(({ device }) => device === 'd1');
    expect(odd).toEqual({
      device: 'd1',
      name: `a${'é'.repeat(15)}`,
      kind: 'agent',
      points: 0xffff_ffff,
      wins: 2,
      matches: 2,
    });
  });
});

describe('matches', () => {
  it('are the newest first, each with who sat in it; of a device those in which it sat', () => {
    const db = database();
    db.save({
      ...EMPTY,
      devices: [{ id: 'ada', name: 'Ada', kind: 'board', seenAt: NOON }],
      matches: [
        matchAt('a', NOON, { endedAt: NOON + 5, outcome: 'win', winner: 'left' }),
        matchAt('b', NOON + 9, { room: 'side' }),
      ],
      points: [scored('a', 'ada', 3, true), scored('a', 'ben', 1, false, 'right'), scored('a', 'ada', 0, false, 'up')],
    });
    const players = [
      { seat: 'left', device: 'ada', name: 'Ada', points: 3, won: true },
      { seat: 'right', device: 'ben', name: '', points: 1, won: false },
      { seat: 'up', device: 'ada', name: 'Ada', points: 0, won: false },
    ];
    const a = {
      match: 'a',
      room: 'main',
      game: 'pong',
      startedAt: NOON,
      endedAt: NOON + 5,
      outcome: 'win',
      winner: 'left',
    };
    const b = {
      match: 'b',
      room: 'side',
      game: 'pong',
      startedAt: NOON + 9,
      endedAt: null,
      outcome: null,
      winner: null,
    };
    expect(db.matches(null)).toEqual([
      { ...b, players: [] },
      { ...a, players },
    ]);
    expect(db.matches('ada')).toEqual([{ ...a, players }]);
    expect(db.matches('nobody')).toEqual([]);
  });

  it('are at most 200', () => {
    const db = database();
    const many = Array.from({ length: 250 }, (_, index) => matchAt(`m${index}`, NOON + index));
    db.save({
      ...EMPTY,
      matches: many,
      points: many.flatMap(({ id }) => [scored(id, 'ada', 1), scored(id, 'ben', 1, false, 'up')]),
    });
    for (const device of [null, 'ada']) {
      const found = db.matches(device);
      expect(found.length).toBe(200);
      expect(found[0]?.match).toBe('m249');
      expect(found.every(({ players }) => players.length === 2)).toBe(true);
    }
  });
});
