/** How the hub is, for Prometheus: its text format, version 0.0.4. */
import type { Badge } from '../lobby/badge.ts';
import type { Quantiles } from '../quantiles.ts';
import type { Health, HealthPage, RoomHealth } from './health.ts';

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly labels?: Labels;
  readonly value: number;
  /** What is added to the name: of a summary its `_sum` and `_count`. */
  readonly suffix?: string;
}

interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'summary';
  readonly help: string;
  readonly samples: readonly Sample[];
}

export function metricsText(health: Health): string {
  const page = health.page();
  return [...ofHub(health, page), ...ofRooms(health, page.perRoom), ...ofDevices(page.links)]
    .map(({ name, type, help, samples }) =>
      [
        `# HELP paddlewire_${name} ${help}`,
        `# TYPE paddlewire_${name} ${type}`,
        ...samples.map(
          ({ labels = {}, value, suffix = '' }) => `paddlewire_${name}${suffix}${inBraces(labels)} ${value}`,
        ),
        '',
      ].join('\n'),
    )
    .join('');
}

function ofHub({ version, traffic }: Health, page: HealthPage): Metric[] {
  const { messages, bytes } = traffic;
  const free = page.diskFreeBytes;
  return [
    gauge('info', 'What runs.', [{ labels: { version }, value: 1 }]),
    gauge('uptime_seconds', 'Since the hub was made.', one(page.uptime)),
    gauge('clients', 'Connected MQTT clients of any kind.', one(page.clients)),
    gauge('devices', 'Devices that have a link.', one(page.devices)),
    counter('messages_total', 'Messages of devices.', byDirection(messages)),
    counter('message_bytes_total', 'Bytes of messages of devices, as they were on their links.', byDirection(bytes)),
    counter('refused_total', 'What was refused, by code.', labelled('code', page.refused)),
    gauge('memory_bytes', 'Resident memory of the hub.', one(page.memoryBytes)),
    gauge(
      'event_loop_busy_ratio',
      'Share of the last second in which the main thread had work.',
      one(page.eventLoopBusy),
    ),
    gauge('disk_free_bytes', 'Room on the disk of the data folder.', free === null ? [] : one(free)),
    gauge('journal_lag_seconds', 'How old the oldest is that is in no journal on disk.', one(page.journalLagMs / 1000)),
    gauge('journal_lag_bytes', 'Bytes of journals that are not on disk.', one(page.journalLagBytes)),
    gauge('unsaved_rows', 'Rows of scores that are not on disk.', one(page.unsaved)),
    gauge('store_works', '1: scores can be written.', one(page.store === 'ok' ? 1 : 0)),
  ];
}

function ofRooms({ rooms }: Health, perRoom: readonly RoomHealth[]): Metric[] {
  const each = <T>(sample: (running: (typeof rooms.all)[number], health: RoomHealth) => T): T[] =>
    rooms.all.flatMap((running) => {
      const health = perRoom.find(({ room }) => room === running.room.name);
      return health === undefined ? [] : [sample(running, health)];
    });
  const total = (name: 'ticks' | 'matches' | 'rallies' | 'points', help: string): Metric =>
    counter(
      `${name}_total`,
      help,
      each(({ room }) => ({ labels: { room: room.name }, value: room.totals[name] })),
    );
  return [
    summary(
      'tick_lateness_seconds',
      'How late ticks began.',
      each(({ ticker }, health) => quantiles(health.room, ticker.lateness, health.tickLatenessMs)),
    ),
    summary(
      'tick_work_seconds',
      'How long the work of a tick took.',
      each(({ room }, health) => quantiles(health.room, room.totals.work, health.tickWorkMs)),
    ),
    counter(
      'ticks_skipped_total',
      'Ticks left out after a stall.',
      each((_, { room, ticksSkipped }) => ({ labels: { room }, value: ticksSkipped })),
    ),
    total('ticks', 'Ticks.'),
    total('matches', 'Matches begun.'),
    total('rallies', 'Rallies.'),
    total('points', 'Points scored.'),
    gauge(
      'room_playing',
      '1: a match is being played.',
      each((_, { room, phase }) => ({ labels: { room }, value: phase === 'playing' ? 1 : 0 })),
    ),
    gauge(
      'room_seats_taken',
      'Seats that somebody has.',
      each((_, { room, seatsTaken }) => ({ labels: { room }, value: seatsTaken })),
    ),
  ];
}

function ofDevices(links: readonly Badge[]): Metric[] {
  const lost = links.flatMap(({ device, lost: causes }) =>
    Object.entries(causes).map(([cause, value]) => ({ labels: { device, cause }, value })),
  );
  return [
    counter('link_lost_frames_total', 'Frames lost on the way to the hub, by cause.', lost),
    counter(
      'link_missed_inputs_total',
      'INPUTs whose number never came.',
      links.map(({ device, missedInputs }) => ({ labels: { device }, value: missedInputs })),
    ),
    counter(
      'link_lost_on_device_total',
      'Frames that a device says it lost.',
      links.map(({ device, lostOnDevice }) => ({ labels: { device }, value: lostOnDevice })),
    ),
  ];
}

const counter = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  name,
  type: 'counter',
  help,
  samples,
});
const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  name,
  type: 'gauge',
  help,
  samples,
});
const summary = (name: string, help: string, samples: readonly (readonly Sample[])[]): Metric => ({
  name,
  type: 'summary',
  help,
  samples: samples.flat(),
});

const one = (value: number): Sample[] => [{ value }];

const byDirection = (counts: { readonly in: number; readonly out: number }): Sample[] => [
  { labels: { direction: 'in' }, value: counts.in },
  { labels: { direction: 'out' }, value: counts.out },
];

const labelled = (name: string, values: Readonly<Record<string, number>>): Sample[] =>
  Object.entries(values).map(([label, value]) => ({ labels: { [name]: label }, value }));

/** Quantiles are of the newest samples, sum and count of all. In seconds, as Prometheus wants all times. */
const quantiles = (room: string, samples: Quantiles, { p50, p99 }: { p50: number; p99: number }): Sample[] => [
  { labels: { room, quantile: '0.5' }, value: p50 / 1000 },
  { labels: { room, quantile: '0.99' }, value: p99 / 1000 },
  { labels: { room }, value: samples.sum / 1000, suffix: '_sum' },
  { labels: { room }, value: samples.count, suffix: '_count' },
];

function inBraces(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
