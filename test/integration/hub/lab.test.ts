import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { call } from '../../support/http-api.ts';
import { startHub, temporaryFolder } from '../../support/hubs.ts';
import { callsIn } from '../../support/journals.ts';
import { mqttClient, RawDevice } from '../../support/mqtt-clients.ts';

const LATE = { delayMs: 60, jitterMs: 0, lossPercent: 0 };
const GOOD = { delayMs: 0, jitterMs: 0, lossPercent: 0 };

const setLab = (http: string, seat: string, lab: typeof LATE) =>
  call(http, 'POST /api/rooms/{room}/lab', { room: 'main' }, { seat, lab });

describe('the lab', () => {
  it('delays both ways of one seat, and of no other: its round trips tell, and its inputs come late', async () => {
    const { http, url, hub } = await startHub();
    const devices = ['ada', 'ben'].map((id) => new MqttDevice({ url, id, name: id, kind: 'agent', join: {} }));
    try {
      for (const device of devices) {
        device.start();
        await eventually(() => device.seat);
      }
      expect((await setLab(http, 'left', LATE)).status).toBe(200);
      const ada = hub.lobby.session('ada');
      ada?.roundTrip.clear();
      hub.lobby.session('ben')?.roundTrip.clear();
      // What was on its way before the lab began is through by then.
      await eventually(() => (ada?.roundTrip.at(0.9)[0] ?? 0) >= 120);
      const ben = hub.lobby.session('ben')?.roundTrip;
      await eventually(() => (ben?.count ?? 0) > 0 && (ben?.at(0)[0] ?? 120) < 120);
      await setLab(http, 'left', { ...LATE, lossPercent: 90 });
      const { inputs } = ada?.counters ?? { inputs: 0 };
      for (let press = 1; press <= 200; press++) devices[0]?.input(press & 1);
      devices[1]?.input(1);
      await eventually(() => hub.lobby.session('ben')?.counters.inputs === 1);
      await setLab(http, 'left', GOOD);
      devices[0]?.input(1);
      await eventually(() => (ada?.counters.inputs ?? 0) > inputs);
      expect((ada?.counters.inputs ?? 0) - inputs).toBeLessThan(200);
    } finally {
      for (const device of devices) await device.stop();
    }
  });

  it('is on the scoreboard and in the journal, survives the match, and ends when the seat is given up', async () => {
    const data = temporaryFolder();
    const { http, url, hub } = await startHub({ data });
    const watcher = await mqttClient(url, {}, [topics.scoreboard('main')]);
    const labs = (): unknown => (watcher.json(topics.scoreboard('main')) as { lab?: unknown } | undefined)?.lab;
    const [ada] = [await RawDevice.seated(url, 'ada'), await RawDevice.seated(url, 'ben')];
    const room = hub.rooms.get('main');
    await eventually(() => room?.phase === 'playing');
    expect(labs()).toEqual({});
    await setLab(http, 'left', LATE);
    await eventually(() => JSON.stringify(labs()) === JSON.stringify({ left: LATE }));
    await call(http, 'POST /api/rooms/{room}/reset', { room: 'main' });
    await eventually(() => room?.phase === 'playing');
    expect(room?.seats.of('ada')?.lab).toEqual(LATE);
    ada.send({ type: 'LEAVE' });
    await eventually(() => JSON.stringify(labs()) === '{}');
    await hub.stop();
    const folder = join(data, 'journals');
    const journals = readdirSync(folder).filter((name) => name.endsWith('.pwj'));
    expect(journals.length).toBe(2);
    for (const name of journals) {
      const noted = callsIn(readFileSync(join(folder, name))).filter(({ op }) => op === 'lab');
      expect(noted, name).toEqual([expect.objectContaining({ settings: { seat: 0, ...LATE } })]);
    }
  });

  it.each([
    ['seat-unknown', 'middle', LATE],
    ['seat-empty', 'up', LATE],
    ['message-malformed', 'left', { ...LATE, delayMs: 1001 }],
    ['message-malformed', 'left', { ...LATE, lossPercent: 0.5 }],
  ])('refuses with %s what cannot be', async (code, seat, lab) => {
    const { http, url } = await startHub();
    await RawDevice.seated(url, 'ada');
    expect((await setLab(http, seat, lab)).body.error).toBe(code);
  });
});
