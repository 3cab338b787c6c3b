/** What prediction is worth over a bad network, against drawing the newest SYNC as it comes, and what a frame of it costs. */
import { it } from 'vitest';
import { withDefaults } from '../../shared/games/game.ts';
import { pong } from '../../shared/games/pong/pong.ts';
import { Predictor } from '../../shared/netcode/predictor.ts';
import { figuresOf, quantile, type Figures } from '../unit/netcode/figures.ts';
import { playLossyMatch, RATE, type Network } from '../unit/netcode/lossy-match.ts';
import { median, printTable } from './support/table.ts';

const SECONDS = 120;
const SEEDS = [1, 2, 3, 4, 5];
const NETWORKS: readonly (readonly [string, Network])[] = [
  ['cable', { delayMs: 1, jitterMs: 0, lossPercent: 0 }],
  ['good WiFi', { delayMs: 5, jitterMs: 4, lossPercent: 1 }],
  ['80 ± 40 ms, 20 % lost', { delayMs: 80, jitterMs: 40, lossPercent: 20 }],
  ['200 ± 80 ms, 30 % lost', { delayMs: 200, jitterMs: 80, lossPercent: 30 }],
];

const all = (figures: readonly Figures[], what: 'ballError' | 'unpredictedError' | 'jumps' | 'unpredictedJumps') =>
  figures.flatMap((one) => one[what]);

const row = (label: string, errors: readonly number[], jumps: readonly number[], answered: string) => [
  label,
  quantile(errors, 0.5),
  quantile(errors, 0.95),
  quantile(errors, 0.99),
  quantile(jumps, 1),
  answered,
];

it('what prediction is worth', () => {
  const rows = NETWORKS.flatMap(([name, network]) => {
    const figures = SEEDS.map((seed) => figuresOf(playLossyMatch({ seed, seconds: SECONDS, network })));
    const unanswered = figures.reduce((sum, one) => sum + one.unanswered, 0);
    const presses = figures.reduce((sum, one) => sum + one.presses, 0);
    return [
      row(`${name}: predicted`, all(figures, 'ballError'), all(figures, 'jumps'), `${presses - unanswered}/${presses}`),
      row('  newest SYNC', all(figures, 'unpredictedError'), all(figures, 'unpredictedJumps'), ''),
    ];
  });
  printTable(
    `Ball drawn against the truth, in % of the court's width; two bots, ${SEEDS.length} matches of ${SECONDS} s each`,
    [['', 'p50', 'p95', 'p99', 'largest jump', 'presses shown in the next frame'], ...rows],
  );
});

it('what a frame costs', async () => {
  const rows: (string | number)[][] = [['ticks replayed', 'ms a frame']];
  for (const ahead of [10, 30, 120]) rows.push([ahead, await median(() => frameMs(ahead))]);
  printTable('One frame with a new SYNC, four players', rows);
});

/** The time of a frame after a SYNC, when so many ticks have to be played again. */
function frameMs(ahead: number): number {
  const parameters = withDefaults(pong.parameters, { ballSpeed: 8000 });
  let state = pong.initial(parameters, 3, RATE);
  for (const seat of pong.seats.keys()) state = pong.join(state, seat);
  const predictor = new Predictor({ game: pong, parameters, rate: RATE, seat: 0 });
  const frames = 1000;
  let spent = 0;
  for (let tick = 1; tick <= frames; tick++) {
    state = pong.step(state, [1, 2, 1, 2], []);
    const now = (tick * 1000) / RATE;
    predictor.take({ type: 'SYNC', tick, seq: 0, commands: [1, 2, 1, 2], state }, now);
    const began = performance.now();
    predictor.frame(now + (ahead * 1000) / RATE);
    spent += performance.now() - began;
  }
  return spent / frames;
}
