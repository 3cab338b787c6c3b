import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DemoReport } from '../../../hub/cli/demo/report.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { paddlewire, spawnPaddlewire, temporaryFolder } from '../../support/hubs.ts';
import { mqttClient, RawDevice, refusal } from '../../support/mqtt-clients.ts';
import { missing } from '../../support/needs.ts';

const ANYWHERE = ['--http-port', '0', '--mqtt-port', '0', '--host', '127.0.0.1'];

interface Scoreboard {
  readonly seats: readonly { readonly device: string | null; readonly kind: string | null }[];
}

const said = (child: ChildProcess, words: string): Promise<void> =>
  new Promise((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes(words)) resolve();
    });
  });

describe.skipIf(missing('pty'))('paddlewire demo', () => {
  it('plays a match of four with nothing attached, and reports it in JSON', async () => {
    const args = ['demo', '--for', '20', '--json', '--http-port', '0', '--mqtt-port', '0', '--host', '127.0.0.1'];
    // Fast enough that there are points within the time, however slow the machine is.
    const { code, stdout, stderr } = await paddlewire(args, {
      PADDLEWIRE_PONG_BALL_SPEED: '12000',
      PADDLEWIRE_PONG_SERVE_MS: '200',
    });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as DemoReport;
    expect(report.seats.map(({ seat }) => seat)).toEqual(['left', 'right', 'up', 'down']);
    expect(report.seats.map(({ link }) => link).toSorted()).toEqual(['mqtt', 'serial', 'serial', 'serial']);
    expect(report.seats.filter(({ kind }) => kind === 'board')).toHaveLength(3);
    for (const { inputs, framesLost, device } of report.seats) {
      expect(inputs, device).toBeGreaterThan(0);
      // None on a whole line; a computer that stands still while a line changes its rate hears one frame wrongly.
      expect(framesLost, device).toBeLessThanOrEqual(2);
    }
    expect(report.pointsPlayed).toBeGreaterThan(0);
    expect(report.pointsOnDisk).toBe(report.pointsPlayed);
    expect(report.seats.reduce((sum, { points }) => sum + points, 0)).toBe(report.pointsPlayed);
    expect(report.rallies).toBeGreaterThanOrEqual(report.pointsPlayed);
    expect(report.snapshotBytes).toBeLessThanOrEqual(32);
    expect(report.inputFrameBytes).toBe(8);
    expect(report.ticks).toBeGreaterThan(0);
    expect(report.pressToSnapshotMs.p50).toBeGreaterThan(0);
    expect(Object.keys(report.tickLatenessMs)).toEqual(['p50', 'p99', 'max']);
    expect(report.hubCpu).toBeGreaterThan(0);
  });

  it('ends at Ctrl-C, however long it was to play', async () => {
    const demo = spawnPaddlewire(['demo', '--for', '3000', ...ANYWHERE]);
    const ended = new Promise((resolve) => demo.once('exit', resolve));
    await said(demo, 'Ctrl-C ends');
    demo.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('whoever gives the PIN that it says plays against the boards, in place of the bot', async () => {
    const demo = spawnPaddlewire(['demo', '--for', '3000', ...ANYWHERE]);
    let text = '';
    demo.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const [, port = ''] = await eventually(() => /MQTT on port (\d+)/.exec(text));
    const [, pin = ''] = await eventually(() => /PIN to play: (\d{4})\n/.exec(text));
    const url = `mqtt://127.0.0.1:${port}`;
    const watcher = await mqttClient(url, {}, [topics.scoreboard('main')]);
    const board = (): Scoreboard | undefined => watcher.json(topics.scoreboard('main')) as Scoreboard | undefined;
    await eventually(() => board()?.seats.every(({ device }) => device !== null));
    const wrong = pin === '0000' ? '0001' : '0000';
    expect(await refusal(url, { clientId: 'phone', username: 'phone', password: wrong })).toMatchObject({ code: 5 });
    const phone = await RawDevice.connect(url, 'phone', { username: 'phone', password: pin });
    phone.hello({ kind: 'browser' });
    phone.send({ type: 'JOIN', room: '', side: '' });
    await phone.told('SEAT');
    await eventually(() => board()?.seats.some(({ device }) => device === 'phone'));
    expect(board()?.seats.filter(({ kind }) => kind === 'board').length).toBe(3);
  });

  it('boards have their ids again after the demo was killed', async () => {
    const data = temporaryFolder();
    // What a killed demo leaves behind goes with the folder.
    const env = { TMPDIR: temporaryFolder() };
    const demo = spawnPaddlewire(['demo', '--data', data, ...ANYWHERE], env);
    const ended = new Promise((resolve) => demo.once('exit', resolve));
    const image = (name: string): string => readFileSync(join(data, 'demo-boards', `${name}.eeprom`), 'latin1');
    const id = (name: string): string | null => {
      const file = join(data, 'demo-boards', `${name}.eeprom`);
      return existsSync(file) ? (/uno-[0-9a-f]{8}/.exec(image(name))?.[0] ?? null) : null;
    };
    await eventually(() => id('uno-1') !== null && id('uno-2') !== null);
    demo.kill('SIGKILL');
    await ended;
    const images = ['uno-1', 'uno-2'].map(image);
    const { stdout } = await paddlewire(['demo', '--data', data, '--for', '5', '--json', ...ANYWHERE], env);
    const { seats } = JSON.parse(stdout) as DemoReport;
    for (const kept of images) expect(seats.filter(({ device }) => kept.includes(device))).toHaveLength(1);
  });

  it.each([
    ['--for', 'ever'],
    ['--for', '-1'],
  ])('%s %s is wrong usage', async (...args) => {
    expect((await paddlewire(['demo', ...args])).code).toBe(2);
  });
});
