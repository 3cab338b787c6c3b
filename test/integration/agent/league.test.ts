/** A student's evening: a token, an agent, a ladder that moves. */
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packageUrl } from '../../../shared/package-files.ts';
import { agentPath } from '../../support/agents/agents.ts';
import { eventually } from '../../support/eventually.ts';
import { call } from '../../support/http-api.ts';
import { spawnPaddlewire, startHub, type RunningHub } from '../../support/hubs.ts';
import { addUser, QUICK_LEAGUE } from '../../support/league.ts';
import { missing } from '../../support/needs.ts';

const PYTHON = { PADDLEWIRE_PYTHON: '/usr/bin/python3' };

function run({ address }: RunningHub, token: string, file: string, ...more: string[]) {
  const host = `127.0.0.1:${address.mqttPort}`;
  const child = spawnPaddlewire(['agent', 'run', file, '--host', host, '--token', token, ...more], PYTHON);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    if (stream !== null) createInterface(stream).on('line', (line) => lines.push(line));
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, lines, code };
}

const example = (name: string): string => fileURLToPath(packageUrl(`docs/examples/${name}`));

const ladder = async ({ http }: RunningHub) =>
  (await call(http, 'GET /api/league/ladder/{game}', { game: 'pong' })).body;

describe('agents with a token', () => {
  it('play in the league, as often as they were told, and the ladder moves', async () => {
    const running = await startHub({}, QUICK_LEAGUE);
    const [ada, ben] = [await addUser(running, 'ada'), await addUser(running, 'ben')];
    const one = run(running, ada.token, agentPath('mlplay.ts'), '--games', '3');
    const other = run(running, ben.token, agentPath('stepper.ts'));
    expect(await one.code).toBe(0);
    expect(one.lines.filter((line) => line.startsWith('The match is over: '))).toHaveLength(3);
    expect(one.lines.join('\n')).toMatch(/You are (left|right) in league-\d+\./);
    expect(one.lines.some((line) => line.startsWith('Goodbye after 3 matches'))).toBe(true);
    const rows = await eventually(async () => {
      const now = await ladder(running);
      return now.length === 2 && now.every(({ games }) => games >= 3) ? now : null;
    });
    expect(rows.map(({ name }) => name).toSorted()).toEqual(['ada', 'ben']);
    expect(other.lines.some((line) => line.startsWith('| end '))).toBe(true);
    other.child.kill('SIGTERM');
    expect(await other.code).toBe(0);
  });

  it('are the same agent whenever they are started from the same file', async () => {
    const running = await startHub({}, QUICK_LEAGUE);
    const { token } = await addUser(running, 'ada');
    const ids = new Set<string>();
    for (let start = 0; start < 2; start++) {
      const { child, lines, code } = run(running, token, agentPath('stepper.ts'));
      await eventually(() => lines.some((line) => line.startsWith('Welcome')));
      for (const { id } of running.hub.lobby.sessions) ids.add(id);
      child.kill('SIGTERM');
      await code;
    }
    expect(ids.size).toBe(1);
  });
});

describe.skipIf(missing('paho'))('agents in Python with a token', () => {
  it('play in the league, match after match', async () => {
    const running = await startHub({}, QUICK_LEAGUE);
    const [ada, ben] = [await addUser(running, 'ada'), await addUser(running, 'ben')];
    const one = run(running, ada.token, example('mlplay.py'));
    const other = run(running, ben.token, example('agent.py'), '--', '--games', '2');
    expect(await other.code).toBe(0);
    expect(other.lines.filter((line) => /^\| (not )?won /.test(line))).toHaveLength(2);
    await eventually(() => one.lines.filter((line) => line === '| ready for the next match').length >= 2);
    one.child.kill('SIGTERM');
    await one.code;
  });
});
