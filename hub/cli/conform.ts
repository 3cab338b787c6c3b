/** `paddlewire conform`: the hub's part against a device under test, or the device's part against a hub. */
import { randomBytes } from 'node:crypto';
import { hasFailed, judge, type Result } from '../conform/assertion.ts';
import { DEVICE_ASSERTIONS } from '../conform/device/assertions.ts';
import { MqttWire } from '../conform/device/mqtt-wire.ts';
import { playDevice } from '../conform/device/script.ts';
import { SerialWire } from '../conform/device/serial-wire.ts';
import type { DeviceWire } from '../conform/device/wire.ts';
import { HUB_ASSERTIONS } from '../conform/hub/assertions.ts';
import { MqttHubWire } from '../conform/hub/mqtt-hub-wire.ts';
import { playHub } from '../conform/hub/script.ts';
import { reportLines } from '../conform/report.ts';
import { FIRST_BAUD } from '../../shared/contract/messages.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import { systemClock, type Clock } from '../clock.ts';
import { openLine } from '../links/serial/line.ts';
import { openTrouble } from '../links/serial/port-trouble.ts';
import { print, type Command, type Context } from './context.ts';
import { parseOptions } from './hub-options.ts';
import { hubUrl } from './hub-url.ts';

const OPTIONS = {
  hub: { type: 'string' },
  secret: { type: 'string' },
  device: { type: 'string' },
  'no-hands': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** How long a person may take to start a client, in ms. */
const PATIENCE_MS = 120_000;
const MQTT_TARGET = /^mqtt:\/\/(?<host>\[[^\]]+\]|[^:/]*)(?::(?<port>\d{1,5}))?\/?$/;

export const conform: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, OPTIONS, true);
  const hub = values['hub'] as string | undefined;
  const [target, ...more] = positionals;
  if ((hub === undefined) === (target === undefined) || more.length > 0)
    throw new PaddlewireError(
      'usage',
      'Give one port, one mqtt:// address to listen on, or --hub and the hub’s address.',
    );
  const say = (line: string): void => void (context.stop.aborted || context.stderr.write(`${line}\n`));
  const clock = hurryingClock(context.stop);
  const results =
    hub === undefined
      ? await testDevice(target ?? '', values, clock, say)
      : await testHub(hubUrl(hub), values['secret'] as string | undefined, clock, say);
  if (context.stop.aborted) return 1;
  show(results, values['json'] === true, context);
  return hasFailed(results) ? 1 : 0;
};

async function testDevice(
  target: string,
  values: ReturnType<typeof parseOptions>['values'],
  clock: Clock,
  say: (line: string) => void,
): Promise<Result[]> {
  const wire = deviceWire(target, (values['device'] as string | undefined) ?? null, say);
  const hands = values['no-hands'] === true ? null : (sentence: string): void => say(`>> ${sentence}`);
  const transcript = await playDevice({ wire, clock, hands, say, patienceMs: PATIENCE_MS });
  return judge(DEVICE_ASSERTIONS, transcript);
}

/** @throws PaddlewireError usage */
function deviceWire(target: string, device: string | null, say: (line: string) => void): DeviceWire {
  if (!target.includes('://'))
    return new SerialWire(() =>
      openLine(target, FIRST_BAUD, systemClock).catch((error: Error) => {
        const { code, text } = openTrouble(target, error);
        throw new PaddlewireError(code, text);
      }),
    );
  const { host = '', port = '1883' } = MQTT_TARGET.exec(target)?.groups ?? {};
  if (host === '' || Number(port) > 65_535)
    throw new PaddlewireError(
      'usage',
      'The address to listen on is mqtt://0.0.0.0:1883, or mqtt://127.0.0.1:0 for any free port.',
    );
  return new MqttWire({
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port),
    device,
    ready: (bound) =>
      say(`Point your client at mqtt://${host === '0.0.0.0' ? 'this computer' : host}:${bound} and start it.`),
  });
}

async function testHub(
  url: string,
  secret: string | undefined,
  clock: Clock,
  say: (line: string) => void,
): Promise<Result[]> {
  const tag = randomBytes(3).toString('hex');
  const wire = new MqttHubWire({ url, secret: secret ?? null });
  return judge(HUB_ASSERTIONS, await playHub({ wire, clock, tag, say }));
}

/** The computer's clock until somebody wants to end; then nothing is waited for any more, and all ends in good order. */
function hurryingClock(stop: AbortSignal): Clock {
  const waiting = new Set<() => void>();
  stop.addEventListener('abort', () => {
    for (const end of waiting) end();
  });
  return {
    ...systemClock,
    after: (ms, run) => {
      const end = (): void => {
        cancel();
        waiting.delete(end);
        run();
      };
      const cancel = systemClock.after(stop.aborted ? 0 : ms, end);
      waiting.add(end);
      return () => {
        cancel();
        waiting.delete(end);
      };
    },
  };
}

function show(results: readonly Result[], json: boolean, context: Context): void {
  if (!json) for (const line of reportLines(results)) print(context, line);
  else
    print(
      context,
      JSON.stringify(
        results.map(({ verdict, ...assertion }) => ({ ...assertion, ...verdict })),
        null,
        2,
      ),
    );
}
