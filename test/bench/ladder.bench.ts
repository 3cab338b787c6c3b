/** A ladder inside one lesson: twenty agents of known strength in processes of their own, paired and rated as the league does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'vitest';
import { AgentProcess } from '../../device/agent/agent-process.ts';
import { LIMITS } from '../../device/agent/limits.ts';
import { playMatch, type MatchReport } from '../../hub/arena/arena.ts';
import type { Player } from '../../hub/arena/player.ts';
import { groupsOf, type PairingRules, type Waiting } from '../../hub/league/matchmaking.ts';
import { FRESH, rated, ranksOf, scoreOf, type Rated } from '../../hub/league/ratings.ts';
import { withDefaults } from '../../shared/games/game.ts';
import { gameNamed, type AnyGame } from '../../shared/games/registry.ts';
import { Random } from '../support/random.ts';
import { printTable } from './support/table.ts';

const AGENTS = 20;
const GAMES = 20;
const ROUND_MS = 1000;
/** The part of all balls that an agent misses: each so much more than the next better one, 4 to 93 of 100. */
const STEP = 1.18;
const misses = (index: number): number => 0.04 * STEP ** index;
/** Matches at once: one for each core. */
const AT_ONCE = 2;
const RULES: PairingRules = {
  threshold: 0.3,
  bonusPerMinute: 0.1,
  botAfterMs: Infinity,
  rematchMs: 2 * ROUND_MS,
  size: 2,
};

/** Is where the ball comes, but for the part `args[0]` of all balls: drawn anew whenever the ball turns. */
const AGENT = `
const FACE = 69;
export class MLPlay {
  constructor(part, seed) { this.part = Number(part); this.state = Number(seed); this.way = 0; this.off = 0; }
  random() { this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0; return this.state / 4294967296; }
  update({ you, court, ball, velocity, paddles, size }) {
    const way = Math.sign(velocity[0]);
    if (way !== this.way) {
      this.way = way;
      this.off = this.random() < this.part ? 120 : 40 * this.random() - 20;
    }
    const face = you === 'left' ? FACE : court[0] - FACE;
    const ticks = velocity[0] === 0 ? 0 : (face - ball[0]) / velocity[0];
    const room = court[1] - size;
    const lap = 2 * room;
    const along = ticks <= 0 ? room / 2 : (((ball[1] - size / 2 + velocity[1] * ticks) % lap) + lap) % lap;
    const y = (along > room ? lap - along : along) + size / 2;
    const aim = y > court[1] / 2 ? y - this.off : y + this.off;
    const away = aim - paddles[you];
    return Math.abs(away) < 13 ? 'none' : away < 0 ? 'up' : 'down';
  }
  reset() {}
}
`;
/** The ball goes as fast in the tenth rally as in the first, and a paddle reaches everything: only what is aimed at counts. */
const PARAMETERS = { ballSpeed: 40_000, paddleSpeed: 25_000, speedUp: 10_000, serveMs: 0 };

interface Member extends Rated {
  readonly index: number;
  readonly process: AgentProcess;
  mu: number;
  sigma: number;
  games: number;
  since: number;
  met: readonly number[];
}

const playerOf = ({ process, index }: Member): Player => ({
  name: `agent-${index}`,
  begin: ({ match }) => process.begin(match),
  act: (tick, seen) => process.step(tick, seen),
  end: ({ ending, scores }) =>
    process.end(false, { result: ending?.kind === 'draw' ? 'draw' : 'void', scores, seat: 0 }),
});

/** Plays a match and rates it. @returns how it went */
async function meet(game: AnyGame, [one, other]: readonly [Member, Member], seed: number): Promise<MatchReport> {
  const report = await playMatch({
    game,
    parameters: withDefaults(game.parameters, PARAMETERS),
    players: [playerOf(one), playerOf(other), null, null],
    seed,
    rate: 60,
  });
  const ranks =
    report.ending === null
      ? null
      : ranksOf(
          report.ending,
          [0, 1].map((seat) => ({ seat, score: report.scores[seat] ?? 0 })),
        );
  if (ranks === null) throw new Error(`no result: ${JSON.stringify(report)}`);
  for (const [at, after] of rated([one, other], ranks).entries()) Object.assign(at === 0 ? one : other, after);
  one.games++;
  other.games++;
  one.met = [other.index];
  other.met = [one.index];
  return report;
}

/** Spearman's, of the order by strength and the order on the ladder; no two are equal in either. */
function rankCorrelation(members: readonly Member[]): number {
  const ladder = members.toSorted((a, b) => scoreOf(b) - scoreOf(a));
  const squares = members.reduce((sum, member) => sum + (ladder.indexOf(member) - member.index) ** 2, 0);
  return 1 - (6 * squares) / (members.length * (members.length ** 2 - 1));
}

it('a ladder of twenty agents', async () => {
  const game = gameNamed('pong') as AnyGame;
  const folder = mkdtempSync(join(tmpdir(), 'paddlewire-bench-'));
  const file = join(folder, 'agent.mjs');
  writeFileSync(file, AGENT);
  const random = new Random(7);
  const began = performance.now();
  const members: Member[] = Array.from({ length: AGENTS }, (_, index) => ({
    ...FRESH,
    index,
    process: new AgentProcess({
      file,
      args: [String(misses(index)), String(index + 1)],
      env: process.env,
      limits: LIMITS,
    }),
    games: 0,
    since: 0,
    met: [],
  }));
  await Promise.all(members.map(({ process: agent }) => agent.start()));
  const started = performance.now();
  const rows: (string | number)[][] = [
    ['games each', 'rank correlation', 'matches', 'ticks a second', 'late moves', 's so far'],
  ];
  let [now, matches, ticks, late] = [0, 0, 0, 0];
  const row = (): void => {
    const seconds = (performance.now() - started) / 1000;
    rows.push([(2 * matches) / AGENTS, rankCorrelation(members), matches, ticks / seconds, late, seconds]);
  };
  // One may be left over at the very end, with nobody to play with.
  while (members.filter(({ games }) => games < GAMES).length > 1) {
    now += ROUND_MS;
    const waiting = members
      .filter(({ games }) => games < GAMES)
      .map(({ index, mu, sigma, since, met }): Waiting => ({
        mu,
        sigma,
        since,
        device: String(index),
        user: index,
        bot: false,
        met,
      }))
      .toSorted((a, b) => a.since - b.since);
    const pairs = groupsOf(waiting, RULES, now, AGENTS).map(
      (group) => group.map(({ device }) => members[Number(device)] as Member) as unknown as [Member, Member],
    );
    for (let at = 0; at < pairs.length; at += AT_ONCE) {
      const reports = await Promise.all(
        pairs
          .slice(at, at + AT_ONCE)
          .map(([one, other]) =>
            meet(game, random.below(2) === 0 ? [one, other] : [other, one], random.below(2 ** 20)),
          ),
      );
      matches += reports.length;
      ticks += reports.reduce((sum, report) => sum + report.ticks, 0);
      late += reports.reduce((sum, report) => sum + report.late.reduce((a, b) => a + b), 0);
    }
    for (const pair of pairs) for (const member of pair) member.since = now;
    if ((2 * matches) / AGENTS >= 5 * rows.length && 2 * matches < AGENTS * GAMES) row();
  }
  row();
  printTable(
    `A ladder of ${AGENTS} agents in processes of their own (started in ${((started - began) / 1000).toFixed(1)} s), Pong to 5 points, ${AT_ONCE} matches at once`,
    rows,
  );
  await Promise.all(members.map(({ process: agent }) => agent.stop()));
  rmSync(folder, { recursive: true });
});
