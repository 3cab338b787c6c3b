/** `paddlewire agent run` against a real hub, as a student starts it. */
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { agentPath, agentWith, updating } from '../../support/agents/agents.ts';
import { eventually } from '../../support/eventually.ts';
import { paddlewire, spawnPaddlewire, startHub, type RunningHub } from '../../support/hubs.ts';
import { RawDevice } from '../../support/mqtt-clients.ts';

const QUICK = {
  PADDLEWIRE_PONG_TARGET: '1',
  PADDLEWIRE_PONG_SERVE_MS: '0',
  PADDLEWIRE_PONG_BALL_SPEED: '20000',
  PADDLEWIRE_ROOMS_RESTART_MS: '100',
  PADDLEWIRE_ROOMS_COUNTDOWN_MS: '0',
};

interface Running {
  readonly lines: string[];
  readonly code: Promise<number | null>;
  stop(): void;
}

/** Starts it; `lines` grow. */
function run({ address }: RunningHub, file: string, ...options: string[]): Running {
  const child = spawnPaddlewire(['agent', 'run', file, '--host', `127.0.0.1:${address.mqttPort}`, ...options]);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    if (stream !== null) createInterface(stream).on('line', (line) => lines.push(line));
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { lines, code, stop: () => void child.kill('SIGTERM') };
}

const says = (running: Running, what: RegExp): Promise<string> =>
  eventually(() => running.lines.find((line) => what.test(line)));

describe('paddlewire agent run', () => {
  it('plays matches in both shapes, tells how they end, and says goodbye after as many as it was told', async () => {
    const hub = await startHub({}, QUICK);
    const stepper = run(hub, agentPath('stepper.ts'), '--side', 'right');
    const mlplay = run(
      hub,
      agentPath('mlplay.ts'),
      '--side',
      'left',
      '--games',
      '2',
      '--name',
      'Ada',
      '--',
      'one',
      'two',
    );
    expect(await mlplay.code).toBe(0);
    expect(mlplay.lines).toContain('| made with one two');
    expect(mlplay.lines.filter((line) => line === '| reset')).toHaveLength(2);
    expect(mlplay.lines.filter((line) => /^The match is over: (win|loss), /.test(line))).toHaveLength(2);
    expect(mlplay.lines.at(-1)).toMatch(/^Goodbye after 2 matches, \d of them won\.$/);
    expect(mlplay.lines.join('\n')).toMatch(/Welcome, Ada: 0 points[^]*You are left in main[^]*Match main-\S+ begins/);
    await says(stepper, /^\| start main-/);
    await says(stepper, /^\| end (true win|false loss) \d:\d:0:0$/);
    stepper.stop();
    expect(await stepper.code).toBe(0);
    expect(stepper.lines).toContain('| disconnect');
  });

  it('starts an agent again that fails, in the same match, and gives up when it keeps failing', async () => {
    const hub = await startHub({}, { ...QUICK, PADDLEWIRE_PONG_TARGET: '99' });
    const other = run(hub, agentPath('stepper.ts'), '--side', 'right');
    await says(other, /You are right/);
    const failing = run(hub, updating("throw new Error('every time');"), '--side', 'left');
    expect(await failing.code).toBe(1);
    expect(failing.lines.filter((line) => line.endsWith('every time (agent-threw)'))).toHaveLength(4);
    expect(failing.lines.join('\n')).toContain('It is started again, 3 of 3 times.');
    expect(failing.lines.join('\n')).toContain('agent-threw: ');
  });

  it('tells the agent what was not taken, and why', async () => {
    const hub = await startHub({}, { ...QUICK, PADDLEWIRE_PONG_TARGET: '99' });
    await RawDevice.seated(hub.url, 'other');
    const agent = run(
      hub,
      agentWith("export class Agent { getStep() { return 'jump'; } onError(text) { console.log('heard ' + text); } }"),
    );
    await says(agent, /^\| heard .*command-invalid/);
  });

  it('hears the notes of the hub', async () => {
    const hub = await startHub();
    const agent = run(hub, agentPath('mlplay.ts'), '--id', 'noted');
    await says(agent, /You are left/);
    hub.hub.lobby.send('noted', { type: 'NOTE', text: 'You are the third in the queue.' });
    await says(agent, /^You are the third in the queue\.$/);
    await says(agent, /^\| You are the third in the queue\.$/);
  });

  it('waits for a seat, and takes it when somebody leaves', async () => {
    const hub = await startHub();
    const first = [];
    for (const id of ['a', 'b', 'c', 'd']) first.push(await RawDevice.seated(hub.url, id));
    const agent = run(hub, agentPath('stepper.ts'));
    await says(agent, /seat-none-free/);
    first[2]?.send({ type: 'LEAVE' });
    await says(agent, /You are up/);
  });

  it('ends with a code when it is not let in', async () => {
    const hub = await startHub({ 'access.mode': 'token', 'access.secret': 'right' });
    const agent = run(hub, agentPath('stepper.ts'), '--token', 'wrong');
    expect(await agent.code).toBe(1);
    expect(agent.lines.join('\n')).toContain('access-denied');
  });
});

describe('paddlewire agent run refuses', () => {
  it.each([
    [2, 'usage', ['agent']],
    [2, 'usage', ['agent', 'run']],
    [2, 'usage', ['agent', 'walk', 'a.ts']],
    [2, 'usage', ['agent', 'run', 'a.ts', 'b.ts']],
    [2, 'usage', ['agent', 'run', 'a.ts', '--games', '0']],
    [2, 'usage', ['agent', 'run', 'a.ts', '--memory', 'much']],
    [1, 'id-invalid', ['agent', 'run', 'a.ts', '--id', '/']],
    [1, 'agent-missing', ['agent', 'run', 'nowhere.ts']],
    [1, 'agent-missing', ['agent', 'run', 'nowhere.py']],
  ])('with %i and %s: %j', async (exit, code, args) => {
    const { code: ended, stderr } = await paddlewire(args);
    expect(stderr).toContain(`${code}: `);
    expect(ended).toBe(exit);
  });
});
