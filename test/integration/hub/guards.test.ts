import { connect as connectTcp } from 'node:net';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { startHub, type RunningHub } from '../../support/hubs.ts';
import { mqttClient, RawDevice, refusal } from '../../support/mqtt-clients.ts';

const refusals = ({ hub }: RunningHub, code: string): number => hub.refusals.get(code) ?? 0;

describe('a client publishes only on its own device’s topics', () => {
  it.each([topics.up('victim'), topics.presence('victim'), topics.state('main'), topics.down('intruder'), '$SYS/x'])(
    'not on %s',
    async (topic) => {
      const running = await startHub();
      const intruder = await mqttClient(running.url, { clientId: 'intruder' });
      const closed = new Promise<void>((resolve) => intruder.client.once('close', () => resolve()));
      intruder.client.publish(topic, 'x');
      await closed;
      expect(refusals(running, 'topic-forbidden')).toBe(1);
    },
  );

  it('and reads no other device’s down topic', async () => {
    const running = await startHub();
    const curious = await mqttClient(running.url, { clientId: 'curious' });
    for (const filter of [topics.down('victim'), '#', 'paddlewire/#', 'paddlewire/1/devices/+/down']) {
      await expect(curious.client.subscribeAsync(filter)).rejects.toThrow();
    }
    expect(refusals(running, 'topic-forbidden')).toBe(4);
  });
});

describe('who may connect', () => {
  it.each(['a/b', 'a+b', '#', 'x'.repeat(40), 'ä'])('a client id %s is rejected', async (clientId) => {
    const running = await startHub();
    expect(await refusal(running.url, { clientId })).toMatchObject({ code: 2 });
    expect(refusals(running, 'id-invalid')).toBe(1);
  });

  it('with a PIN: who has none may watch, a wrong one is refused, the right one plays', async () => {
    const running = await startHub({ 'access.mode': 'pin' }, { PADDLEWIRE_ACCESS_SECRET: '4711' });
    expect(await refusal(running.url, { clientId: 'guesser', username: 'x', password: '4712' })).toMatchObject({
      code: 5,
    });
    const watcher = await mqttClient(running.url, { clientId: 'watcher' }, [topics.state('main')]);
    await eventually(() => watcher.received.length > 0);
    const closed = new Promise<void>((resolve) => watcher.client.once('close', () => resolve()));
    watcher.client.publish(topics.up('watcher'), '{"type":"LEAVE"}');
    await closed;
    const player = await RawDevice.connect(running.url, 'player', { username: 'x', password: '4711' });
    player.hello();
    await player.told('WELCOME');
  });

  it('with a PIN: who only watches cannot push a player out by taking its id, and guessing is slow', async () => {
    const running = await startHub({ 'access.mode': 'pin' }, { PADDLEWIRE_ACCESS_SECRET: '4711' });
    const player = await RawDevice.connect(running.url, 'player', { username: 'x', password: '4711' });
    expect(await refusal(running.url, { clientId: 'player' })).toMatchObject({ code: 5 });
    expect(refusals(running, 'id-in-use')).toBe(1);
    player.hello();
    await player.told('WELCOME');
    const tried = async (password: string): Promise<number | undefined> =>
      (await refusal(running.url, { clientId: 'guesser', username: 'x', password })).code;
    // Soon after so many wrong ones the right one is refused too: five a second are looked at, and twenty wrong ones are
    // enough for a minute. How many of these were looked at depends on the computer.
    await eventually(async () => {
      for (let guess = 0; guess < 20; guess++) expect(await tried(`${guess}`)).toBe(5);
      return (await tried('4711')) === 5;
    });
  });

  it('a fresh PIN is made and told where none is set', async () => {
    const { address } = await startHub({ 'access.mode': 'pin' });
    expect(address.secret).toMatch(/^\d{4}$/);
  });
});

