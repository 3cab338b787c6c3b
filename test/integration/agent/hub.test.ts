/** Bad agents in a real hub: each costs itself, and the rooms of others no tick. */
import { describe, expect, it } from 'vitest';
import { AgentRunner } from '../../../device/agent/runner.ts';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { agentProcess, updating } from '../../support/agents/agents.ts';
import { eventually } from '../../support/eventually.ts';
import { startHub, type RunningHub } from '../../support/hubs.ts';
import { RawDevice } from '../../support/mqtt-clients.ts';

const LONG = { PADDLEWIRE_PONG_TARGET: '99', PADDLEWIRE_ROOMS_COUNTDOWN_MS: '0' };

async function playing(env: Record<string, string> = {}): Promise<{ running: RunningHub; a: RawDevice; b: RawDevice }> {
  const running = await startHub({}, { ...LONG, ...env });
  const a = await RawDevice.connect(running.url, 'a');
  a.hello({ wants: 1 });
  await a.told('WELCOME');
  a.send({ type: 'JOIN', room: '', side: 'left' });
  const b = await RawDevice.seated(running.url, 'b', 'right');
  await a.told('OBSERVE');
  return { running, a, b };
}

const counters = ({ hub }: RunningHub, id: string) => hub.lobby.session(id)?.counters;

describe('in a hub', () => {
  it('late commands are counted, shown on the badge, and taken all the same', async () => {
    const { running, a } = await playing();
    a.send({ type: 'COMMAND', seq: 1, tick: 1, value: 'up' });
    await eventually(async () => ((await a.told('OBSERVE')).tick > 20 ? true : null));
    a.send({ type: 'COMMAND', seq: 2, tick: 1, value: 'down' });
    await eventually(() => counters(running, 'a')?.late === 1);
    expect(counters(running, 'a')).toMatchObject({ refused: 0, inputs: 2 });
    const badges = (await (await fetch(`${running.http}/api/devices`)).json()) as { device: string; late: number }[];
    expect(badges.find(({ device }) => device === 'a')?.late).toBe(1);
  });

  it('a command of another match is refused and counted', async () => {
    const { running, a } = await playing();
    a.send({ type: 'COMMAND', seq: 1, tick: 4_000_000, value: 'up' });
    await a.refused('command-untimely');
    expect(running.hub.lobby.refusals.get('command-untimely')).toBe(1);
  });

  it('a bad command is told with what is wanted, and by policy its agent goes', async () => {
    const { a } = await playing();
    a.send({ type: 'COMMAND', seq: 1, tick: 0, value: ['much', 'too', 'long'] });
    const error = await a.told('ERROR');
    expect(error).toMatchObject({ code: 'command-invalid', detail: { controls: expect.arrayContaining(['up']) } });
    const strict = await playing({ PADDLEWIRE_ROOMS_INVALID: 'disconnect' });
    strict.a.send({ type: 'COMMAND', seq: 1, tick: 0, value: 'jump' });
    await strict.a.refused('command-invalid');
    await eventually(() => !strict.a.test.client.connected);
    expect(strict.running.hub.rooms.get('main')?.seats.all[0]?.device).toBeNull();
    expect(strict.b.test.client.connected).toBe(true);
  });

  it.each([
    ['NaN as CBOR', Uint8Array.from([0x84, 5, 1, 0, 0xf9, 0x7e, 0x00]), 'command-invalid'],
    ['NaN as JSON', '{"type":"COMMAND","seq":1,"value":NaN}', 'message-malformed'],
    [
      'too much for a command',
      JSON.stringify({ type: 'COMMAND', seq: 1, value: 'x'.repeat(5000) }),
      'message-too-large',
    ],
  ])('%s is refused with a code, and the match goes on', async (_what, bytes, code) => {
    const { a, b } = await playing();
    a.raw(bytes);
    await a.refused(code);
    expect(b.test.client.connected).toBe(true);
    const { tick } = await a.told('OBSERVE');
    await eventually(async () => (await a.told('OBSERVE')).tick > tick + 5);
  });

  it('a megabyte costs its sender the connection, and nobody else anything', async () => {
    const { running, a, b } = await playing({ PADDLEWIRE_ROOMS_LOST: 'freeze' });
    a.test.client.publish(topics.up('a'), Buffer.alloc(1_000_000, 0x61));
    await eventually(() => !a.test.client.connected);
    expect(running.hub.refusals.get('message-too-large')).toBe(1);
    expect(b.test.client.connected).toBe(true);
  });
});

describe('an agent on a hub', () => {
  it.each([
    ['hangs', 'for (;;);', 'agent-hung'],
    ['ends itself', 'process.exit(1);', 'agent-crashed'],
    ['eats memory', 'for (;;) kept.push(new Array(1e5).fill(7));', 'agent-memory'],
    ['prints without end', "for (;;) console.log('spam '.repeat(100));", 'agent-hung'],
  ])('that %s costs no other room a tick', async (_what, body, code) => {
    const running = await startHub({ 'rooms.names': ['main', 'other'] }, { ...LONG, PADDLEWIRE_ROOMS_LOST: 'freeze' });
    for (const id of ['c', 'd']) {
      const device = await RawDevice.connect(running.url, id);
      device.hello();
      await device.told('WELCOME');
      device.send({ type: 'JOIN', room: 'other', side: '' });
      await device.told('SEAT');
    }
    await RawDevice.seated(running.url, 'b', 'right');
    const lines: string[] = [];
    const file = updating(`if (scene.frame > 20) { ${body} } return 'up';`, 'const kept = [];');
    const runner = new AgentRunner({
      device: new MqttDevice({ url: running.url, id: 'bad', observations: true }),
      agent: () => agentProcess(file),
      room: 'main',
      side: 'left',
      games: null,
      // Only what is meant to hang is taken to hang: on a busy machine all else takes its time.
      hungMs: code === 'agent-hung' ? 1000 : 100_000,
      say: (line) => lines.push(line),
    });
    const [main, other] = [running.hub.rooms.get('main'), running.hub.rooms.get('other')];
    const stop = new AbortController();
    const running2 = runner.run(stop.signal);
    await expect(running2).rejects.toMatchObject({ code });
    expect(lines.filter((line) => line.includes(`(${code})`))).toHaveLength(4);
    // Both rooms have had every tick of their clocks: what was behind was caught up, and nothing was skipped for the agent.
    const behind = Math.abs((main?.totals.ticks ?? 0) - (other?.totals.ticks ?? 0));
    expect(behind).toBeLessThanOrEqual(running.hub.tickers.reduce((sum, { skipped }) => sum + skipped, 0) + 5);
    expect(other?.phase).toBe('playing');
  });
});
