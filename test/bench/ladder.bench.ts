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
/** From the middle of a paddle to where it just touches the ball, in px; and the part of all balls that an agent hits. */
const REACH_PX = 45;
const hits = (index: number): number => 0.96 - 0.04 * index;
/** Matches at once: one for each core. */
const AT_ONCE = 2;
const RULES: PairingRules = { threshold: 0.3, bonusPerMinute: 0.1, botAfterMs: Infinity, size: 2 };

/**
 * Goes where the ball will be, and misses that place by up to `args[0]` px: what it aims at is drawn anew whenever the
 * ball turns. The nearer it aims, the stronger it is.
 */
const AGENT = `
export class MLPlay {
  constructor(off, seed) { this.off = Number(off); this.state = Number(seed); this.way = 0; this.miss = 0; }
  random() { this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0; return this.state / 4294967296; }
  update({ you, court, ball, velocity, paddles }) {
    const way = Math.sign(velocity[0]);
    if (way !== this.way) { this.way = way; this.miss = (2 * this.random() - 1) * this.off; }
    const goal = you === 'left' ? 0 : court[0];
    const ticks = velocity[0] === 0 ? 0 : (goal - ball[0]) / velocity[0];
    const lap = 2 * court[1];
    const y = ticks <= 0 ? court[1] / 2 : (((ball[1] + velocity[1] * ticks) % lap) + lap) % lap;
    const aim = (y > court[1] ? lap - y : y) + this.miss;
    const away = aim - paddles[you];
    return Math.abs(away) < 6 ? 'none' : away < 0 ? 'up' : 'down';
  }
  reset() {}
}
`;

interface Member extends Rated {
  readonly index: number;
  readonly process: AgentProcess;
  mu: number;
  sigma: number;
  games: number;
  since: number;
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
    parameters: withDefaults(game.parameters, { ballSpeed: 5000, paddleSpeed: 8000, serveMs: 0 }),
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
      args: [String(REACH_PX / hits(index)), String(index + 1)],
      env: process.env,
      limits: LIMITS,
    }),
    games: 0,
    since: 0,
  }));
  await Promise.all(members.map(({ process: agent }) => agent.start()));
  const started = performance.now();
  const rows: (string | number)[][] = [
    ['games each', 'rank correlation', 'matches', 'ticks a second', 'late moves', 's so far'],
  ];
  let [now, matches, ticks, late] = [0, 0, 0, 0];
  while (members.some(({ games }) => games < GAMES)) {
    now += ROUND_MS;
    const waiting = members
      .filter(({ games }) => games < GAMES)
      .map(({ index, mu, sigma, since }): Waiting => ({
        mu,
        sigma,
        since,
        device: String(index),
        user: index,
        bot: false,
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
    const least = Math.min(...members.map(({ games }) => games));
    const seconds = (performance.now() - started) / 1000;
    if (least > 0 && least % 5 === 0 && rows.at(-1)?.[0] !== least)
      rows.push([least, rankCorrelation(members), matches, ticks / seconds, late, seconds]);
  }
  printTable(
    `A ladder of ${AGENTS} agents in processes of their own (started in ${((started - began) / 1000).toFixed(1)} s), Pong to 5 points, ${AT_ONCE} matches at once`,
    rows,
  );
  await Promise.all(members.map(({ process: agent }) => agent.stop()));
  rmSync(folder, { recursive: true });
});
