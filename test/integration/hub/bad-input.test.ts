import { createServer, type AddressInfo } from 'node:net';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { paddlewire, startHub, temporaryFolder } from '../../support/hubs.ts';
import { mqttClient, RawDevice } from '../../support/mqtt-clients.ts';
import { vectors } from '../../support/vectors.ts';

describe('a device that sends what is no message', () => {
  it('is told the code of each, and goes on playing, as does everybody else', async () => {
    const { url, hub } = await startHub();
    const device = await RawDevice.seated(url, 'clumsy');
    const other = await RawDevice.seated(url, 'other');
    await eventually(() => hub.rooms.get('main')?.phase === 'playing');
    const refused = vectors('refused');
    for (const { payload } of refused) device.raw(payload);
    device.raw('');
    device.raw(Buffer.alloc(2000, 0x81));
    await eventually(() => hub.lobby.session('clumsy')?.counters.refused === refused.length + 2);
    await device.refused('message-malformed');
    for (const code of ['message-malformed', 'message-unknown', 'message-field', 'message-too-large']) {
      expect(hub.lobby.refusals.get(code), code).toBeGreaterThan(0);
    }
    // More than ten a second are counted, not answered.
    expect(device.messages.filter(({ type }) => type === 'ERROR').length).toBeLessThan(refused.length);
    device.send({ type: 'INPUT', seq: 1, time: 0, buttons: 1, axis: null });
    other.send({ type: 'INPUT', seq: 1, time: 0, buttons: 1, axis: null });
    await eventually(
      () => hub.lobby.session('clumsy')?.counters.inputs === 1 && hub.lobby.session('other')?.counters.inputs === 1,
    );
    expect(hub.rooms.get('main')?.phase).toBe('playing');
  });

  it('whose type is an object that cannot be a text is refused like any other', async () => {
    const { url, hub } = await startHub();
    const device = await RawDevice.seated(url, 'tricky');
    for (const text of ['{"type":{"toString":1,"valueOf":1}}', '[{"toString":null}]', '{"type":[]}', '{"type":{}}'])
      device.raw(text);
    await eventually(() => hub.lobby.session('tricky')?.counters.refused === 4);
  });

  it('in JSON is answered in JSON, from its first message on', async () => {
    const { url } = await startHub();
    const device = await mqttClient(url, { clientId: 'pupil' }, [topics.down('pupil')]);
    device.client.publish(topics.up('pupil'), '{"type":"HELO"}');
    await eventually(() => device.received.length > 0);
    expect(JSON.parse(device.received[0]?.payload.toString() ?? '')).toMatchObject({
      type: 'ERROR',
      code: 'message-unknown',
    });
  });

  it('whose nonsense is quoted back to it is answered all the same: control characters, long and wide text', async () => {
    const { url, hub } = await startHub();
    const device = await RawDevice.seated(url, 'quoted');
    const quoted = [
      '["\\u0001\\u0000"]',
      `["${'字'.repeat(100)}"]`,
      '[{"a":1}]',
      '[null]',
      '{"type":"JOIN","side":"字字字字"}',
      '{"type":"JOIN","room":"\\u007f"}',
    ];
    for (const text of quoted) device.raw(text);
    await eventually(() => hub.lobby.session('quoted')?.counters.refused === quoted.length);
    await eventually(() => device.messages.filter(({ type }) => type === 'ERROR').length === quoted.length);
  });

  it('before HELLO is asked for it; a message of the hub’s own is refused', async () => {
    const { url } = await startHub();
    const device = await RawDevice.connect(url, 'rude');
    device.send({ type: 'JOIN', room: '', side: '' });
    await device.refused('hello-required');
    device.hello();
    await device.told('WELCOME');
    device.raw('{"type":"ACK","seq":1}');
    await device.refused('direction-wrong');
  });

  it('input without a seat is refused, late and repeated input is dropped, and each is counted', async () => {
    const { url, hub } = await startHub();
    const device = await RawDevice.connect(url, 'late');
    device.hello();
    await device.told('WELCOME');
    const input = (seq: number): void => device.send({ type: 'INPUT', seq, time: 0, buttons: 0, axis: null });
    input(1);
    await device.refused('seat-missing');
    device.send({ type: 'JOIN', room: '', side: '' });
    await device.told('SEAT');
    for (const seq of [5, 5, 4, 6]) input(seq);
    await eventually(() => hub.lobby.session('late')?.counters.inputs === 3);
    expect(hub.lobby.session('late')?.counters).toMatchObject({ stale: 2, missed: 3 });
    await device.refused('input-stale');
    device.send({ type: 'COMMAND', seq: 7, tick: 0, value: 'fly' });
    await device.refused('command-invalid');
  });
});

