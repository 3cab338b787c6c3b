import { describe, expect, it } from 'vitest';
import { WANTS } from '../../../shared/contract/messages.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { call } from '../../support/http-api.ts';
import { startHub, temporaryFolder, type RunningHub } from '../../support/hubs.ts';
import { mqttClient, RawDevice } from '../../support/mqtt-clients.ts';

const FAST = { PADDLEWIRE_PONG_BALL_SPEED: '6000', PADDLEWIRE_PONG_SERVE_MS: '0' };

async function match(running: RunningHub): Promise<RawDevice[]> {
  const players = [await RawDevice.seated(running.url, 'ada'), await RawDevice.seated(running.url, 'ben')];
  await eventually(() => running.hub.rooms.get('main')?.phase === 'playing');
  return players;
}

const presence = (device: string): string => topics.presence(device);
const phase = (running: RunningHub, room: string): string | undefined => running.hub.rooms.get(room)?.phase;

describe('rooms', () => {
  it('are opened with a game and its parameters, played in, and closed: nobody sits there then', async () => {
    const running = await startHub();
    const watcher = await mqttClient(running.url, {}, [topics.scoreboard('+')]);
    const opened = await call(
      running.http,
      'POST /api/rooms',
      {},
      { name: 'b-2', game: 'pong', parameters: { target: 2 } },
    );
    expect(opened).toEqual({ status: 200, body: {} });
    const players = [await RawDevice.connect(running.url, 'ada'), await RawDevice.connect(running.url, 'ben')];
    for (const player of players) {
      player.hello();
      player.send({ type: 'JOIN', room: 'b-2', side: '' });
    }
    await eventually(() => phase(running, 'b-2') === 'playing');
    await eventually(() => watcher.json(topics.scoreboard('b-2')));
    expect(watcher.json(topics.scoreboard('b-2'))).toMatchObject({ target: 2, policy: 'pause' });
    expect((await call(running.http, 'POST /api/rooms/{room}/close', { room: 'b-2' })).status).toBe(200);
    await eventually(() => players[0]?.messages.some((message) => message.type === 'SEAT' && message.side === ''));
    expect([...running.hub.rooms.keys()]).toEqual(['main']);
    const page = watcher.received.findLast(({ topic }) => topic === topics.scoreboard('b-2'));
    await eventually(() =>
      watcher.received.some(({ topic, payload }) => topic === page?.topic && payload.length === 0),
    );
    const late = await mqttClient(running.url, {}, [topics.scoreboard('+')]);
    await eventually(() => late.json(topics.scoreboard('main')));
    expect(late.json(topics.scoreboard('b-2'))).toBeUndefined();
    players[0]?.send({ type: 'INPUT', seq: 1, time: 0, buttons: 1, axis: null });
    await players[0]?.refused('seat-missing');
  });

  it.each([
    ['room-name-invalid', { name: 'Room 1', game: 'pong' }],
    ['room-exists', { name: 'main', game: 'pong' }],
    ['game-unknown', { name: 'b', game: 'toString' }],
    ['parameter-invalid', { name: 'b', game: 'pong', parameters: { target: 0 } }],
    ['parameter-invalid', { name: 'b', game: 'pong', parameters: { constructor: 1 } }],
    ['message-malformed', { name: 'b', game: 'pong', policy: 'burn' as 'pause' }],
  ] as const)('are refused with %s where something is wrong', async (code, body) => {
    const running = await startHub();
    const { status, body: answer } = await call(running.http, 'POST /api/rooms', {}, body);
    expect({ status, code: answer.error }).toEqual({ status: 400, code });
    expect([...running.hub.rooms.keys()]).toEqual(['main']);
  });

  it('are at most sixteen', async () => {
    const { http } = await startHub();
    for (let number = 2; number <= 16; number++) {
      const { status } = await call(http, 'POST /api/rooms', {}, { name: `room-${number}`, game: 'pong' });
      expect(status).toBe(200);
    }
    const { body } = await call(http, 'POST /api/rooms', {}, { name: 'room-17', game: 'pong' });
    expect(body.error).toBe('rooms-too-many');
  });

  it('that were opened are there after a restart as they were changed, with their bots; closed ones are not', async () => {
    const data = temporaryFolder();
    const first = await startHub({ data });
    for (const name of ['kept', 'gone']) await call(first.http, 'POST /api/rooms', {}, { name, game: 'pong' });
    const parts = { room: 'kept' };
    await call(first.http, 'POST /api/rooms/{room}/settings', parts, { parameters: { target: 7 }, policy: 'freeze' });
    expect((await call(first.http, 'POST /api/rooms/{room}/bots', parts, { count: 3 })).body.count).toBe(3);
    await call(first.http, 'POST /api/rooms/{room}/close', { room: 'gone' });
    await first.hub.stop();
    const second = await startHub({ data });
    expect([...second.hub.rooms.keys()]).toEqual(['main', 'kept']);
    const summary = second.hub.rooms.get('kept')?.summary();
    expect(summary).toMatchObject({ policy: 'freeze', parameters: { target: 7 } });
    await eventually(() => second.hub.rooms.get('kept')?.seats.taken.length === 3);
  });

  it('go on with who sits there when their parameters are changed; another game has seats of its own', async () => {
    const running = await startHub();
    const [ada] = (await match(running)) as [RawDevice];
    const { match: before } = running.hub.rooms.get('main')?.summary() ?? {};
    await call(running.http, 'POST /api/rooms/{room}/settings', { room: 'main' }, { parameters: { target: 3 } });
    const room = running.hub.rooms.get('main');
    await eventually(() => room?.phase === 'playing');
    expect(room?.summary().match).not.toBe(before);
    expect(room?.summary().parameters).toMatchObject({ target: 3 });
    expect(room?.seats.of('ada')?.name).toBe('left');
    ada.send({ type: 'INPUT', seq: 1, time: 0, buttons: 1, axis: null });
    await eventually(() => room?.seats.of('ada')?.buttons === 1);
    await call(running.http, 'POST /api/rooms/{room}/settings', { room: 'main' }, { game: 'buzzer' });
    expect(running.hub.rooms.get('main')?.summary().game).toBe('buzzer');
    await eventually(() => ada.messages.some((message) => message.type === 'SEAT' && message.side !== 'left'));
    expect(running.hub.rooms.get('main')?.seats.taken.map(({ device }) => device)).toEqual(['ada', 'ben']);
  });

  it('are reset: the match ends as void and the next begins at once', async () => {
    const running = await startHub();
    await match(running);
    const before = running.hub.rooms.get('main')?.summary().match;
    await call(running.http, 'POST /api/rooms/{room}/reset', { room: 'main' });
    await eventually(() => phase(running, 'main') === 'playing');
    expect(running.hub.rooms.get('main')?.summary().match).not.toBe(before);
  });
});

