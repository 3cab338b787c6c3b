import { describe, expect, it } from 'vitest';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { WANTS } from '../../../shared/contract/messages.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { startHub } from '../../support/hubs.ts';
import { mqttClient, RawDevice } from '../../support/mqtt-clients.ts';

interface Scoreboard {
  phase: string;
  seats: { seat: string; device: string | null; present: boolean; points: number }[];
}

describe('joining over MQTT', () => {
  it('HELLO, JOIN with a wish, SEAT; a taken side is refused with its code and the free sides', async () => {
    const { url } = await startHub();
    const first = await RawDevice.seated(url, 'first', 'right');
    expect(await first.told('SEAT')).toEqual({ type: 'SEAT', room: 'main', side: 'right', index: 1 });
    const second = await RawDevice.connect(url, 'second');
    second.hello();
    await second.told('WELCOME');
    second.send({ type: 'JOIN', room: '', side: 'right' });
    const error = await second.told('ERROR');
    expect(error).toMatchObject({ code: 'seat-taken', detail: { free: ['left', 'up', 'down'] } });
    second.send({ type: 'JOIN', room: 'attic', side: '' });
    await second.refused('room-unknown');
    second.send({ type: 'JOIN', room: 'main', side: '' });
    expect((await second.told('SEAT')).side).toBe('left');
  });

  it('three lines of JSON are enough, and are answered in JSON', async () => {
    const { url } = await startHub();
    const device = await mqttClient(url, { clientId: 'pupil' }, [topics.down('pupil')]);
    device.client.publish(topics.up('pupil'), '{"type":"HELLO","version":1,"id":"pupil"}');
    device.client.publish(topics.up('pupil'), '{"type":"JOIN"}');
    const seat = await eventually(() =>
      device.received.map(({ payload }) => payload.toString()).find((text) => text.includes('"SEAT"')),
    );
    expect(JSON.parse(seat)).toEqual({ type: 'SEAT', room: 'main', side: 'left', index: 0 });
  });

  it('who plays ahead of the hub is told each tick, with the number of its input that the tick has counted', async () => {
    const { url } = await startHub();
    const ahead = await RawDevice.connect(url, 'ahead');
    ahead.hello({ wants: WANTS.sync, lastSeq: 7 });
    await ahead.told('WELCOME');
    ahead.send({ type: 'JOIN', room: '', side: '' });
    const other = await RawDevice.seated(url, 'other');
    expect((await ahead.told('SYNC')).seq).toBe(7);
    ahead.send({ type: 'INPUT', seq: 8, time: 0, buttons: 1, axis: null });
    const counted = await eventually(() =>
      ahead.messages.find((message) => message.type === 'SYNC' && message.seq === 8 && message.tick > 0),
    );
    expect(counted).toMatchObject({ commands: [expect.anything(), null, null, null] });
    expect(other.messages.some(({ type }) => type === 'SYNC')).toBe(false);
  });

  it('spectators need no seat: state, events, scoreboard, presence and health reach who only watches', async () => {
    const { url } = await startHub();
    const watcher = await mqttClient(url, {}, [
      topics.state('main'),
      topics.scoreboard('main'),
      topics.presence('+'),
      topics.health,
    ]);
    await RawDevice.seated(url, 'a');
    await RawDevice.seated(url, 'b');
    await eventually(() => (watcher.json(topics.scoreboard('main')) as Scoreboard | undefined)?.phase === 'playing');
    await eventually(() => watcher.received.filter(({ topic }) => topic === topics.state('main')).length > 60);
    await eventually(() => watcher.json(topics.health));
    expect(watcher.json(topics.presence('a'))).toMatchObject({
      state: 'ready',
      room: 'main',
      seat: 'left',
      link: 'mqtt',
    });
    for (const { topic, payload } of watcher.received) {
      if (topic === topics.state('main')) expect(payload.length).toBeLessThanOrEqual(32);
    }
  });

  it('two devices with one id: the newer connection is the device, and the seat stays', async () => {
    const { url, hub } = await startHub();
    const elder = await RawDevice.seated(url, 'twin', 'down');
    const closed = new Promise<void>((resolve) => elder.test.client.once('close', () => resolve()));
    const newer = await RawDevice.connect(url, 'twin');
    await closed;
    newer.hello();
    expect(await newer.told('SEAT')).toMatchObject({ side: 'down' });
    await eventually(() => hub.lobby.session('twin')?.link !== null);
  });

  it('an id in HELLO that is not the client id is refused', async () => {
    const { url } = await startHub();
    const device = await RawDevice.connect(url, 'honest');
    device.raw('{"type":"HELLO","version":1,"id":"somebody-else"}');
    await device.refused('id-mismatch');
    device.raw('{"type":"HELLO","version":99,"id":"honest"}');
    await device.refused('version-unsupported');
  });
});

