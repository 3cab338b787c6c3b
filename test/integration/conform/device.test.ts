/** The hub's part of the kit against devices of ours: the firmware on an emulated Uno, the Firmata bridge, the client. */
import { describe, expect, it } from 'vitest';
import { SerialPort } from 'serialport';
import { FirmataPaddle } from '../../../device/johnny-five/firmata-paddle.ts';
import { LocalWire } from '../../conformance/support/local-wire.ts';
import { MicroPythonBoard } from '../../support/micropython-board.ts';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { FIRST_BAUD } from '../../../shared/contract/messages.ts';
import { systemClock } from '../../../hub/clock.ts';
import { judge, type Result } from '../../../hub/conform/assertion.ts';
import { DEVICE_ASSERTIONS } from '../../../hub/conform/device/assertions.ts';
import { MqttWire } from '../../../hub/conform/device/mqtt-wire.ts';
import { playDevice } from '../../../hub/conform/device/script.ts';
import { SerialWire } from '../../../hub/conform/device/serial-wire.ts';
import type { DeviceWire } from '../../../hub/conform/device/wire.ts';
import { reportLines } from '../../../hub/conform/report.ts';
import { openLine } from '../../../hub/links/serial/line.ts';
import { BACKWARD, Bench, FORWARD } from '../../support/boards.ts';
import { missing } from '../../support/needs.ts';
import { named } from '../../conformance/support/scripted-wires.ts';

const MINUTES = 120_000;
/** Up and down of a Pico W. */
const WIFI_PINS = [14, 15] as const;

const clock = (): number => Number(process.hrtime.bigint() / 1000n);

async function conform(wire: DeviceWire, hands: ((sentence: string) => void) | null): Promise<Result[]> {
  const transcript = await playDevice({ wire, clock: systemClock, hands, say: () => {}, patienceMs: 30_000 });
  return judge(DEVICE_ASSERTIONS, transcript);
}

const failures = (results: readonly Result[]): string[] =>
  reportLines(results).filter((line) => line.includes('FAILED') || line.includes('came:'));

/** Presses as the kit asks: one button five times or once, or two at a time. */
async function press(sentence: string, hold: (pressed: readonly boolean[]) => Promise<void> | void): Promise<void> {
  const one = [
    [true, false],
    [false, false],
  ];
  const chord = [
    [true, false],
    [true, true],
    [false, true],
    [false, false],
  ];
  const moves = /second one/.test(sentence)
    ? chord
    : /5 times/.test(sentence)
      ? Array.from({ length: 5 }, () => one).flat()
      : one;
  for (const held of moves) {
    await hold(held);
    await new Promise((resolve) => setTimeout(resolve, 90));
  }
}

describe.skipIf(missing('pty'))('our firmware on an emulated Uno', { concurrent: true }, () => {
  it('keeps every rule of a board', { timeout: MINUTES }, async () => {
    const bench = await Bench.start();
    const board = await bench.plug('tested');
    const wire = new SerialWire(() => openLine(board.path, FIRST_BAUD, systemClock));
    const hold = async (held: readonly boolean[]): Promise<void> => {
      for (const [index, pin] of [BACKWARD, FORWARD].entries())
        await (held[index] === true ? board.press(pin) : board.release(pin));
    };
    const results = await conform(wire, (sentence) => void press(sentence, hold));
    expect(failures(results)).toEqual([]);
    expect(named(results, 'ok').length).toBeGreaterThanOrEqual(40);
  });
});

describe('our client', { concurrent: true }, () => {
  it.each(['cbor', 'json'] as const)('keeps every rule of a client, in %s', { timeout: MINUTES }, async (form) => {
    let device: MqttDevice | null = null;
    const wire = new MqttWire({
      host: '127.0.0.1',
      port: 0,
      device: null,
      ready: (port) => {
        device = new MqttDevice({ url: `mqtt://127.0.0.1:${port}`, id: 'client-1', form, join: {} });
        device.onStatus((status) => {
          if (status === 'seated') device?.record({ sat: true });
        });
        device.start();
      },
    });
    const hold = (held: readonly boolean[]): void => {
      if (device?.status === 'seated') device.input((held[0] === true ? 1 : 0) | (held[1] === true ? 2 : 0));
    };
    try {
      const results = await conform(wire, (sentence) => void press(sentence, hold));
      expect(failures(results)).toEqual([]);
      expect(named(results, 'ok').length).toBeGreaterThanOrEqual(30);
    } finally {
      await (device as MqttDevice | null)?.destroy();
    }
  });
});

describe.skipIf(missing('pty'))('the bridge to a Firmata board', { concurrent: true }, () => {
  it('keeps every rule that its messages can show', { timeout: MINUTES }, async () => {
    const bench = await Bench.start();
    const board = await bench.plugFirmata('tested');
    const port = new SerialPort({ path: board.path, baudRate: 57_600, autoOpen: false });
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
    const paddle = new FirmataPaddle({ transport: port, id: 'frank', clock });
    const hold = async (held: readonly boolean[]): Promise<void> => {
      for (const [index, pin] of [BACKWARD, FORWARD].entries())
        await (held[index] === true ? board.press(pin) : board.release(pin));
    };
    const results = await conform(new LocalWire(paddle), (sentence) => void press(sentence, hold));
    await new Promise<void>((resolve) => port.close(() => resolve()));
    expect(failures(results)).toEqual([]);
    expect(named(results, 'ok').length).toBeGreaterThanOrEqual(20);
  });
});

describe('our program for WiFi boards', { concurrent: true }, () => {
  it('keeps every rule of a client', { timeout: MINUTES }, async () => {
    let board: MicroPythonBoard | null = null;
    const wire = new MqttWire({
      host: '127.0.0.1',
      port: 0,
      device: null,
      ready: (port) =>
        void MicroPythonBoard.start({ settings: { HUB: '127.0.0.1', HUB_PORT: port } }).then((made) => (board = made)),
    });
    const hold = (held: readonly boolean[]): void => {
      for (const [index, pin] of WIFI_PINS.entries()) board?.set(pin, held[index] === true ? 0 : 1);
    };
    const results = await conform(wire, (sentence) => void press(sentence, hold));
    expect(failures(results)).toEqual([]);
    expect(named(results, 'ok').length).toBeGreaterThanOrEqual(30);
  });
});
