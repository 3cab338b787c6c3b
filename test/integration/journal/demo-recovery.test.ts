/** The demo, with its emulated boards, is killed in the middle of a match and started again: the match goes on. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { spawnPaddlewire, temporaryFolder } from '../../support/hubs.ts';
import { mqttClient, type TestClient } from '../../support/mqtt-clients.ts';
import { missing } from '../../support/needs.ts';

interface Board {
  readonly match: string | null;
  readonly phase: string;
  readonly seats: readonly { readonly seat: string; readonly device: string | null; readonly points: number }[];
}

const boardOf = (watcher: TestClient): Board | undefined =>
  watcher.json(topics.scoreboard('main')) as Board | undefined;
const devicesOf = (board: Board | undefined): (string | null)[] => (board?.seats ?? []).map(({ device }) => device);
const pointsOf = (board: Board | undefined): number =>
  (board?.seats ?? []).reduce((sum, { points }) => sum + points, 0);

/** Whether somebody's seat is on the disk, and in the EEPROM that is kept of an Uno its id: both soon are. */
function isKept(folder: string, device: string | null): boolean {
  if (device === null) return false;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const has = (end: string): boolean =>
    files.some((name) => name.endsWith(end) && readFileSync(join(folder, name)).includes(device));
  return has('.seats') && (!device.startsWith('uno-') || has('.eeprom'));
}

/** A demo on a data folder, and who watches it. */
async function demo(folder: string): Promise<{ watcher: TestClient; kill: () => Promise<unknown> }> {
  const child = spawnPaddlewire(
    ['demo', '--data', folder, '--host', '127.0.0.1', '--http-port', '0', '--mqtt-port', '0'],
    {
      PADDLEWIRE_PONG_TARGET: '99',
      PADDLEWIRE_PONG_BALL_SPEED: '12000',
    },
  );
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const port = await eventually(() => /MQTT on port (\d+)/.exec(said)?.[1]);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    watcher: await mqttClient(`mqtt://127.0.0.1:${port}`, {}, [topics.scoreboard('main')]),
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

it.skipIf(missing('pty'))(
  'killed and started again, boards and bot find their seats, and the rally goes on',
  async () => {
    const folder = temporaryFolder();
    const first = await demo(folder);
    await eventually(() => pointsOf(boardOf(first.watcher)) > 0);
    await eventually(() => devicesOf(boardOf(first.watcher)).every((device) => isKept(folder, device)));
    await first.kill();
    const before = boardOf(first.watcher);
    const second = await demo(folder);
    await eventually(() => boardOf(second.watcher)?.match === before?.match);
    await eventually(() => boardOf(second.watcher)?.phase === 'playing');
    expect(boardOf(second.watcher)?.match).toBe(before?.match);
    expect(devicesOf(boardOf(second.watcher))).toEqual(devicesOf(before));
    const then = pointsOf(boardOf(second.watcher));
    await eventually(() => pointsOf(boardOf(second.watcher)) > then);
    await second.kill();
  },
);
