import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import type { Badge } from '../../../hub/lobby/badge.ts';
import { systemClock } from '../../../hub/clock.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { paddlewire, startHub, type RunningHub } from '../../support/hubs.ts';
import { mqttClient, RawDevice } from '../../support/mqtt-clients.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };

interface Answer {
  readonly status: number;
  readonly body: { readonly error?: string };
}

async function post(
  http: string,
  path: string,
  body: unknown = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(http + path, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: text });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

/** With headers that `fetch` does not let through, or from another address. @returns the status */
function statusOf(
  http: string,
  headers: Record<string, string>,
  localAddress = '127.0.0.1',
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: { ...JSON_TYPE, ...headers }, localAddress, agent: false };
    const asked = request(`${http}/api/rooms/quiz/pause`, options, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    // As bytes: a text would take the headers with it into UTF-8.
    asked.on('error', reject).end(Buffer.from('{}'));
  });
}

/** What a browser says of a page at this host. */
const pageAt = (host: string): Record<string, string> => ({ Host: host, Origin: `http://${host}` });

const quizHub = (): Promise<RunningHub> => startHub({}, { PADDLEWIRE_ROOMS_NAMES: 'quiz:buzzer' });

async function quiz(): Promise<{ running: RunningHub; players: RawDevice[] }> {
  const running = await quizHub();
  const players = [await RawDevice.seated(running.url, 'ada'), await RawDevice.seated(running.url, 'ben')];
  await eventually(() => running.hub.rooms.get('quiz')?.phase === 'playing');
  return { running, players };
}

describe('a quiz', () => {
  it('is armed, answered and scored from the command line, while pupils press', async () => {
    const { running, players } = await quiz();
    const [ada, ben] = players as [RawDevice, RawDevice];
    const watcher = await mqttClient(running.url, {}, [topics.events('quiz')]);
    const said = (event: string): unknown =>
      watcher.received.map(({ payload }) => JSON.parse(payload.toString())).find((page) => page.event === event);
    const host = running.http.slice('http://'.length);
    const lead = (...words: string[]) => paddlewire(['room', ...words, '--host', host]);
    expect(await lead('quiz', 'arm')).toMatchObject({ code: 0, stdout: 'quiz: arm.\n' });
    expect(await ada.told('EFFECT')).toMatchObject({ effect: 'light', value: 1 });
    ben.send({ type: 'INPUT', seq: 1, time: 0, buttons: 16, axis: null });
    await eventually(() => said('buzz'));
    expect(said('buzz')).toMatchObject({ device: 'ben' });
    expect((await lead('quiz', 'right')).code).toBe(0);
    await eventually(() => running.hub.rooms.get('quiz')?.summary().scores[1] === 1);
    const again = await lead('quiz', 'right');
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('host-word-unknown');
    expect((await lead('quiz')).code).toBe(2);
    expect((await lead('nowhere', 'arm')).stderr).toContain('room-unknown');
  });

  it('a press and its release within one tick is a press', async () => {
    const { running, players } = await quiz();
    const watcher = await mqttClient(running.url, {}, [topics.events('quiz')]);
    await post(running.http, '/api/rooms/quiz/host', { word: 'arm' });
    players[0]?.send({ type: 'INPUT', seq: 1, time: 0, buttons: 1, axis: null });
    players[0]?.send({ type: 'INPUT', seq: 2, time: 0, buttons: 0, axis: null });
    await eventually(() => watcher.received.some(({ payload }) => payload.toString().includes('"buzz"')));
  });

  it('is paused and goes on', async () => {
    const { running } = await quiz();
    const room = running.hub.rooms.get('quiz');
    expect((await post(running.http, '/api/rooms/quiz/pause')).status).toBe(200);
    expect(room?.phase).toBe('paused');
    await post(running.http, '/api/rooms/quiz/resume');
    await eventually(() => room?.phase === 'playing');
  });
});