describe('bots', () => {
  it('take free seats, play, make room, and are no more than there are seats', async () => {
    const running = await startHub({}, FAST);
    await RawDevice.seated(running.url, 'ada');
    const bots = async (count: number): Promise<number> =>
      (await call(running.http, 'POST /api/rooms/{room}/bots', { room: 'main' }, { count })).body.count;
    const room = running.hub.rooms.get('main');
    expect(await bots(32)).toBe(3);
    await eventually(() => room?.seats.taken.length === 4);
    const badge = (await call(running.http, 'GET /api/devices')).body.find(({ link }) => link === 'bot');
    expect(badge).toMatchObject({ device: 'bot-main-1', name: 'Ada (bot)', kind: 'agent', room: 'main' });
    await eventually(() => (running.hub.lobby.session('bot-main-2')?.counters.inputs ?? 0) > 0);
    expect(await bots(1)).toBe(1);
    expect(room?.seats.taken.map(({ device }) => device)).toEqual(['ada', 'bot-main-1']);
    await call(running.http, 'POST /api/devices/{device}/kick', { device: 'bot-main-1' });
    expect(room?.seats.taken.map(({ device }) => device)).toEqual(['ada']);
    expect(await bots(0)).toBe(0);
  });

  it('go for whoever finds no seat, and for no other bot', async () => {
    const running = await startHub({}, FAST);
    await call(running.http, 'POST /api/rooms/{room}/bots', { room: 'main' }, { count: 4 });
    const room = running.hub.rooms.get('main');
    await eventually(() => room?.seats.taken.length === 4);
    const bot = await RawDevice.connect(running.url, 'other');
    bot.hello({ wants: WANTS.yields });
    bot.send({ type: 'JOIN', room: 'main', side: '' });
    await bot.refused('seat-none-free');
    const phone = await RawDevice.connect(running.url, 'phone');
    phone.hello({ kind: 'browser' });
    phone.send({ type: 'JOIN', room: 'main', side: 'down' });
    await eventually(() => room?.seats.of('phone')?.name === 'down');
    const board = await RawDevice.connect(running.url, 'board');
    board.hello({ kind: 'board' });
    board.send({ type: 'JOIN', room: '', side: '' });
    await eventually(() => room?.seats.of('board'));
    expect(room?.seats.taken.filter(({ device }) => device?.startsWith('bot-')).length).toBe(2);
    // It keeps its own seat, and takes nobody's who is no bot.
    phone.send({ type: 'JOIN', room: 'main', side: room?.seats.of('board')?.name ?? '' });
    await phone.refused('seat-taken');
    expect(room?.seats.of('phone')?.name).toBe('down');
  });

  it('play only what they know', async () => {
    const { http } = await startHub({}, { PADDLEWIRE_ROOMS_NAMES: 'quiz:buzzer' });
    const { body } = await call(http, 'POST /api/rooms/{room}/bots', { room: 'quiz' }, { count: 1 });
    expect(body.error).toBe('game-without-bot');
    const { games } = (await call(http, 'GET /api/hub')).body;
    const withBots = Object.fromEntries(games.map(({ name, bots }) => [name, bots]));
    expect(withBots).toMatchObject({ pong: true, reaction: true, buzzer: false, rps: true, sum: true });
  });
});

