import { describe, expect, it } from 'vitest';
import {
  advanced,
  dueOf,
  entered,
  forfeited,
  replaced,
  type Outcome,
} from '../../../hub/league/tournaments/progress.ts';
import { isDecided, type Draw, type Pairing } from '../../../hub/league/tournaments/rounds.ts';
import { standings, winnerOf } from '../../../hub/league/tournaments/standings.ts';
import type { TournamentKind } from '../../../hub/store/league-store.ts';

const users = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);
const fresh = (count: number): Draw => ({ players: users(count), rounds: [] });
const ended = (more: Partial<Outcome>): Outcome => ({
  ending: 'win',
  winner: null,
  gone: null,
  scores: [0, 0],
  ...more,
});

/** The one with the smaller number is the better player, and always wins. */
const better = ({ players: [one, other] }: Pairing): number => Math.min(one ?? Infinity, other ?? Infinity);

/** Plays a tournament to its end. */
function played(count: number, kind: TournamentKind, winner: (one: Pairing) => number = better): Draw {
  let { draw, over } = advanced(fresh(count), kind);
  while (!over) {
    for (const one of draw.rounds.at(-1) ?? [])
      if (!isDecided(one)) draw = replaced(draw, one, entered(one, ended({ winner: winner(one) }), kind, draw));
    ({ draw, over } = advanced(draw, kind));
  }
  return draw;
}

const meetings = ({ rounds }: Draw): string[] =>
  rounds.flat().flatMap(({ players: [one, other], state }) =>
    state === 'bye'
      ? []
      : [
          [one, other]
            .map(Number)
            .toSorted((a, b) => a - b)
            .join(' '),
        ],
  );
const freeIn = ({ rounds }: Draw): (number | null)[] =>
  rounds.flat().flatMap(({ state, winner }) => (state === 'bye' ? [winner] : []));

describe.each([2, 3, 4, 5, 8, 9, 16, 31])('a round robin of %i', (count) => {
  const draw = played(count, 'round-robin');

  it('lets everybody meet everybody once, and play once a round', () => {
    expect(new Set(meetings(draw)).size).toBe((count * (count - 1)) / 2);
    expect(meetings(draw)).toHaveLength((count * (count - 1)) / 2);
    expect(draw.rounds).toHaveLength(count % 2 === 0 ? count - 1 : count);
    for (const round of draw.rounds)
      expect(round.flatMap(({ players }) => players.filter((user) => user !== null)).toSorted((a, b) => a - b)).toEqual(
        users(count),
      );
    // With an odd number everybody is free once, and gets nothing for it.
    expect(freeIn(draw).toSorted((a, b) => Number(a) - Number(b))).toEqual(count % 2 === 0 ? [] : users(count));
  });

  it('is won by who won all, and puts the others in order', () => {
    const lines = standings(draw, 'round-robin');
    expect(lines.map(({ user }) => user)).toEqual(users(count));
    expect(lines.map(({ points }) => points)).toEqual(users(count).map((user) => 2 * (count - user)));
    expect(winnerOf(draw, 'round-robin')).toBe(1);
  });
});

describe.each([2, 3, 4, 5, 7, 8, 16, 25, 32])('a Swiss tournament of %i', (count) => {
  const draw = played(count, 'swiss');

  it('has as many rounds as a knock-out, and nobody meets anybody twice', () => {
    expect(draw.rounds).toHaveLength(Math.ceil(Math.log2(count)));
    expect(new Set(meetings(draw)).size).toBe(meetings(draw).length);
    for (const round of draw.rounds)
      expect(round.flatMap(({ players }) => players.filter((user) => user !== null)).toSorted((a, b) => a - b)).toEqual(
        users(count),
      );
  });

  it('sets nobody free twice, and is won by the best', () => {
    expect(new Set(freeIn(draw)).size).toBe(freeIn(draw).length);
    expect(winnerOf(draw, 'swiss')).toBe(1);
    expect(standings(draw, 'swiss').at(-1)?.user).toBeGreaterThan(count / 2);
  });
});

