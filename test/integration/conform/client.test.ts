/** The hub's part of the kit against our clients: the one in TypeScript, and the program for WiFi boards. */
import { describe, expect, it } from 'vitest';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { MqttWire } from '../../../hub/conform/device/mqtt-wire.ts';
import { named } from '../../conformance/support/scripted-wires.ts';
import { MicroPythonBoard } from '../../support/micropython-board.ts';
import { conform, failures, MINUTES, press } from './playing.ts';

/** Up and down of a Pico W. */
const WIFI_PINS = [14, 15] as const;

describe('our client', () => {
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
      const buttons = (held[0] === true ? 1 : 0) | (held[1] === true ? 2 : 0);
      if (device?.status === 'seated') device.input(buttons);
      else if (buttons !== 0) device?.join();
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

describe('our program for WiFi boards', () => {
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
