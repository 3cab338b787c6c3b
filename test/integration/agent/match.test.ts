/** `paddlewire match`: agents, programs and bots, without a clock and in a hub; what is played can be verified. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packageUrl } from '../../../shared/package-files.ts';
import { agentPath, agentWith, updating } from '../../support/agents/agents.ts';
import { Bench } from '../../support/boards.ts';
import { paddlewire, temporaryFolder, type Finished } from '../../support/hubs.ts';
import { missing } from '../../support/needs.ts';

interface Told {
  readonly ending: string | null;
  readonly winner: string | null;
  readonly trouble: { readonly code: string; readonly text: string } | null;
  readonly ticks: number;
  readonly seats: readonly { seat: string; player: string; score: number; late: number; invalid: number }[];
  readonly journal: string | null;
}

const ENV = { PADDLEWIRE_PYTHON: '/usr/bin/python3' };
const match = (...args: string[]): Promise<Finished> => paddlewire(['match', ...args], ENV);
const lines = ({ stdout }: Finished): Told[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told);
const example = (name: string): string => fileURLToPath(packageUrl(`docs/examples/${name}`));

describe('a match without a clock', () => {
  it('of agents and bots is played, told and recorded, in as many rounds as wished', async () => {
    const folder = join(temporaryFolder(), 'new');
    const played = await match(
      'pong', 'target=1', 'serveMs=0', '--players', 'bot', agentPath('mlplay.ts'), '--fps', 'max', '--rounds', '3',
      '--seed', '5', '--record', folder, '--json',
    ); // prettier-ignore
    expect(played.code).toBe(0);
    const rounds = lines(played);
    expect(rounds).toHaveLength(4);
    for (const { ending, trouble, journal } of rounds.slice(0, 3)) {
      expect([ending, trouble]).toEqual(['win', null]);
      const { stdout, code } = await paddlewire(['journal', 'verify', journal as string]);
      expect(stdout).toMatch(/^right /);
      expect(code).toBe(0);
    }
    expect(rounds[3]).toMatchObject({ rounds: 3, draws: 0, failed: 0 });
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('in words has a line for each round and one for all', async () => {
    const { stdout } = await match('rps', '--players', 'bot', 'bot', '--fps', 'max', '--rounds', '2', '--seed', '1');
    expect(stdout).toMatch(
      /^Round 1: 1 bot \d+, 2 bot \d+: .+\nRound 2: .+\n2 rounds: 1 bot \d, 2 bot \d, draws \d\.\n$/,
    );
  });

  it('of an agent that fails ends with the seat of it, and an exit code', async () => {
    // A game in turns: there no move is late on a machine that stands still for a moment, so the tick is known.
    const bad = updating("if (++turns === 3) throw new Error('broken'); return 1;", 'let turns = 0;');
    const played = await match('sum', '--players', bad, 'bot', '--fps', 'max', '--seed', '5', '--json');
    expect(played.code).toBe(1);
    expect(lines(played)[0]).toMatchObject({ ending: 'disconnected', trouble: { code: 'agent-threw' }, ticks: 4 });
  });

  it.each([
    ['hangs', 'for (;;);', 'agent-hung'],
    ['eats memory', 'for (;;) kept.push(new Array(1e5).fill(7));', 'agent-memory'],
    ['starts a process', "fork('/nowhere');", 'agent-forbidden'],
    ['ends itself', 'process.exit(0);', 'agent-crashed'],
  ])('costs the others no tick when an agent %s', async (_what, body, code) => {
    const before = "import { fork } from 'node:child_process'; const kept = [];";
    const bad = updating(`if (scene.frame === 10) { ${body} } return 'stop';`, before);
    // Each tick that is played is one that the other was asked in; it has counted them.
    const other = agentWith(
      `export class Agent { n = 0; getStep() { this.n++; return 'stop'; } onDisconnect() { console.error('asked ' + this.n); } }`,
    );
    const played = await match('pong', '--players', bad, other, '--fps', 'max');
    expect(played.code).toBe(1);
    expect(played.stdout).toContain(`(${code})`);
    const ticks = Number(/ (\d+) ticks in /.exec(played.stdout)?.[1]);
    const asked = Number(/right \| asked (\d+)/.exec(played.stdout)?.[1]);
    expect(ticks).toBeGreaterThanOrEqual(10);
    expect(asked - ticks).toBeLessThanOrEqual(1);
    expect(played.stdout).not.toMatch(/right was late [1-9]\d{2}/);
  });

  it('counts what an agent says wrongly, and goes on or ends as wished', async () => {
    const bad = updating("return scene.frame % 2 ? NaN : 'jump';");
    const args = ['pong', 'target=1', 'serveMs=0', '--players', bad, 'bot', '--fps', 'max', '--json'];
    const ignored = lines(await match(...args))[0];
    expect(ignored).toMatchObject({ ending: 'win', trouble: null });
    // A tick that it missed on a busy computer is counted as that.
    const { invalid = 0, late = 0 } = ignored?.seats[0] ?? {};
    expect(invalid).toBeGreaterThan(0);
    expect(invalid + late).toBe(ignored?.ticks);
    const left = lines(await match(...args, '--invalid', 'disconnect'))[0];
    expect(left).toMatchObject({ ending: 'disconnected', trouble: { code: 'command-invalid' } });
    expect(left?.ticks).toBe(left?.seats[0]?.late);
  });
});

describe.skipIf(missing('paho'))('programs in Python', () => {
  it('of both shapes play without a clock', async () => {
    const played = await match(
      'pong', 'target=1', 'serveMs=0', 'ballSpeed=20000', '--players', example('mlplay.py'), example('agent.py'), '--fps', 'max', '--rounds', '2', '--json',
    ); // prettier-ignore
    expect(played.stderr).toBe('');
    const [first, second] = lines(played);
    expect(first).toMatchObject({ ending: 'win', trouble: null });
    expect(second).toMatchObject({ ending: 'win', trouble: null });
    expect(first?.seats.map(({ invalid }) => invalid)).toEqual([0, 0]);
  });

  it('play in a hub, and are under sixty lines', async () => {
    const players = [example('agent.py'), example('mlplay.py')];
    const { code, stdout } = await match(
      'pong', 'target=1', 'serveMs=0', 'ballSpeed=20000', '--players', ...players, '--fps', '60',
    ); // prettier-ignore
    expect(stdout).toMatch(/^left \| match main-\S+$/m);
    expect(stdout).toMatch(/^left agent\.py \d, right mlplay\.py \d: (left|right) won\. \d+ ticks/m);
    expect(code).toBe(0);
  });
});

describe('a program that is no good player', () => {
  it.each([
    ['agent-crashed', '#!/bin/sh\necho never; exit 3'],
    ['agent-processes', '#!/bin/sh\nfor i in 1 2 3 4 5 6 7 8 9; do sleep 1000 & done; wait'],
  ])('is ended with %s', async (code, script) => {
    const file = agentWith(script, 'player.sh');
    const { chmodSync } = await import('node:fs');
    chmodSync(file, 0o755);
    const { stderr, code: exit } = await match('pong', '--players', file, 'bot', '--fps', 'max');
    expect(stderr).toContain(`${code}: `);
    expect(exit).toBe(1);
  });
});

describe('a match in a hub', () => {
  it('is played at the wished rate, by agents of both shapes, and recorded', async () => {
    const folder = temporaryFolder();
    const played = await match(
      'pong', 'target=1', 'serveMs=0', 'ballSpeed=20000', '--players', `right=${agentPath('mlplay.ts')}`,
      agentPath('stepper.ts'), '--fps', '30', '--rounds', '2', '--seed', '9', '--record', folder, '--json',
    ); // prettier-ignore
    expect(played.stderr).toBe('');
    const rounds = lines(played);
    expect(rounds.map(({ ending }) => ending ?? null)).toEqual(['win', 'win', null]);
    expect(rounds[0]?.seats.map(({ seat, player }) => [seat, player])).toEqual([
      ['left', 'stepper.ts'],
      ['right', 'mlplay.ts'],
    ]);
    for (const { journal } of rounds.slice(0, 2)) {
      const { stdout } = await paddlewire(['journal', 'info', journal as string, '--json']);
      expect(stdout).toContain('"rate": 30');
    }
  });

  it('ends with a code when an agent cannot go on', async () => {
    const bad = updating("throw new Error('broken');");
    const { stderr, stdout, code } = await match('pong', '--players', bad, 'bot', '--fps', '60');
    expect(stderr).toContain('agent-threw: ');
    expect(stdout).toContain('left | The agent threw: broken (agent-threw)');
    expect(code).toBe(1);
  });
});

describe.skipIf(missing('pty'))('a board', () => {
  it('sits on the side it was promised, beside an agent', async () => {
    const bench = await Bench.start();
    await bench.plug('one');
    const board = `board:${bench.path('one')}`;
    const played = await match(
      'pong', 'target=1', 'serveMs=0', 'ballSpeed=20000', '--players', `right=${board}`, agentPath('stepper.ts'), '--fps', '60',
    ); // prettier-ignore
    expect(played.stderr).toBe('');
    expect(played.stdout).toMatch(/left stepper\.ts \d, right board \d: (left|right) won\./);
  });
});

describe('paddlewire match refuses', () => {
  it.each([
    [2, 'usage', ['pong']],
    [2, 'usage', ['pong', '--players', 'bot', 'bot', '--fps', '1000']],
    [2, 'usage', ['pong', '--players', 'bot', 'bot', '--invalid', 'shout']],
    [2, 'usage', ['pong', '--players', 'bot', 'keyboard']],
    [1, 'game-unknown', ['chess', '--players', 'bot', 'bot']],
    [1, 'parameter-invalid', ['pong', 'target=1000', '--players', 'bot', 'bot']],
    [1, 'match-real-time', ['pong', '--players', 'keyboard', 'bot', '--fps', 'max']],
    [1, 'match-real-time', ['pong', '--players', 'bot', 'board:LEFT', '--fps', 'max']],
    [1, 'game-without-bot', ['buzzer', '--players', 'bot', 'bot', '--fps', 'max']],
    [1, 'agent-missing', ['pong', '--players', 'bot', './nowhere.ts', '--fps', 'max']],
  ])('with %i and %s: %j', async (exit, code, args) => {
    const { code: ended, stderr } = await match(...args);
    expect(stderr).toContain(`${code}: `);
    expect(ended).toBe(exit);
  });
});
