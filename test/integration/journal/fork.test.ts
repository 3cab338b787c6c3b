import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openJournal } from '../../../shared/journal/open.ts';
import { holdsGood, verify } from '../../../shared/journal/verify.ts';
import { eventually } from '../../support/eventually.ts';
import { paddlewire, startHub, temporaryFolder } from '../../support/hubs.ts';
import { RawDevice } from '../../support/mqtt-clients.ts';

const LIVELY = {
  PADDLEWIRE_ROOMS_COUNTDOWN_MS: '0',
  PADDLEWIRE_PONG_SERVE_MS: '50',
  PADDLEWIRE_PONG_BALL_SPEED: '20000',
  PADDLEWIRE_PONG_TARGET: '99',
};

it('a new match goes on, with others, where a recorded one was; both journals hold', async () => {
  const folder = temporaryFolder();
  const running = await startHub({ data: folder }, LIVELY);
  const room = running.hub.rooms.get('main');
  const first = [await RawDevice.seated(running.url, 'a', 'left'), await RawDevice.seated(running.url, 'b', 'right')];
  await eventually(() => (room?.summary().scores ?? []).reduce((sum, points) => sum + points, 0) >= 4);
  const old = room?.summary().match ?? '';
  const host = running.http.slice('http://'.length);
  const lead = (...words: string[]) => paddlewire(['room', 'main', ...words, '--host', host]);
  for (const device of first) device.send({ type: 'LEAVE' });
  await eventually(() => room?.phase === 'waiting');
  expect((await lead('fork', old, '60')).stderr).toContain('players-missing');
  for (const [id, side] of [
    ['c', 'left'],
    ['d', 'up'],
  ] as const)
    await RawDevice.seated(running.url, id, side);
  expect((await lead('fork', old, '60')).code).toBe(0);
  const fork = room?.summary().match ?? '';
  expect(fork).not.toBe(old);
  await eventually(() => room?.phase === 'playing');
  expect((await lead('fork', 'main-none', '60')).stderr).toContain('match-unknown');
  expect((await lead('fork', '../scores', '60')).stderr).toContain('match-unknown');
  expect((await lead('fork', old, '9999999')).stderr).toContain('journal-tick-missing');
  expect((await lead('fork', old, 'soon')).stderr).toContain('message-malformed');
  expect(room?.summary().match).toBe(fork);
  await running.hub.stop();
  const names = readdirSync(join(folder, 'journals'));
  for (const id of [old, fork]) {
    expect(names).toContain(`${id}.pwj`);
    const reader = openJournal(readFileSync(join(folder, 'journals', `${id}.pwj`)));
    expect(holdsGood(verify(reader))).toBe(true);
  }
  const { header } = openJournal(readFileSync(join(folder, 'journals', `${fork}.pwj`)));
  expect(header.about).toMatchObject({ forkOf: old, forkTick: 60 });
});