describe('only who leads may lead', () => {
  it.each([
    ['a page of another site', {}, { Origin: 'http://evil.example' }, 403, 'leader-required'],
    ['a form', 'word=arm', { 'Content-Type': 'application/x-www-form-urlencoded' }, 403, 'leader-required'],
    ['garbage', '{', {}, 400, 'message-malformed'],
    ['a list', '[]', {}, 400, 'message-malformed'],
    ['a megabyte', JSON.stringify({ word: 'x'.repeat(1_000_000) }), {}, 400, 'message-too-large'],
    ['a word that is none', { word: 'toString' }, {}, 400, 'host-word-unknown'],
    ['a word that is no text', { word: { toString: 1 } }, {}, 400, 'message-malformed'],
    ['no word', {}, {}, 400, 'message-malformed'],
  ])('%s is refused', async (_, body, headers, status, code) => {
    const { http } = await quizHub();
    const answer = await post(http, '/api/rooms/quiz/host', body, headers);
    expect(answer).toMatchObject({ status, body: { error: code } });
  });

  it('a page of the internet may not, though its name now means this computer', async () => {
    const { http } = await quizHub();
    const { port } = new URL(http);
    expect(await statusOf(http, pageAt(`evil.example:${port}`))).toBe(403);
    expect(await statusOf(http, pageAt(`localhost:${port}`))).toBe(200);
  });

  it('another computer needs the teacher’s password, and is not let try all there are', async () => {
    const names = { PADDLEWIRE_ROOMS_NAMES: 'quiz:buzzer', PADDLEWIRE_ACCESS_TEACHER: 'Bärbel' };
    // Time stands still: no try comes back.
    const { http } = await startHub({}, names, { clock: { ...systemClock, now: () => 0 } });
    const lead = (password: string): Promise<number | undefined> =>
      statusOf(http, { Authorization: Buffer.from(password).toString('latin1') }, '127.0.0.2');
    expect(await statusOf(http, {}, '127.0.0.2')).toBe(403);
    expect(await lead('Bearer ')).toBe(403);
    expect(await lead('Bärbel')).toBe(403);
    expect(await lead('Bearer Bärbe')).toBe(403);
    expect(await lead('Bearer Bärbel')).toBe(200);
    for (let attempt = 0; attempt < 10; attempt++) await lead(`Bearer ${attempt}`);
    expect(await lead('Bearer Bärbel')).toBe(403);
  });

  it('without a password no other computer may', async () => {
    const { http } = await quizHub();
    for (const password of ['', 'Bearer', 'Bearer ', 'Bearer undefined'])
      expect(await statusOf(http, { Authorization: password }, '127.0.0.2')).toBe(403);
  });

  it('the hub’s own page may', async () => {
    const { running } = await quiz();
    const answer = await post(running.http, '/api/rooms/quiz/host', { word: 'arm' }, { Origin: running.http });
    expect(answer.status).toBe(200);
  });

  it('a part of an address is one part, whatever is in it', async () => {
    const { http } = await quizHub();
    expect((await fetch(`${http}/api/rooms/quiz%2Fpause`, { method: 'POST', headers: JSON_TYPE })).status).toBe(405);
    const host = http.slice('http://'.length);
    const { stderr } = await paddlewire(['room', 'a/b', 'pause', '--host', host]);
    expect(stderr).toContain('There is no room a/b; the rooms are quiz.');
  });

  it('what cannot be done is not found, and reading is not doing', async () => {
    const { http } = await quizHub();
    expect((await fetch(`${http}/api/rooms/quiz/host`)).status).toBe(404);
    expect((await fetch(`${http}/api/rooms/quiz/burn`, { method: 'POST' })).status).toBe(405);
    expect((await post(http, '/api/devices/nobody/identify')).body.error).toBe('device-unknown');
  });
});

describe('the latency badge', () => {
  it('tells delays, clock and inputs of devices over MQTT and WebSocket, in health and on the command line', async () => {
    const running = await startHub();
    const host = running.http.slice('http://'.length);
    const devices = [`mqtt://127.0.0.1:${running.address.mqttPort}`, `ws://${host}/mqtt`].map(
      (url, index) => new MqttDevice({ url, id: `d${index}`, kind: 'agent', name: `Device ${index}` }),
    );
    try {
      for (const device of devices) {
        device.start();
        device.join();
      }
      const badges = await eventually(async () => {
        const found = (await (await fetch(`${running.http}/api/devices`)).json()) as Badge[];
        return found.length === 2 && found.every(({ clock }) => clock !== null) ? found : undefined;
      });
      for (const badge of badges) {
        expect(badge).toMatchObject({ link: 'mqtt', lost: {}, lostOnDevice: 0, missedInputs: 0 });
        expect(badge.roundTripMs?.p50).toBeGreaterThan(0);
        expect(badge.clock?.boundMs).toBeLessThanOrEqual((badge.roundTripMs?.p99 ?? 0) + 1);
      }
      const health = (await (await fetch(`${running.http}/healthz`)).json()) as { links: Badge[] };
      expect(health.links.map(({ device }) => device).toSorted()).toEqual(['d0', 'd1']);
      const { stdout } = await paddlewire(['devices', '--host', host]);
      expect(stdout).toContain('d1');
      expect(stdout.split('\n')[0]).toContain('Press to hub');
    } finally {
      for (const device of devices) await device.stop();
    }
  });

  it('a device is found and tested by name', async () => {
    const running = await startHub();
    const host = running.http.slice('http://'.length);
    const device = await RawDevice.seated(running.url, 'ada');
    expect((await paddlewire(['devices', '--identify', 'ada', '--host', host])).code).toBe(0);
    expect(await device.told('EFFECT')).toMatchObject({ effect: 'identify' });
    expect((await paddlewire(['devices', '--test', 'ada', '--host', host])).code).toBe(0);
    await device.told('ASK');
    device.send({ type: 'REPORT', bounce: [1250, 0], stuck: 2, lost: [] });
    await eventually(() => running.hub.lobby.session('ada')?.report?.stuck === 2);
  });

  it('without a hub it says so', async () => {
    const { code, stderr } = await paddlewire(['devices', '--host', '127.0.0.1:9']);
    expect(code).toBe(1);
    expect(stderr).toContain('hub-unreachable');
  });
});
