/** `paddlewire devices`: every device of a running hub with its latency badge; finds one, tests one. */
import type { Badge, Delays } from '../lobby/badge.ts';
import type { PortStatus } from '../links/serial/serial-ports.ts';
import { print, type Command } from './context.ts';
import { hubHttp } from './hub-http.ts';
import { parseOptions } from './hub-options.ts';
import { columns } from './table.ts';

const OPTIONS = {
  host: { type: 'string', default: 'localhost' },
  secret: { type: 'string' },
  json: { type: 'boolean', default: false },
  identify: { type: 'string' },
  test: { type: 'string' },
} as const;

export const devices: Command = async (args, context) => {
  const { values } = parseOptions(args, OPTIONS);
  const hub = hubHttp(values['host'] as string, values['secret'] as string | undefined);
  const [found, tested] = [values['identify'], values['test']] as (string | undefined)[];
  if (found !== undefined) {
    await hub.post(`/api/devices/${encodeURIComponent(found)}/identify`);
    print(context, `${found} blinks until a button on it is pressed.`);
    return 0;
  }
  if (tested !== undefined) {
    await hub.post(`/api/devices/${encodeURIComponent(tested)}/self-test`);
    print(context, `${tested} was asked; its answer is in \`paddlewire devices --json\`.`);
    return 0;
  }
  const badges = (await hub.get('/api/devices')) as Badge[];
  if (values['json'] === true) {
    print(context, JSON.stringify(badges, null, 2));
    return 0;
  }
  print(context, badges.length === 0 ? 'No device is connected.' : table(badges));
  for (const { trouble } of (await hub.get('/api/ports')) as PortStatus[])
    if (trouble !== null) print(context, trouble.text);
  return 0;
};

const HEAD = [
  'Device',
  'Name',
  'Link',
  'Firmware',
  'Starts',
  'Round trip',
  'Press to hub',
  'Clock',
  'Inputs/s',
  'Lost',
  'Late',
];
const NUMBERS = [4, 8, 9, 10];

/** Delays are p50/p95/p99 in ms. */
function table(badges: readonly Badge[]): string {
  const rows = badges.map((badge) => [
    badge.device,
    badge.name,
    badge.link === 'serial' ? (badge.address ?? '') : (badge.link ?? ''),
    badge.firmware,
    `${badge.restarts}`,
    delays(badge.roundTripMs),
    delays(badge.pressToHubMs),
    badge.clock === null ? 'none' : `± ${badge.clock.boundMs} ms`,
    `${badge.inputsPerSecond}`,
    `${lostOf(badge)}`,
    `${badge.late}`,
  ]);
  return columns([HEAD, ...rows], NUMBERS);
}

const delays = (found: Delays | null): string => (found === null ? '-' : `${found.p50}/${found.p95}/${found.p99} ms`);

const lostOf = ({ lost, lostOnDevice, missedInputs }: Badge): number =>
  Object.values(lost).reduce((sum, count) => sum + count, lostOnDevice + missedInputs);