describe('a RECORD', () => {
  it('is acknowledged when it is on disk, and stored once however often it comes', async () => {
    const folder = temporaryFolder();
    const { url } = await startHub({ data: folder });
    const device = await RawDevice.connect(url, 'recorder');
    device.hello();
    await device.told('WELCOME');
    for (const seq of [1, 1, 2, 1]) device.send({ type: 'RECORD', seq, data: { reading: seq } });
    await eventually(() => device.messages.filter(({ type }) => type === 'ACK').length === 4);
    const { Sqlite } = await import('../../../hub/store/sqlite.ts');
    const database = new Sqlite(join(folder, 'scores.db'));
    onTestFinished(() => database.close());
    expect(database.all('SELECT device_id, seq, data FROM records ORDER BY seq')).toEqual([
      { device_id: 'recorder', seq: 1, data: '{"reading":1}' },
      { device_id: 'recorder', seq: 2, data: '{"reading":2}' },
    ]);
  });
});

describe('a start that cannot be', () => {
  const START = ['start', '--host', '127.0.0.1', '--serial', 'none'];

  it('a network port in use is said, with the option that changes it', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const port = String((taken.address() as AddressInfo).port);
    for (const [option, other] of [
      ['--http-port', '--mqtt-port'],
      ['--mqtt-port', '--http-port'],
    ] as const) {
      const { code, stderr } = await paddlewire([...START, '--data', temporaryFolder(), option, port, other, '0']);
      expect(code).toBe(1);
      expect(stderr).toContain('port-in-use');
      expect(stderr).toContain(`choose another with ${option}`);
    }
  });

  it('a configuration that is wrong is said with key and line', async () => {
    const file = join(temporaryFolder(), 'hub.toml');
    writeFileSync(file, '[rooms]\nrate = 1\n');
    const { code, stderr } = await paddlewire([...START, '--config', file]);
    expect(code).toBe(1);
    expect(stderr).toContain('line 2: rooms.rate must be an integer from 10 to 250');
  });

  it('a folder that belongs to nobody we are is said', async () => {
    const folder = join(temporaryFolder(), 'scores.db');
    // A folder where the database should be: it cannot be opened, whoever asks.
    mkdirSync(join(folder, 'scores.db'), { recursive: true });
    const { code, stderr } = await paddlewire([...START, '--data', folder, '--http-port', '0', '--mqtt-port', '0']);
    expect(code).toBe(1);
    expect(stderr).toContain('data-folder-unwritable');
  });

  it.each([[['fly']], [['start', '--wings']], [['play', '--keys', 'dvorak']], [['scores', 'burn']]])(
    'wrong usage: %j',
    async (args) => {
      const { code, stderr } = await paddlewire(args);
      expect(code).toBe(2);
      expect(stderr).toContain('usage');
    },
  );
});

describe('HTTP', () => {
  it('answers what it has, says 404 to the rest, and serves nothing outside its folder', async () => {
    const { http } = await startHub();
    expect((await fetch(`${http}/healthz`)).status).toBe(200);
    expect((await fetch(`${http}/api/rooms`)).headers.get('content-type')).toBe('application/json');
    expect((await fetch(`${http}/api/constructor`)).status).toBe(404);
    const outside = await fetch(`${http}/..%2f..%2f..%2fpackage.json`);
    expect(await outside.text()).not.toContain('"paddlewire"');
    expect((await fetch(http)).headers.get('content-security-policy')).toContain("default-src 'self'");
  });
});

describe('presence', () => {
  it('that a device says of itself is completed by the hub, and nonsense is not published', async () => {
    const { url, hub } = await startHub();
    const watcher = await mqttClient(url, {}, [topics.presence('+')]);
    const device = await RawDevice.seated(url, 'sleeper', 'up');
    device.test.client.publish(topics.presence('sleeper'), '{"state":"sleeping"}');
    await eventually(
      () => (watcher.json(topics.presence('sleeper')) as { state?: string } | undefined)?.state === 'sleeping',
    );
    expect(watcher.json(topics.presence('sleeper'))).toMatchObject({ seat: 'up', room: 'main', kind: 'agent' });
    for (const nonsense of ['awake', 'null', '[]', '{"state":"happy"}', ''])
      device.test.client.publish(topics.presence('sleeper'), nonsense);
    await eventually(() => hub.refusals.get('message-malformed') === 5);
    // Nor does a goodbye bury who is still there.
    device.test.client.publish(topics.presence('sleeper'), '{"state":"disconnected"}');
    device.send({ type: 'INPUT', seq: 1, time: 0, buttons: 1, axis: null });
    await eventually(() => hub.lobby.session('sleeper')?.counters.inputs === 1);
    expect(watcher.json(topics.presence('sleeper'))).toMatchObject({ state: 'sleeping' });
    expect(watcher.received.some(({ payload }) => payload.toString() === 'awake')).toBe(false);
  });
});
