/** A scripted device on a serial line and behind a broker, in virtual time, and the kit's whole script with it. */
import { EventEmitter } from 'node:events';
import { judge, type Result } from '../../../hub/conform/assertion.ts';
import { DEVICE_ASSERTIONS } from '../../../hub/conform/device/assertions.ts';
import { playDevice } from '../../../hub/conform/device/script.ts';
import { SerialWire, type OpenPort } from '../../../hub/conform/device/serial-wire.ts';
import type { DeviceWire, Greeting, WireEvent } from '../../../hub/conform/device/wire.ts';
import { encode, formOf } from '../../../shared/contract/codec.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { encodeFrame, FrameDecoder } from '../../../shared/serial/frame.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { ScriptedDevice, type DeviceOptions, type Fault } from './scripted-device.ts';

const WAY_MS = 2;

/** Faults of the link and not of what is said on it. */
export interface LinkFault extends Fault {
  /** What becomes of a frame on its way to the kit. */
  readonly frame?: (frame: Uint8Array, device: ScriptedDevice) => Uint8Array;
  /** Bytes from the kit, before they are frames. */
  readonly line?: (bytes: Uint8Array, device: ScriptedDevice) => void;
  readonly greeting?: Partial<Greeting>;
  readonly filters?: readonly string[];
  readonly published?: readonly { topic: string; payload: string }[];
  readonly retain?: boolean;
  readonly subscribesLate?: boolean;
}

/** The whole script against a board. */
export function conformSerial(fault: LinkFault = {}, options: Partial<DeviceOptions> = {}): Promise<Result[]> {
  const clock = new VirtualClock();
  let port = new EventEmitter();
  let baud = 115_200;
  const device = new ScriptedDevice(
    clock,
    (bytes) => {
      const frame = encodeFrame(bytes);
      const said = fault.frame?.(frame, device) ?? frame;
      const at = device.baud;
      clock.after(WAY_MS, () => void (at === baud && port.emit('data', Buffer.from(said))));
    },
    options,
    fault,
  );
  const open = (): Promise<OpenPort> => {
    port = new EventEmitter();
    baud = 115_200;
    const decoder = new FrameDecoder();
    device.stop();
    clock.after(300, () => device.start());
    return Promise.resolve({
      on: (event: string, listener: (chunk: Buffer) => void) => void port.on(event, listener),
      write: (bytes: Uint8Array) => {
        const at = baud;
        clock.after(WAY_MS, () => {
          if (at !== device.baud) return;
          fault.line?.(bytes, device);
          decoder.push(bytes, (payload) => {
            device.heardAt = clock.now();
            device.hear(payload);
          });
        });
      },
      drain: () => new Promise<void>((resolve) => clock.after(1, resolve)),
      setBaud: (rate: number) => {
        baud = rate;
        return Promise.resolve(true);
      },
      close: () => Promise.resolve(),
    } as OpenPort);
  };
  return conform(clock, device, new SerialWire(open));
}

const deaf: (event: WireEvent) => void = () => {};

/** The whole script against an MQTT client. */
export function conformMqtt(fault: LinkFault = {}, options: Partial<DeviceOptions> = {}): Promise<Result[]> {
  const clock = new VirtualClock();
  let tell = deaf;
  const device = new ScriptedDevice(
    clock,
    (bytes) => void clock.after(WAY_MS, () => tell({ kind: 'up', bytes, retain: fault.retain ?? false })),
    { id: 'client-1', short: false, maxBaud: 0, searches: false, ...options },
    fault,
  );
  const connect = (): void => {
    const greeting: Greeting = {
      clientId: device.options.id,
      protocol: 4,
      keepaliveS: 2,
      will: { topic: topics.presence(device.options.id), payload: '{"state":"lost"}', retain: true },
      ...fault.greeting,
    };
    const filters = fault.filters ?? [topics.down(device.options.id)];
    tell({ kind: 'connected', greeting });
    if (fault.subscribesLate !== true) for (const filter of filters) tell({ kind: 'subscribed', filter });
    for (const message of fault.published ?? []) tell({ kind: 'published', ...message });
    device.start();
    if (fault.subscribesLate === true) clock.after(50, () => tell({ kind: 'subscribed', filter: filters[0] ?? '' }));
  };
  const hear = (bytes: Uint8Array): void => void clock.after(WAY_MS, () => device.hear(bytes));
  const wire: DeviceWire = {
    kind: 'mqtt',
    line: null,
    setBaud: null,
    open: (listener) => {
      tell = listener;
      clock.after(300, connect);
      return Promise.resolve();
    },
    send: (message) => hear(encode(message, formOf(device.bytesOf({ type: 'LEAVE' })))),
    raw: hear,
    reopen: () => {
      device.stop();
      tell({ kind: 'closed' });
      clock.after(500, connect);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  return conform(clock, device, wire);
}

async function conform(clock: VirtualClock, device: ScriptedDevice, wire: DeviceWire): Promise<Result[]> {
  const script = { wire, clock, hands: device.hands, say: () => {}, patienceMs: 6000 };
  const over = new AbortController();
  const played = playDevice(script).finally(() => over.abort());
  while (!over.signal.aborted) await clock.settle(100, 5);
  return judge(DEVICE_ASSERTIONS, await played);
}

/** The names of those that have an outcome. */
export const named = (results: readonly Result[], outcome: Result['verdict']['outcome']): string[] =>
  results.filter(({ verdict }) => verdict.outcome === outcome).map(({ id }) => id);