describe('a seat', () => {
  it('is kept by who is refused another in another room', async () => {
    const { url, hub } = await startHub({}, { PADDLEWIRE_ROOMS_NAMES: 'main,attic' });
    const device = await RawDevice.seated(url, 'mover', 'left');
    const other = await RawDevice.connect(url, 'sitter');
    other.hello();
    await other.told('WELCOME');
    other.send({ type: 'JOIN', room: 'attic', side: 'up' });
    await other.told('SEAT');
    device.send({ type: 'JOIN', room: 'attic', side: 'up' });
    await device.refused('seat-taken');
    expect(hub.rooms.get('main')?.seats.of('mover')?.name).toBe('left');
    device.send({ type: 'JOIN', room: 'attic', side: 'down' });
    await eventually(() => hub.rooms.get('attic')?.seats.of('mover')?.name === 'down');
    expect(hub.rooms.get('main')?.seats.of('mover')).toBeUndefined();
  });

  it('that was kept is told its observations again, if its device still wants them', async () => {
    const { url } = await startHub();
    await RawDevice.seated(url, 'a');
    const device = await RawDevice.seated(url, 'b');
    device.test.client.stream.destroy();
    const again = await RawDevice.connect(url, 'b');
    again.send({
      type: 'HELLO',
      version: 1,
      id: 'b',
      kind: 'agent',
      name: '',
      firmware: '',
      restarts: 1,
      lastSeq: 0,
      wants: 1,
      maxBaud: 0,
    });
    await again.told('OBSERVE');
  });

  it('a first number may be any; after it they must grow', async () => {
    const { url, hub } = await startHub();
    const device = await RawDevice.seated(url, 'late-counter');
    for (const seq of [3_000_000_000, 2_999_999_999, 3_000_000_001])
      device.send({ type: 'INPUT', seq, time: 0, buttons: 0, axis: null });
    await eventually(() => hub.lobby.session('late-counter')?.counters.inputs === 2);
    expect(hub.lobby.session('late-counter')?.counters).toMatchObject({ stale: 1, missed: 0 });
  });
});

describe('a hub', () => {
  it('stops although a page is open, and starts again with whoever comes back', async () => {
    const { hub, address } = await startHub();
    const page = await mqttClient(`ws://127.0.0.1:${address.httpPort}/mqtt`, {}, [topics.state('main')]);
    await eventually(() => page.received.length > 0);
    await hub.stop();
    await hub.stop();
    const again = await hub.start();
    const url = `mqtt://127.0.0.1:${again.mqttPort}`;
    await RawDevice.seated(url, 'a');
    await RawDevice.seated(url, 'b');
    await eventually(() => hub.rooms.get('main')?.phase === 'playing');
  });
});

describe('vanishing', () => {
  it('the link alone tells: a device that is cut off without a will is lost, and its seat waits for it', async () => {
    const { url, hub } = await startHub();
    const watcher = await mqttClient(url, {}, [topics.presence('+'), topics.scoreboard('main')]);
    await RawDevice.seated(url, 'a');
    const device = await RawDevice.seated(url, 'b');
    await eventually(() => hub.rooms.get('main')?.phase === 'playing');
    device.test.client.stream.destroy();
    await eventually(() => hub.rooms.get('main')?.phase === 'paused');
    await eventually(() => (watcher.json(topics.presence('b')) as { state: string } | undefined)?.state === 'lost');
    const back = await RawDevice.connect(url, 'b');
    back.hello();
    expect((await back.told('SEAT')).side).toBe('right');
    await eventually(() => hub.rooms.get('main')?.phase === 'playing');
    await eventually(() => (watcher.json(topics.presence('b')) as { state: string } | undefined)?.state === 'ready');
  });

  it('a client finds a hub that comes later, and one that restarted, and has its seat there again', async () => {
    const first = await startHub();
    const port = String(first.address.mqttPort);
    await first.hub.stop();
    const device = new MqttDevice({ url: `mqtt://127.0.0.1:${port}`, id: 'patient', join: { side: 'up' } });
    const statuses: string[] = [];
    device.onStatus((status) => statuses.push(status));
    device.start();
    const second = await startHub({ 'mqtt.port': port });
    await eventually(() => device.seat === 'up');
    await second.hub.stop();
    await eventually(() => device.status === 'searching');
    const third = await startHub({ 'mqtt.port': port });
    await eventually(() => device.seat === 'up');
    expect(statuses).toEqual(['greeted', 'seated', 'searching', 'greeted', 'seated']);
    expect(third.hub.rooms.get('main')?.seats.of('patient')?.name).toBe('up');
    await device.stop();
    await eventually(() => third.hub.rooms.get('main')?.seats.of('patient') === undefined);
  });
});