describe('one client that misbehaves costs nobody else anything', () => {
  it('a flood is served at its rate, counted, and the others still play', async () => {
    const running = await startHub({}, { PADDLEWIRE_MQTT_MAX_RATE: '50' });
    const flooder = await RawDevice.seated(running.url, 'flooder');
    for (let seq = 1; seq <= 2000; seq++) flooder.send({ type: 'INPUT', seq, time: 0, buttons: seq & 1, axis: null });
    const other = await RawDevice.seated(running.url, 'other');
    expect((await other.told('SEAT')).side).toBe('right');
    await eventually(() => refusals(running, 'rate-exceeded') > 0);
    await flooder.refused('rate-exceeded');
    // At most what the bucket gives: its burst, and its rate while this test ran.
    expect(running.hub.lobby.session('flooder')?.counters.inputs).toBeLessThan(1000);
  });

  it('who sent too much at once is heard again afterwards, and nothing it sent passed unchecked', async () => {
    const running = await startHub({}, { PADDLEWIRE_MQTT_MAX_RATE: '50' });
    const watcher = await mqttClient(running.url, {}, [topics.presence('+')]);
    const device = await RawDevice.seated(running.url, 'hasty');
    for (let count = 0; count < 300; count++) device.send({ type: 'LEAVE' });
    for (let count = 0; count < 20; count++)
      device.test.client.publish(topics.presence('hasty'), 'unchecked', { retain: true });
    await eventually(() => refusals(running, 'rate-exceeded') > 0);
    device.messages.length = 0;
    await eventually(() => {
      device.hello();
      return device.messages.some(({ type }) => type === 'WELCOME');
    });
    expect(watcher.received.some(({ payload }) => payload.toString() === 'unchecked')).toBe(false);
  });

  it('packets that no hook sees are counted too: a flood of pings ends its own connection', async () => {
    const running = await startHub({}, { PADDLEWIRE_MQTT_MAX_RATE: '10' });
    const device = await RawDevice.connect(running.url, 'pinger');
    const closed = new Promise<void>((resolve) => device.test.client.once('close', () => resolve()));
    device.test.client.stream.write(Buffer.alloc(2000, Uint8Array.of(0xc0, 0x00)));
    await closed;
    await eventually(() => refusals(running, 'rate-exceeded') > 0);
  });

  it('more subscriptions than anybody needs are refused', async () => {
    const running = await startHub();
    const greedy = await mqttClient(running.url, { clientId: 'greedy' });
    for (let count = 0; count < 64; count++) await greedy.client.subscribeAsync(topics.state(`room-${count}`));
    await expect(greedy.client.subscribeAsync(topics.state('one-more'))).rejects.toThrow();
  });

  it('a packet that claims 200 MB is refused by its length', async () => {
    const running = await startHub();
    const socket = connectTcp(running.address.mqttPort, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {});
    socket.write(Uint8Array.of(0x10, 16, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 30, 0, 4, 0x62, 0x69, 0x67, 0x31));
    // PUBLISH with a remaining length of 200,000,000.
    socket.write(Uint8Array.of(0x30, 0x80, 0x84, 0xaf, 0x5f, 0, 1, 0x78));
    await closed;
    await eventually(() => refusals(running, 'message-too-large') > 0);
  });

  it('bytes that are no MQTT end their own connection only', async () => {
    const running = await startHub();
    const device = await RawDevice.seated(running.url, 'calm');
    const socket = connectTcp(running.address.mqttPort, '127.0.0.1');
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\n\r\n'.repeat(100));
    await closed;
    device.send({ type: 'INPUT', seq: 1, time: 0, buttons: 1, axis: null });
    await eventually(() => running.hub.lobby.session('calm')?.counters.inputs === 1);
  });
});

describe('MQTT over WebSocket', () => {
  it('is served on /mqtt of the HTTP port, and on no other path', async () => {
    const running = await startHub();
    const client = await connectAsync(`ws://127.0.0.1:${running.address.httpPort}/mqtt`, {
      protocolVersion: 4,
      reconnectPeriod: 0,
    });
    onTestFinished(() => client.endAsync(true));
    await client.subscribeAsync(topics.health);
    const other = new WebSocket(`ws://127.0.0.1:${running.address.httpPort}/other`, 'mqtt');
    await new Promise<void>((resolve) => other.once('error', () => resolve()));
  });
});

const events = (client: { received: { topic: string; payload: Buffer }[] }): string[] =>
  client.received.filter(({ topic }) => topic === topics.events('main')).map(({ payload }) => payload.toString());
const points = (list: string[]): number => list.filter((event) => event.includes('"point"')).length;

describe('who subscribes to everything of a room', () => {
  it('misses nothing: events, pages and direct messages come beside the states', async () => {
    const running = await startHub(
      {},
      {
        PADDLEWIRE_PONG_BALL_SPEED: '50000',
        PADDLEWIRE_PONG_SERVE_MS: '0',
        PADDLEWIRE_PONG_TARGET: '3',
        PADDLEWIRE_ROOMS_RESTART_MS: '60000',
      },
    );
    const only = await mqttClient(running.url, {}, [topics.events('main')]);
    const all = await mqttClient(running.url, {}, ['paddlewire/1/rooms/#']);
    await RawDevice.seated(running.url, 'a');
    const seated = await RawDevice.seated(running.url, 'b');
    await seated.test.client.subscribeAsync(['paddlewire/1/rooms/#']);
    await eventually(() => events(only).some((event) => event.includes('"end"')));
    await eventually(() => events(all).length === events(only).length);
    expect(events(all)).toEqual(events(only));
    expect(points(events(all))).toBeGreaterThanOrEqual(3);
    await eventually(() => points(events(seated.test)) >= 3);
    await eventually(
      () => (seated.test.json(topics.scoreboard('main')) as { final?: boolean } | undefined)?.final === true,
    );
  });
});

describe('aedes', () => {
  it('publishes the will of a client that is cut off (its issue 1061 does not hold here), and a late one buries nobody', async () => {
    const running = await startHub();
    const watcher = await mqttClient(running.url, {}, [topics.presence('+')]);
    const will = {
      topic: topics.presence('mortal'),
      payload: Buffer.from('{"state":"sleeping"}'),
      qos: 1,
      retain: true,
    } as const;
    const mortal = await RawDevice.connect(running.url, 'mortal', { will });
    mortal.hello();
    await mortal.told('WELCOME');
    mortal.test.client.stream.destroy();
    await eventually(() => watcher.received.some(({ payload }) => payload.toString().includes('"sleeping"')));
    const early = await RawDevice.connect(running.url, 'early', {
      will: { ...will, topic: topics.presence('early'), payload: Buffer.from('{"state":"lost"}') },
    });
    early.hello();
    await early.told('WELCOME');
    const again = await RawDevice.connect(running.url, 'early');
    again.hello();
    await again.told('WELCOME');
    await eventually(() => (watcher.json(topics.presence('early')) as { session?: number } | undefined)?.session === 2);
    expect(watcher.json(topics.presence('early'))).toMatchObject({ state: 'ready' });
  });
});