describe.each([2, 3, 4, 5, 6, 8, 13, 16, 128])('a knock-out of %i', (count) => {
  const draw = played(count, 'elimination');

  it('has one match less than players, and frees the best seeds first', () => {
    expect(meetings(draw)).toHaveLength(count - 1);
    const size = 2 ** Math.ceil(Math.log2(count));
    expect(draw.rounds).toHaveLength(Math.log2(size));
    expect(freeIn(draw).toSorted((a, b) => Number(a) - Number(b))).toEqual(users(size - count));
    expect(draw.rounds[0]).toHaveLength(size / 2);
  });

  it('lets the two best meet at the end', () => {
    expect([...(draw.rounds.at(-1)?.[0]?.players ?? [])].toSorted((a, b) => Number(a) - Number(b))).toEqual([1, 2]);
    expect(winnerOf(draw, 'elimination')).toBe(1);
    expect(standings(draw, 'elimination')[0]).toMatchObject({ user: 1, rank: 1, losses: 0 });
  });
});

describe('a match of a tournament', () => {
  const { draw } = advanced(fresh(2), 'elimination');
  const due = dueOf(draw, 1) as Pairing;
  const enter = (one: Pairing, outcome: Partial<Outcome>, kind: TournamentKind = 'elimination'): Pairing =>
    entered(one, ended(outcome), kind, draw);

  it('that is drawn is played again in a knock-out, three times; then the better seed goes on', () => {
    const first = enter(due, { ending: 'draw', scores: [2, 2] });
    expect(first).toMatchObject({ state: 'waiting', attempts: 1, scores: [2, 2] });
    const third = enter(enter(first, { ending: 'draw' }), { ending: 'draw' });
    expect(third).toMatchObject({ state: 'won', winner: 1, attempts: 3 });
    expect(enter(due, { ending: 'draw' }, 'swiss')).toMatchObject({ state: 'draw', winner: null });
  });

  it('is played again when somebody went away; the second time that one has lost', () => {
    const once = enter(due, { ending: 'disconnected', gone: 1 });
    expect(once).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(enter(once, { ending: 'disconnected', gone: 1 })).toMatchObject({ state: 'forfeit', winner: 2 });
  });

  it('that never ends is a draw after three times, where that can stand', () => {
    const twice = enter(enter(due, { ending: 'void' }, 'swiss'), { ending: 'void' }, 'swiss');
    expect(twice.state).toBe('waiting');
    expect(enter(twice, { ending: 'void' }, 'swiss')).toMatchObject({ state: 'draw' });
  });

  it('is won by who came; if neither did, nobody goes on and the next one is free', () => {
    expect(forfeited(due, [2])).toMatchObject({ state: 'forfeit', winner: 1 });
    const four = advanced(fresh(4), 'elimination').draw;
    const [top, bottom] = four.rounds[0] as [Pairing, Pairing];
    const gone = replaced(four, top, forfeited(top, [1, 4]));
    const after = advanced(replaced(gone, bottom, { ...bottom, state: 'won', winner: 3 }), 'elimination');
    expect(after.over).toBe(true);
    expect(after.draw.rounds[1]).toMatchObject([{ players: [null, 3], state: 'bye', winner: 3 }]);
    expect(winnerOf(after.draw, 'elimination')).toBe(3);
  });

  it('shares places where all is equal', () => {
    let swiss = advanced(fresh(2), 'round-robin').draw;
    const only = dueOf(swiss, 2) as Pairing;
    swiss = replaced(swiss, only, enter(only, { ending: 'draw' }, 'round-robin'));
    expect(standings(swiss, 'round-robin').map(({ rank, points }) => [rank, points])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(winnerOf(swiss, 'round-robin')).toBeNull();
  });
});
