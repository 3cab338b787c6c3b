/** What pages ask of the scores: who is best, and which matches there were. Only reads. */
import { DEVICE_KINDS } from '../../shared/contract/messages.ts';
import { atMost, cleanName } from './clean.ts';
import type { Row, Sqlite } from './sqlite.ts';
import type { PlayedMatch, ScoreLine } from './store.ts';

/** The longest list that is given. */
const MOST_LINES = 200;

const LIFETIME = `
  SELECT device_id, sum(points) AS points, sum(wins) AS wins, sum(matches) AS matches FROM (
    SELECT device_id, sum(points) AS points, sum(won) AS wins, count(*) AS matches FROM match_points GROUP BY device_id
    UNION ALL SELECT device_id, points, wins, matches FROM imported_scores
  ) GROUP BY device_id`;
const SINCE = `
  SELECT p.device_id AS device_id, sum(p.points) AS points, sum(p.won) AS wins, count(*) AS matches
  FROM matches m JOIN match_points p ON p.match_id = m.id WHERE m.started_at >= ? GROUP BY p.device_id`;

/** The best first: by wins, then points. @param since matches that began earlier do not count, in ms since 1970; null: all count */
export function leaderboardOf(db: Sqlite, since: number | null): ScoreLine[] {
  const best = `${since === null ? LIFETIME : SINCE} ORDER BY wins DESC, points DESC, device_id LIMIT ${MOST_LINES}`;
  const rows = db.all(
    `SELECT l.device_id AS device, coalesce(d.name, '') AS name, d.kind AS kind, points, wins, matches
     FROM (${best}) l LEFT JOIN devices d ON d.id = l.device_id ORDER BY wins DESC, points DESC, device`,
    since === null ? [] : [since],
  );
  return rows.map(toScoreLine);
}

export const toScoreLine = (row: Row): ScoreLine => ({
  device: String(row['device']),
  name: cleanName(row['name']),
  kind: DEVICE_KINDS.find((kind) => kind === row['kind']) ?? 'agent',
  points: atMost(row['points']),
  wins: atMost(row['wins']),
  matches: atMost(row['matches']),
});

const ALL = `SELECT * FROM matches ORDER BY started_at DESC, id DESC LIMIT ${MOST_LINES}`;
const OF_DEVICE = `
  SELECT * FROM matches WHERE id IN (SELECT match_id FROM match_points WHERE device_id = ?)
  ORDER BY started_at DESC, id DESC LIMIT ${MOST_LINES}`;

/** The newest first. @param device whose; null: all */
export function matchesOf(db: Sqlite, device: string | null): PlayedMatch[] {
  const rows = db.all(
    `SELECT m.id AS id, room, game, started_at, ended_at, outcome, winner,
       p.seat AS seat, p.device_id AS device, coalesce(d.name, '') AS name, p.points AS points, p.won AS won
     FROM (${device === null ? ALL : OF_DEVICE}) m
     LEFT JOIN match_points p ON p.match_id = m.id LEFT JOIN devices d ON d.id = p.device_id
     ORDER BY started_at DESC, m.id DESC, p.seat`,
    device === null ? [] : [device],
  );
  const found = new Map<string, PlayedMatch & { players: PlayedMatch['players'][number][] }>();
  for (const row of rows) {
    const id = String(row['id']);
    const match = found.get(id) ?? { ...toMatch(row), players: [] };
    found.set(id, match);
    if (row['seat'] !== null) match.players.push(toPlayer(row));
  }
  return [...found.values()];
}

const toMatch = (row: Row): Omit<PlayedMatch, 'players'> => ({
  match: String(row['id']),
  room: String(row['room']),
  game: String(row['game']),
  startedAt: Number(row['started_at']),
  endedAt: row['ended_at'] === null ? null : Number(row['ended_at']),
  outcome: (row['outcome'] ?? null) as PlayedMatch['outcome'],
  winner: row['winner'] === null ? null : String(row['winner']),
});

const toPlayer = (row: Row): PlayedMatch['players'][number] => ({
  seat: String(row['seat']),
  device: String(row['device']),
  name: cleanName(row['name']),
  points: atMost(row['points']),
  won: Number(row['won']) === 1,
});