describe('the whole class', () => {
  it('is frozen and let go: a room that was paused by itself stays so, and none begins meanwhile', async () => {
    const running = await startHub({}, { PADDLEWIRE_ROOMS_NAMES: 'main,side,late' });
    const bots = (room: string) => call(running.http, 'POST /api/rooms/{room}/bots', { room }, { count: 2 });
    for (const room of ['main', 'side']) {
      await bots(room);
      await eventually(() => phase(running, room) === 'playing');
    }
    await call(running.http, 'POST /api/rooms/{room}/pause', { room: 'side' });
    const { body } = await call(running.http, 'POST /api/hub', {}, { frozen: true });
    expect(body).toMatchObject({ frozen: true, locked: false });
    expect(running.hub.rooms.get('main')?.summary()).toMatchObject({ phase: 'paused', reason: 'teacher' });
    await bots('late');
    await eventually(() => running.hub.rooms.get('late')?.seats.taken.length === 2);
    await call(running.http, 'POST /api/rooms/{room}/resume', { room: 'main' });
    expect([phase(running, 'main'), phase(running, 'side'), phase(running, 'late')]).toEqual([
      'paused',
      'paused',
      'waiting',
    ]);
    await call(running.http, 'POST /api/hub', {}, { frozen: false });
    await eventually(() => phase(running, 'main') === 'playing' && phase(running, 'late') === 'playing');
    expect(phase(running, 'side')).toBe('paused');
    await call(running.http, 'POST /api/rooms/{room}/resume', { room: 'side' });
    await eventually(() => phase(running, 'side') === 'playing');
  });

  it('is locked: nobody new gets a seat, who has one keeps it, who vanished comes back to it', async () => {
    const running = await startHub();
    const [ada] = (await match(running)) as [RawDevice];
    await call(running.http, 'POST /api/hub', {}, { locked: true });
    const late = await RawDevice.connect(running.url, 'late');
    late.hello();
    late.send({ type: 'JOIN', room: '', side: '' });
    await late.refused('lobby-locked');
    ada.test.client.end(true);
    await eventually(() => running.hub.rooms.get('main')?.seats.lost.length === 1);
    const back = await RawDevice.connect(running.url, 'ada');
    back.hello();
    expect(await back.told('SEAT')).toMatchObject({ side: 'left' });
    back.send({ type: 'JOIN', room: '', side: 'up' });
    await eventually(() => running.hub.rooms.get('main')?.seats.of('ada')?.name === 'up');
    await call(running.http, 'POST /api/hub', {}, { locked: false });
    late.send({ type: 'JOIN', room: '', side: '' });
    await late.told('SEAT');
  });
});

const rename = (http: string, name: string) =>
  call(http, 'POST /api/devices/{device}/rename', { device: 'ada' }, { name });
const ban = (http: string, banned: boolean) =>
  call(http, 'POST /api/devices/{device}/ban', { device: 'ada' }, { banned });

