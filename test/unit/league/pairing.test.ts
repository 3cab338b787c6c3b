import { describe, expect, it } from 'vitest';
import { loadConfig, group } from '../../../hub/config/config.ts';
import { Ladder } from '../../../hub/league/ladder.ts';
import type { LeagueSettings } from '../../../hub/league/league.ts';
import { BOT_COMES, type Player, type Running } from '../../../hub/league/matches.ts';
import { Pairing, type PairingParts } from '../../../hub/league/pairing.ts';
import { Queue } from '../../../hub/league/queue.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

interface Rig {
  readonly clock: VirtualClock;
  readonly queue: Queue;
  readonly ladder: Ladder;
  /** Devices of each match that was begun. */
  readonly begun: string[][];
  readonly told: string[];
  readonly join: (...users: number[]) => void;
  /** So many matches of two run. */
  readonly run: (matches: number, game?: string) => void;
  readonly round: () => void;
}

/** A queue with its rounds; everything around it is played by the test. */
function rig(settings: Partial<LeagueSettings> = {}, houseBot: number | null = 99): Rig {
  const clock = new VirtualClock();
  const told: string[] = [];
  const queue = new Queue((device, text) => told.push(`${device}: ${text}`));
  const ladder = new Ladder();
  const begun: string[][] = [];
  let running: Running[] = [];
  const parts = {
    clock,
    queue,
    ladder,
    settings: { ...group(loadConfig({ env: {}, flags: {} }), 'league'), ...settings } as unknown as LeagueSettings,
    hall: { sizeOf: () => 2, hasBot: () => true },
    accounts: { houseBotId: houseBot, houseBot: () => Promise.resolve() },
    tournaments: () => ({ dueFor: () => null }),
    running: () => running,
    start: (players: readonly Player[]) => {
      for (const { device } of players) queue.remove(device);
      begun.push(players.map(({ device }) => device));
    },
    failed: (error: unknown) => {
      throw error;
    },
  };
  const pairing = new Pairing(parts as unknown as PairingParts);
  return {
    clock,
    queue,
    ladder,
    begun,
    told,
    join: (...users) => {
      for (const user of users) queue.add({ device: `d${user}`, user, game: 'pong', bot: false, since: clock.now() });
    },
    run: (matches, game = 'pong') => {
      const players = [0, 1].map((seat) => ({ seat, user: 1000 + seat, device: `r${seat}` }));
      running = Array.from({ length: matches }, () => ({ game, players }) as unknown as Running);
    },
    round: () => pairing.round(),
  };
}

describe('a round of the queue', () => {
  it('pairs all newcomers at once, with the settings as they are by default', () => {
    const { join, round, begun, queue } = rig();
    join(1, 2, 3, 4, 5);
    round();
    expect(begun).toHaveLength(2);
    expect(queue.all()).toHaveLength(1);
  });

  it('keeps a share of those in the league waiting while others play, and only then', () => {
    const shared = rig({ keepWaiting: 40 });
    shared.join(1, 2, 3, 4);
    shared.run(3);
    shared.round();
    // Ten are in the league: four of them stay.
    expect(shared.begun).toEqual([]);
    shared.join(5, 6);
    shared.round();
    expect(shared.begun).toHaveLength(1);
    shared.run(0);
    shared.round();
    // Nobody else could come: nobody is kept.
    expect(shared.begun).toHaveLength(3);
  });

  it('begins no more matches than there may be, and says so', () => {
    const { join, run, round, begun, told } = rig({ maxMatches: 3 });
    run(2);
    join(1, 2, 3, 4);
    round();
    expect(begun).toHaveLength(1);
    run(3);
    round();
    expect(begun).toHaveLength(1);
    expect(told.filter((text) => text.includes('As many matches'))).toHaveLength(2);
  });

  it('begins none where other games take all rooms, though nobody plays this one', () => {
    const { join, run, round, begun } = rig({ maxMatches: 3 });
    run(3, 'rps');
    join(1, 2);
    round();
    expect(begun).toEqual([]);
    run(2, 'rps');
    round();
    expect(begun).toHaveLength(1);
  });

  it('lets a bot step in when somebody has waited for so long, and not before', () => {
    const { join, clock, round, begun } = rig({ botAfterS: 20 });
    join(1);
    round();
    clock.advance(19_999);
    round();
    expect(begun).toEqual([]);
    clock.advance(1);
    round();
    expect(begun).toEqual([['d1', BOT_COMES]]);
  });

  it('does without bots where none are wanted, and until their user is on disk', () => {
    for (const bare of [rig({ bots: 'off', botAfterS: 0 }), rig({ botAfterS: 0 }, null)]) {
      bare.join(1);
      bare.round();
      expect(bare.begun).toEqual([]);
    }
  });

  it('lets those who have just met wait for somebody else, while others play', () => {
    const { join, run, clock, round, begun, told } = rig({ rematchAfterS: 5 });
    join(1, 2);
    round();
    expect(begun).toHaveLength(1);
    run(1);
    join(1, 2);
    round();
    expect(begun).toHaveLength(1);
    expect(told).toContainEqual(expect.stringContaining('You have just played each other'));
    clock.advance(5000);
    round();
    expect(begun).toHaveLength(2);
    // Nobody else plays: nobody else could come.
    run(0);
    join(1, 2);
    round();
    expect(begun).toHaveLength(3);
  });

  it('brings two together who are far from each other when they have waited', () => {
    const { ladder, join, clock, round, begun, told } = rig({ bots: 'off' });
    for (const [user, mu] of [
      [1, 10],
      [2, 40],
    ] as const)
      ladder.put({ user, game: 'pong', mu, sigma: 1, games: 50, wins: 0, draws: 0, disconnects: 0, ratedAt: 0 });
    join(1, 2);
    // 20 % for each minute that both have waited together, and more than 50 % are needed.
    for (let second = 0; second < 75; second++) {
      round();
      clock.advance(1000);
    }
    expect(begun).toEqual([]);
    expect(told).toEqual([
      'd1: Nobody who waits is near enough; the longer both wait, the less that counts.',
      'd2: Nobody who waits is near enough; the longer both wait, the less that counts.',
    ]);
    clock.advance(1000);
    round();
    expect(begun).toHaveLength(1);
  });
});
