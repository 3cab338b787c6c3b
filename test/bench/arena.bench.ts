/** Matches without a clock: how many in an hour, in threads, and what one of a game in turns costs. */
import { it } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playMatchAtOnce } from '../../hub/arena/arena.ts';
import { botPlayer } from '../../hub/arena/bot-player.ts';
import { ArenaPool, type PlayerSpec } from '../../hub/arena/pool.ts';
import { botFor, type BotMaker } from '../../shared/games/bots.ts';
import { withDefaults } from '../../shared/games/game.ts';
import { gameNamed, type AnyGame } from '../../shared/games/registry.ts';
import { compiledUrl } from '../../shared/package-files.ts';
import { printTable } from './support/table.ts';

const MATCHES = 200;
const TARGET_AN_HOUR = 20_000;

/** Plays as a student's first agent does: goes to where the ball is, and so loses it once it is fast. */
const AGENT = `
import type { PongObservation, Scene } from 'paddlewire/agent';
export class MLPlay {
  update(scene: Scene<PongObservation>): { move: -1 | 0 | 1 } {
    const off = scene.ball[1] - (scene.paddles[scene.you] ?? 0);
    return { move: Math.abs(off) < scene.length / 4 ? 0 : off < 0 ? -1 : 1 };
  }
}
`;

/** Matches of Pong to 5 points between two agents in the threads of a pool. */
async function pongInPool(threads: number, file: string): Promise<(string | number)[]> {
  const pool = new ArenaPool({
    threads,
    worker: compiledUrl('hub/cli/match/agents-worker.js'),
    execArgv: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  });
  const agent = (name: string): PlayerSpec => ({ kind: 'agent', name, file, args: [] });
  const play = (count: number, from: number) =>
    Promise.all(
      Array.from({ length: count }, (_, number) =>
        pool.play({
          id: `bench-${from + number}`,
          game: 'pong',
          parameters: {},
          players: [agent('one'), agent('other')],
          seed: from + number,
          rate: 60,
        }),
      ),
    );
  await play(threads * 8, 0);
  const began = performance.now();
  const reports = await play(MATCHES, 1000);
  const ms = performance.now() - began;
  await pool.stop();
  const ticks = reports.reduce((sum, report) => sum + report.ticks, 0);
  const anHour = (MATCHES * 3_600_000) / ms;
  return [
    `${threads} threads`,
    ticks / MATCHES,
    ms / MATCHES,
    (ms * threads * 1000) / ticks,
    anHour,
    anHour / TARGET_AN_HOUR,
  ];
}

/** Matches of a game in turns between two bots, in this thread. */
function inTurns(name: string): (string | number)[] {
  const game = gameNamed(name) as AnyGame;
  const make = botFor(name) as BotMaker;
  const play = (seed: number): number =>
    playMatchAtOnce({
      game,
      parameters: withDefaults(game.parameters, { showMs: 0 }),
      players: [botPlayer(make, seed), botPlayer(make, seed + 1)],
      seed,
      rate: 60,
    }).ticks;
  for (let seed = 0; seed < MATCHES; seed++) play(seed);
  const began = performance.now();
  let ticks = 0;
  for (let seed = 0; seed < MATCHES; seed++) ticks += play(seed);
  const ms = (performance.now() - began) / MATCHES;
  return [name, ticks / MATCHES, ms, 1 / ms];
}

it('the arena', { timeout: 600_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paddlewire-bench-'));
  const file = join(folder, 'agent.ts');
  writeFileSync(file, AGENT);
  printTable(`Pong to 5 points, two agents in TypeScript; the target is ${TARGET_AN_HOUR} matches an hour on 2 cores`, [
    ['', 'ticks a match', 'ms a match', 'µs a tick and thread', 'matches an hour', 'of the target'],
    await pongInPool(1, file),
    await pongInPool(2, file),
  ]);
  printTable('A match of a game in turns, two bots, one thread; the target is 1 ms', [
    ['', 'ticks a match', 'ms a match', 'times faster than the target'],
    inTurns('rps'),
    inTurns('sum'),
  ]);
  rmSync(folder, { recursive: true });
});
