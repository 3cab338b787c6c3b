/** Journals: how fast they are replayed, found in, and recorded, and how large they are. */
import { it } from 'vitest';
import { pong } from '../../shared/games/pong/pong.ts';
import type { PongState } from '../../shared/games/pong/state.ts';
import { encode } from '../../shared/contract/codec.ts';
import { JournalReader } from '../../shared/journal/journal-reader.ts';
import { MatchRecorder } from '../../shared/journal/match-recorder.ts';
import { Replay } from '../../shared/journal/replay.ts';
import { seek } from '../../shared/journal/seek.ts';
import { verify } from '../../shared/journal/verify.ts';
import { headerOf, RandomMatch } from '../support/journals.ts';
import { Random } from '../support/random.ts';
import { median, printTable } from './support/table.ts';

const RATE = 60;
const TICKS = 600 * RATE;
const OPTIONS = { seed: 1, ticks: TICKS, seats: 4, rare: 3, changes: 16, parameters: { target: 99, ballSpeed: 1000 } };

const seconds = (run: () => unknown): number => {
  const began = performance.now();
  run();
  return (performance.now() - began) / 1000;
};

it('replay, seek, size', async () => {
  const bytes = new RandomMatch(pong, OPTIONS).play();
  const inputs = [...new JournalReader(bytes).calls()].filter(({ op }) => op === 'input').length;
  printTable('Ten minutes of four-player Pong', [
    ['bytes', 'changes a second', 'bytes a minute'],
    [bytes.length, inputs / 600, bytes.length / 10],
  ]);
  const replayed = (): void => {
    const reader = new JournalReader(bytes);
    const replay = new Replay(pong, reader.header);
    for (const call of reader.calls()) replay.apply(call);
  };
  replayed();
  const replayS = await median(() => seconds(replayed));
  const verifyS = await median(() => seconds(() => verify(new JournalReader(bytes))));
  printTable('One core', [
    ['', 'ticks/s', 'times real time'],
    ['replay', TICKS / replayS, 600 / replayS],
    ['verify', TICKS / verifyS, 600 / verifyS],
  ]);
  const random = new Random(1);
  const reader = new JournalReader(bytes);
  const times = Array.from({ length: 300 }, () => 1000 * seconds(() => seek(reader, random.below(TICKS)))).toSorted(
    (a, b) => a - b,
  );
  const unfinished = new JournalReader(bytes.subarray(0, bytes.length - 12));
  const scanned = await median(() => 1000 * seconds(() => seek(unfinished, TICKS - 1)));
  printTable('Any tick, ms', [
    ['p50', 'p99', 'largest', 'without an index'],
    [times[150] ?? 0, times[296] ?? 0, times[299] ?? 0, scanned],
  ]);
});

/** What a room's tick does besides I/O: the rules, four observations, the snapshot. */
function play(recording: MatchRecorder | null): number {
  const random = new Random(1);
  const header = headerOf(pong, OPTIONS);
  let state: PongState = pong.initial(header.parameters as never, 1, RATE);
  for (let seat = 0; seat < 4; seat++) state = pong.join(state, seat);
  const commands: number[] = [0, 0, 0, 0];
  const began = performance.now();
  for (let tick = 0; tick < TICKS; tick++) {
    if (random.below(RATE) < 11) commands[random.below(4)] = random.below(3);
    recording?.step(commands);
    state = pong.step(state, commands, []);
    recording?.played(state);
    for (let seat = 0; seat < 4; seat++) encode({ type: 'OBSERVE', tick, value: pong.observe(state, seat) });
    encode({ type: 'SNAPSHOT', tick, phase: 'playing', view: pong.view(state) });
  }
  return ((performance.now() - began) * 1000) / TICKS;
}

const recorder = (): MatchRecorder =>
  new MatchRecorder({ header: headerOf(pong, OPTIONS), sink: () => {}, time: () => 0 });

it('the cost of recording', () => {
  let [without, withIt] = [Infinity, Infinity];
  // In turns, and the least disturbed run of each: what is measured is smaller than what else a computer does.
  for (let round = 0; round < 9; round++) {
    without = Math.min(without, play(null));
    withIt = Math.min(withIt, play(recorder()));
  }
  printTable('µs a tick, without input and output', [
    ['', 'µs', '% of the tick'],
    ['rules, observations, snapshot', without, 100],
    ['recording', withIt - without, (100 * (withIt - without)) / without],
  ]);
});
