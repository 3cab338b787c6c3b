/** Rounds at a rate that people can follow: a whole hub on loopback, with one room, a temporary folder and free ports. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PaddlewireError } from '../../../shared/errors.ts';
import { loadConfig } from '../../config/config.ts';
import { Hub } from '../../hub.ts';
import type { MatchResult } from '../../rooms/room-parts.ts';
import type { Room } from '../../rooms/room.ts';
import { stopped, type Context } from '../context.ts';
import { localDevices, prepareLocalDevices } from '../local-devices.ts';
import type { Plan } from './arena-rounds.ts';
import { seatCompany, type Company } from './company.ts';
import { journalFolder } from './journals.ts';
import type { Results } from './results.ts';

const ROOM = 'main';
const RESTART_MS = 1000;
const COUNTDOWN_MS = 1000;
/** How long the reason may take of somebody who left. */
const REASON_MS = 5000;

export async function playInHub(plan: Plan, context: Context, results: Results): Promise<void> {
  if (plan.record !== null) journalFolder(plan.record);
  const folder = mkdtempSync(join(tmpdir(), 'paddlewire-match-'));
  const seeds: number[] = [];
  const rounds = new Rounds(plan, results, seeds);
  const hub = hubFor(plan, folder, seeds, (result) => rounds.ended(result));
  let company: Company | null = null;
  try {
    await prepareLocalDevices(portsOf(plan));
    const { mqttPort } = await hub.start();
    const room = hub.rooms.get(ROOM) as Room;
    // Nobody plays until all sit.
    room.freeze(true);
    company = await seatCompany({ plan, context, hub, room, mqttPort });
    rounds.begin(hub);
    room.freeze(false);
    await Promise.race([rounds.finished, company.failed, stopped(context.stop)]);
    // Who left has a reason, which may be told a moment later than the hub tells of it.
    if (rounds.troubled)
      await Promise.race([company.gone, stopped(context.stop), setTimeout(REASON_MS, undefined, { ref: false })]);
  } finally {
    await company?.stop();
    await hub.stop();
    if (plan.record !== null) keepJournals(join(folder, 'journals'), plan.record);
    rmSync(folder, { recursive: true, force: true });
  }
}

function hubFor(
  { game, parameters, rate, record, seed, invalid, players }: Plan,
  data: string,
  seeds: number[],
  ended: (result: MatchResult) => void,
): Hub {
  const config = loadConfig({
    env: {},
    flags: { data, host: '127.0.0.1' },
    defaults: {
      'http.port': 0,
      'mqtt.port': 0,
      // An agent answers each tick; it may be faster than the hub expects of people.
      'mqtt.maxRate': 1000,
      'serial.ports': portsOf({ players }),
      'rooms.names': [`${ROOM}:${game.name}`],
      'rooms.rate': rate,
      'rooms.lost': 'pause',
      'rooms.invalid': invalid,
      'rooms.countdownMs': COUNTDOWN_MS,
      'rooms.restartMs': RESTART_MS,
      'journal.keep': record === null ? 'off' : 'on',
      ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [`${game.name}.${name}`, value])),
    },
  });
  const next = (): number => {
    const own = (seed + seeds.length) >>> 0;
    seeds.push(own);
    return own;
  };
  return new Hub({ config, log: () => {}, devices: localDevices, seed: next, ended: (_room, result) => ended(result) });
}

/** Serial ports are looked at only if a board is to play. */
function portsOf({ players }: Pick<Plan, 'players'>): string[] {
  const boards = players.flatMap((player) => (player.what === 'board' ? [player.port ?? 'auto'] : []));
  return boards.length === 0 ? ['none'] : boards.includes('auto') ? ['auto'] : boards;
}

/** Takes what the hub says of matches that ended; resolves when there were enough. */
class Rounds {
  readonly #plan: Plan;
  readonly #results: Results;
  readonly #seeds: readonly number[];
  #hub: Hub | null = null;
  #lates = new Map<number, number>();
  #played = 0;
  /** Somebody left before the end of the last round. */
  troubled = false;
  #finish: () => void = () => {};
  readonly finished: Promise<void>;

  constructor(plan: Plan, results: Results, seeds: readonly number[]) {
    this.#plan = plan;
    this.#results = results;
    this.#seeds = seeds;
    this.finished = new Promise((resolve) => (this.#finish = resolve));
  }

  begin(hub: Hub): void {
    this.#hub = hub;
  }

  ended({ match, ending, scores, stats, ticks, players, startedAt, endedAt }: MatchResult): void {
    // What ends after the last one only ends because everybody goes home.
    if (this.#hub === null || this.#played >= this.#plan.rounds) return;
    this.#played++;
    this.troubled = ending.kind === 'void' || ending.kind === 'disconnected';
    const lates = new Map(players.map(({ index, device }) => [index, this.#lateOf(device)]));
    this.#results.take({
      match,
      ending,
      trouble: this.troubled ? LEFT : null,
      scores,
      stats,
      ticks,
      late: scores.map((_, index) => (lates.get(index) ?? 0) - (this.#lates.get(index) ?? 0)),
      invalid: scores.map(() => 0),
      seed: this.#seeds.at(-1) ?? null,
      ms: endedAt - startedAt,
      journal: this.#plan.record === null ? null : join(this.#plan.record, `${match}.pwj`),
    });
    this.#lates = lates;
    if (this.#played >= this.#plan.rounds) this.#finish();
  }

  #lateOf(device: string | null): number {
    return this.#hub?.lobby.session(device ?? '')?.counters.late ?? 0;
  }
}

const LEFT = { code: 'players-missing', text: 'Somebody left before the end.' };

/** @throws PaddlewireError journal-unreadable */
function keepJournals(from: string, to: string): void {
  try {
    for (const name of readdirSync(from)) if (name.endsWith('.pwj')) cpSync(join(from, name), join(to, name));
  } catch (error) {
    throw new PaddlewireError('journal-unreadable', `${to} cannot be written: ${(error as Error).message}.`);
  }
}