describe('a device', () => {
  it('is renamed at once and for good, until it is its own again', async () => {
    const data = temporaryFolder();
    const first = await startHub({ data });
    const watcher = await mqttClient(first.url, {}, [topics.scoreboard('main'), presence('ada')]);
    await RawDevice.seated(first.url, 'ada');
    expect((await rename(first.http, 'Countess')).status).toBe(200);
    await eventually(() => JSON.stringify(watcher.json(presence('ada'))).includes('"Countess"'));
    await eventually(() => JSON.stringify(watcher.json(topics.scoreboard('main'))).includes('"Countess"'));
    expect((await rename(first.http, 'é'.repeat(17))).body.error).toBe('message-malformed');
    expect((await rename(first.http, 'a\nb')).body.error).toBe('message-malformed');
    await first.hub.stop();
    const second = await startHub({ data });
    const again = await RawDevice.connect(second.url, 'ada');
    again.hello({ name: 'Ada' });
    expect((await again.told('WELCOME')).name).toBe('Countess');
    await rename(second.http, '');
    expect((await call(second.http, 'GET /api/devices')).body[0]?.name).toBe('Ada');
  });

  it('is given a seat, another one, and none', async () => {
    const running = await startHub({}, { PADDLEWIRE_ROOMS_NAMES: 'main,side' });
    const ada = await RawDevice.connect(running.url, 'ada');
    ada.hello();
    await ada.told('WELCOME');
    const seat = (room: string, wish?: string) =>
      call(running.http, 'POST /api/devices/{device}/seat', { device: 'ada' }, { room, ...(wish && { seat: wish }) });
    await seat('side', 'up');
    expect(await ada.told('SEAT')).toMatchObject({ room: 'side', side: 'up' });
    await seat('main');
    await eventually(() => ada.messages.some((message) => message.type === 'SEAT' && message.room === 'main'));
    expect(running.hub.rooms.get('side')?.seats.taken).toEqual([]);
    await seat('');
    await eventually(() => ada.messages.some((message) => message.type === 'SEAT' && message.side === ''));
    expect(running.hub.rooms.get('main')?.seats.taken).toEqual([]);
    expect((await seat('attic')).body.error).toBe('room-unknown');
    expect((await seat('main', 'middle')).body.error).toBe('seat-unknown');
    const nobody = await call(running.http, 'POST /api/devices/{device}/seat', { device: 'eve' }, { room: 'main' });
    expect(nobody.body.error).toBe('device-unknown');
  });

  it('is sent away: it is told why, its will does not say that it vanished, and it may come back', async () => {
    const running = await startHub();
    const watcher = await mqttClient(running.url, {}, [presence('ada')]);
    const will = { topic: presence('ada'), payload: Buffer.from('{"state":"lost"}'), qos: 1 as const, retain: true };
    const ada = await RawDevice.connect(running.url, 'ada', { will });
    ada.hello();
    ada.send({ type: 'JOIN', room: '', side: '' });
    await ada.told('SEAT');
    const closed = new Promise<void>((resolve) => ada.test.client.once('close', () => resolve()));
    await call(running.http, 'POST /api/devices/{device}/kick', { device: 'ada' });
    await closed;
    expect(ada.messages.some((message) => message.type === 'ERROR' && message.code === 'device-kicked')).toBe(true);
    expect(running.hub.rooms.get('main')?.seats.taken).toEqual([]);
    await eventually(() => (watcher.json(presence('ada')) as { state?: string } | undefined)?.state === 'disconnected');
    const back = await RawDevice.seated(running.url, 'ada');
    expect((await back.told('SEAT')).side).toBe('left');
    const states = watcher.received.map(({ payload }) => (JSON.parse(payload.toString()) as { state: string }).state);
    expect(states).not.toContain('lost');
  });

  it('is banned: it loses its seat and gets none, not even after a restart, until it is allowed again', async () => {
    const data = temporaryFolder();
    const first = await startHub({ data });
    const [ada] = (await match(first)) as [RawDevice];
    await ban(first.http, true);
    await ada.refused('device-banned');
    expect(first.hub.rooms.get('main')?.seats.taken.map(({ device }) => device)).toEqual(['ben']);
    expect((await call(first.http, 'GET /api/devices')).body.map(({ device, banned }) => [device, banned])).toEqual([
      ['ada', true],
      ['ben', false],
    ]);
    const seated = await call(first.http, 'POST /api/devices/{device}/seat', { device: 'ada' }, { room: 'main' });
    expect(seated.body.error).toBe('device-banned');
    await first.hub.stop();
    const second = await startHub({ data });
    const again = await RawDevice.connect(second.url, 'ada');
    again.hello();
    again.send({ type: 'JOIN', room: '', side: '' });
    await again.refused('device-banned');
    await ban(second.http, false);
    again.send({ type: 'JOIN', room: '', side: '' });
    await again.told('SEAT');
    expect(
      (await call(second.http, 'POST /api/devices/{device}/ban', { device: 'a b' }, { banned: true })).body.error,
    ).toBe('id-invalid');
  });
});
