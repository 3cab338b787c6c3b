import { describe, expect, it } from 'vitest';
import { topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { startHub, temporaryFolder, type RunningHub } from '../../support/hubs.ts';
import { addUser, agent, joinLeague } from '../../support/league.ts';
import { mqttClient, RawDevice, refusal } from '../../support/mqtt-clients.ts';

const refused = ({ hub }: RunningHub, code: string): number => hub.refusals.get(code) ?? 0;
const connects = (running: RunningHub, clientId: string, password?: string): Promise<Error & { code?: number }> =>
  refusal(running.url, { clientId, ...(password !== undefined && { username: 'any', password }) });

describe.each(['open', 'pin', 'token'] as const)('a token, where access is %s', (mode) => {
  const hub = (): Promise<RunningHub> => startHub({ 'access.mode': mode }, { PADDLEWIRE_ACCESS_SECRET: '471100' });

  it('lets its user play, under a device id that is the user’s from then on', async () => {
    const running = await hub();
    const [ada, ben] = [await addUser(running, 'ada'), await addUser(running, 'ben')];
    const device = await agent(running, 'robot', ada.token);
    device.send({ type: 'JOIN', room: '', side: '' });
    await device.told('SEAT');
    expect(await connects(running, 'robot', ben.token)).toMatchObject({ code: 5 });
    expect(await connects(running, 'robot')).toMatchObject({ code: 5 });
    expect(refused(running, 'device-not-yours')).toBe(2);
    // Neither cut off who has it.
    expect(device.test.client.connected).toBe(true);
    await device.test.client.endAsync();
    // The PIN of the class makes nobody a user.
    expect(await connects(running, 'robot', '471100')).toMatchObject({ code: 5 });
    const again = await RawDevice.connect(running.url, 'robot', { username: '', password: ada.token });
    again.hello();
    await again.told('WELCOME');
  });

  it('that is wrong, revoked, or of a user who was removed is denied', async () => {
    const running = await hub();
    const { accounts } = running.hub.league;
    const { token } = await addUser(running, 'ada');
    const second = await accounts.addToken(accounts.named('ada').id, 'second');
    expect(await connects(running, 'one', `${token}x`)).toMatchObject({ code: 5 });
    expect(refused(running, 'access-denied')).toBe(1);
    const device = await agent(running, 'one', second.token);
    await accounts.revoke(accounts.named('ada').id, second.id);
    await eventually(() => !device.test.client.connected);
    expect(await connects(running, 'one', second.token)).toMatchObject({ code: 5 });
    const first = await agent(running, 'one', token);
    await accounts.remove('ada');
    await eventually(() => !first.test.client.connected);
    expect(await connects(running, 'one', token)).toMatchObject({ code: 5 });
    // Nobody has the id any more.
    const ben = await addUser(running, 'ben');
    await agent(running, 'one', ben.token);
  });
});

describe('tokens', () => {
  it('count over a restart, and so do the devices', async () => {
    const data = temporaryFolder();
    const first = await startHub({ data });
    const [ada, ben] = [await addUser(first, 'ada'), await addUser(first, 'ben')];
    await agent(first, 'robot', ada.token);
    await first.hub.stop();
    const second = await startHub({ data });
    expect(await connects(second, 'robot', ben.token)).toMatchObject({ code: 5 });
    await agent(second, 'robot', ada.token);
  });

  it('that are right are taken, however many wrong ones came from there', async () => {
    const running = await startHub();
    const { token } = await addUser(running, 'ada');
    for (let guess = 0; guess < 25; guess++) await connects(running, 'guesser', `pw_${guess}`);
    await agent(running, 'robot', token);
  });

  it('do not take an id from who plays with it without one', async () => {
    const running = await startHub();
    const { token } = await addUser(running, 'ada');
    const guest = await RawDevice.connect(running.url, 'robot');
    expect(await connects(running, 'robot', token)).toMatchObject({ code: 5 });
    expect(refused(running, 'id-in-use')).toBe(1);
    expect(guest.test.client.connected).toBe(true);
  });

  it('let two connections with one id follow each other; the elder is told why it ends', async () => {
    const running = await startHub();
    const { token } = await addUser(running, 'ada');
    const elder = await agent(running, 'robot', token);
    const younger = await agent(running, 'robot', token);
    expect(await elder.told('ERROR')).toMatchObject({ code: 'id-in-use' });
    await eventually(() => !elder.test.client.connected);
    expect(younger.test.client.connected).toBe(true);
  });

  it('are needed in the league: who has none is told so, and keeps its seat', async () => {
    const running = await startHub();
    const guest = await RawDevice.seated(running.url, 'guest');
    joinLeague(guest);
    expect(await guest.told('ERROR')).toMatchObject({ code: 'token-required' });
    expect(running.hub.rooms.get('main')?.seats.of('guest')).toBeDefined();
    const { token } = await addUser(running, 'ada');
    const device = await agent(running, 'robot', token);
    joinLeague(device, 'league:chess');
    expect(await device.told('ERROR')).toMatchObject({ code: 'league-game' });
    expect(running.hub.league.waiting).toEqual([]);
  });

  it('are never published, nor anything of a user but the name', async () => {
    const running = await startHub();
    const watcher = await mqttClient(running.url, {}, [topics.health, topics.presence('robot')]);
    const { token, session } = await addUser(running, 'ada');
    joinLeague(await agent(running, 'robot', token));
    await eventually(() => running.hub.league.waiting.length === 1);
    await eventually(() => watcher.received.some(({ topic }) => topic === topics.health));
    const said = watcher.received.map(({ payload }) => payload.toString()).join('\n');
    const logged = JSON.stringify(running.log);
    for (const secret of [token, session, 'scrypt']) expect(said + logged).not.toContain(secret);
  });
});
