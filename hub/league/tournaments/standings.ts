/** Who stands how: points, then the points of those whom one has met, then seeds. */
import type { TournamentKind } from '../../store/league-store.ts';
import type { Draw, Pairing } from './rounds.ts';

export interface Standing {
  readonly user: number;
  /** From 1; equal ones share it. */
  readonly rank: number;
  readonly points: number;
  readonly wins: number;
  readonly draws: number;
  readonly losses: number;
  /** Points of those it met. */
  readonly opponents: number;
}

type Unranked = Omit<Standing, 'rank'>;

const POINTS = { win: 2, draw: 1 } as const;

/** The best first; of equal ones the better seed. */
export function standings({ players, rounds }: Draw, kind: TournamentKind): Standing[] {
  const all = rounds.flat();
  const points = new Map(players.map((user) => [user, pointsOf(user, all, kind)]));
  const sorted = players.map((user) => lineOf(user, all, points)).toSorted(ahead);
  return sorted.map((line) => Object.assign(line, { rank: 1 + sorted.filter((one) => ahead(one, line) < 0).length }));
}

const ahead = (a: Unranked, b: Unranked): number => b.points - a.points || b.opponents - a.opponents;

function lineOf(user: number, all: readonly Pairing[], points: ReadonlyMap<number, number>): Unranked {
  const own = all.filter(({ players }) => players.includes(user));
  const met = own.flatMap(({ players }) => players.filter((one) => one !== user && one !== null));
  return {
    user,
    points: points.get(user) ?? 0,
    wins: own.filter(({ state, winner }) => winner === user && state !== 'bye').length,
    draws: own.filter(({ state }) => state === 'draw').length,
    losses: own.filter((one) => hasLost(one, user)).length,
    opponents: met.reduce<number>((sum, one) => sum + (points.get(one as number) ?? 0), 0),
  };
}

const hasLost = ({ state, winner }: Pairing, user: number): boolean =>
  (state === 'won' || state === 'forfeit') && winner !== user;

/** In a round robin everybody is free as often: it gives no points there. */
function pointsOf(user: number, all: readonly Pairing[], kind: TournamentKind): number {
  return all
    .filter(({ players }) => players.includes(user))
    .reduce((sum, { state, winner }) => {
      if (state === 'draw') return sum + POINTS.draw;
      const counts = winner === user && (state !== 'bye' || kind !== 'round-robin');
      return counts ? sum + POINTS.win : sum;
    }, 0);
}

/** Who won the whole; null: several share it, or nobody did. */
export function winnerOf(draw: Draw, kind: TournamentKind): number | null {
  const last = draw.rounds.at(-1) ?? [];
  if (kind === 'elimination') return last.length === 1 ? (last[0]?.winner ?? null) : null;
  const [first, second] = standings(draw, kind);
  return first === undefined || second?.rank === 1 ? null : first.user;
}
