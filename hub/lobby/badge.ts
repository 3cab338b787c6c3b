/** The latency badge of a device: how well its link works, in figures that a maker can act on. */
import { Turns } from '../turns.ts';
import type { Quantiles } from '../quantiles.ts';
import type { Session } from './session.ts';

/** p50, p95 and p99 in ms; null as long as nothing was measured. */
export interface Delays {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface Badge {
  readonly device: string;
  readonly name: string;
  readonly kind: string;
  readonly link: string | null;
  /** Port or client id. */
  readonly address: string | null;
  readonly firmware: string;
  /** The version that it can be brought to; null: none newer, or no program of ours. */
  readonly update: string | null;
  readonly restarts: number;
  readonly room: string | null;
  readonly banned: boolean;
  /** What it senses: buttons that are held, and its knob. */
  readonly buttons: number;
  readonly axis: number | null;
  /** PING to PONG. */
  readonly roundTripMs: Delays | null;
  /** From a press to its arrival, where the device's clock is known. */
  readonly pressToHubMs: Delays | null;
  /** How exactly a press can be placed in time, and how fast the device's clock runs against the hub's. */
  readonly clock: { readonly boundMs: number; readonly driftPpm: number } | null;
  readonly inputs: number;
  readonly inputsPerSecond: number;
  /** Frames that were lost on the way to the hub, by cause, and INPUTs whose number never came. */
  readonly lost: Readonly<Record<string, number>>;
  readonly missedInputs: number;
  /** Frames that the device says it lost. */
  readonly lostOnDevice: number;
  /** Commands that came too late. */
  readonly late: number;
  readonly refused: number;
  /** The newest self-test; null: none was asked for. */
  readonly report: { readonly bounceUs: readonly number[]; readonly stuck: number } | null;
}

/** What costs something to find out. */
type Measured = Pick<Badge, 'roundTripMs' | 'pressToHubMs' | 'clock'>;

function measure(session: Session, now: number): Measured {
  const quality = session.clock.quality(now);
  return {
    roundTripMs: delays(session.roundTrip),
    pressToHubMs: delays(session.sampleToHub),
    clock: quality === null ? null : { boundMs: round(quality.bound), driftPpm: Math.round(quality.driftPpm) },
  };
}

const UNMEASURED: Measured = { roundTripMs: null, pressToHubMs: null, clock: null };

function badgeOf(
  session: Session,
  { update, banned, inputsPerSecond }: Pick<Badge, 'update' | 'banned' | 'inputsPerSecond'>,
  measured: Measured,
): Badge {
  const { link, report, counters } = session;
  return {
    device: session.id,
    name: session.name,
    kind: session.kind,
    link: link?.kind ?? null,
    address: link?.address ?? null,
    firmware: session.firmware,
    update,
    restarts: session.restarts,
    room: session.room,
    banned,
    buttons: session.sensedNow.buttons,
    axis: session.sensedNow.axis,
    ...measured,
    inputs: counters.inputs,
    inputsPerSecond,
    lost: link?.counters.lost ?? {},
    missedInputs: counters.missed,
    lostOnDevice: session.lostOnDevice,
    late: counters.late,
    refused: counters.refused,
    report: report === null ? null : { bounceUs: report.bounce, stuck: report.stuck },
  };
}

/** So many devices are measured each second: of a class of thirty each has its turn within six. */
const MEASURED_PER_ROUND = 5;

export interface BadgeParts {
  /** The version that a board with a firmware can be brought to. */
  readonly updateFor: (firmware: string) => string | null;
  readonly isBanned: (device: string) => boolean;
}

/** The badges of all who have a link, with their inputs since it was asked last. */
export class Badges {
  readonly #parts: BadgeParts;
  readonly #before = new WeakMap<Session, { readonly inputs: number; readonly at: number }>();
  readonly #rates = new WeakMap<Session, number>();
  readonly #measured = new Turns<Session, Measured>(MEASURED_PER_ROUND, (session) => measure(session, this.#now));
  #now = 0;

  constructor(parts: BadgeParts) {
    this.#parts = parts;
  }

  of(sessions: Iterable<Session>): Badge[] {
    return [...sessions]
      .filter(({ link }) => link !== null)
      .map((session) => {
        const update = session.link?.kind === 'serial' ? this.#parts.updateFor(session.firmware) : null;
        const banned = this.#parts.isBanned(session.id);
        const inputsPerSecond = this.#rates.get(session) ?? 0;
        return badgeOf(session, { update, banned, inputsPerSecond }, this.#measured.get(session) ?? UNMEASURED);
      });
  }

  /** Takes the counts of all and the delays of some, at even intervals. @param now the hub's clock, in ms */
  sample(sessions: Iterable<Session>, now: number): void {
    this.#now = now;
    this.#measured.round([...sessions].filter(({ link }) => link !== null));
    for (const session of sessions) {
      const { inputs } = session.counters;
      const before = this.#before.get(session);
      this.#before.set(session, { inputs, at: now });
      if (before !== undefined && now > before.at)
        this.#rates.set(session, round(((inputs - before.inputs) * 1000) / (now - before.at)));
    }
  }
}

function delays(samples: Quantiles): Delays | null {
  if (samples.count === 0) return null;
  const [p50 = 0, p95 = 0, p99 = 0] = samples.at(0.5, 0.95, 0.99);
  return { p50: round(p50), p95: round(p95), p99: round(p99) };
}

const round = (value: number): number => Math.round(value * 100) / 100;
