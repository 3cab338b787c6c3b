/** A device as the hub knows it. It outlives its links: who comes back finds its seat and its books again. */
import { WANTS, type DeviceKind, type MessageOf } from '../../shared/contract/messages.ts';
import { SHORT_SEQ_WRAP, SHORT_TIME_WRAP_US, unwrap, type ShortInput } from '../../shared/contract/short-input.ts';
import type { Presence } from '../../shared/contract/topics.ts';
import { ClockSync, type Moment } from '../../shared/netcode/clock-sync.ts';
import type { Holder, Link } from '../links/link.ts';
import { Quantiles } from '../quantiles.ts';
import type { Lifetime } from '../store/store.ts';

const UINT32 = 0x1_0000_0000;

export class Session {
  readonly id: string;
  name = '';
  /** What it calls itself; empty: nothing. */
  ownName = '';
  kind: DeviceKind = 'agent';
  firmware = '';
  restarts = 0;
  wantsObservations = false;
  /** It gives its seat to whoever finds none: a bot. */
  yields = false;
  wantsSync = false;
  /** What its newest INPUT said. */
  sensedNow: { readonly buttons: number; readonly axis: number | null } = { buttons: 0, axis: null };
  link: Link | null = null;
  /** Whose token it came with last; null: none. */
  holder: Holder | null = null;
  /** How often a link was made: a birth that a late farewell can be told from. */
  births = 0;
  /** The room it has a seat in. */
  room: string | null = null;
  /** On disk: what may be shown as lifetime. */
  lifetime: Lifetime = { points: 0, wins: 0 };
  /** Whether that was read from the disk. */
  loaded = false;
  /** Its presence; null until it is known. */
  state: Presence | null = null;
  /** The page of it and the SCORE that were last sent, so that only changes are. */
  presence = '';
  score = '';
  /** When it was last heard, by the hub's clock. */
  heardAt = 0;
  /** Round trips of PING, and from each press to its arrival, in ms. */
  readonly roundTrip = new Quantiles(256);
  readonly sampleToHub = new Quantiles(256);
  /** What the clock of the device means; of its newest birth. */
  clock = new ClockSync();
  /** Frames that the device says it lost, and its newest self-test; null: none was heard. */
  lostOnDevice = 0;
  report: MessageOf<'REPORT'> | null = null;
  /** `late`: commands that came after the time that a room gives for one. */
  readonly counters = { inputs: 0, stale: 0, missed: 0, late: 0, refused: 0 };
  #lastSeq = 0;
  /** No number has come since HELLO: the first may be any. */
  #fresh = true;
  #deviceTime = 0;
  #deviceTimeAt = 0;

  constructor(id: string) {
    this.id = id;
  }

  /** A new birth: the numbers start where the device says. */
  born(link: Link, hello: MessageOf<'HELLO'>): void {
    // The same words again on the same link are no new birth: a device may say HELLO as often as it likes.
    if (this.link !== link || this.restarts !== hello.restarts) {
      this.births++;
      this.clock = new ClockSync();
      this.lostOnDevice = 0;
    }
    this.sensedNow = { buttons: 0, axis: null };
    this.link = link;
    this.holder = link.holder ?? null;
    this.kind = hello.kind;
    this.firmware = hello.firmware;
    this.restarts = hello.restarts;
    this.wantsObservations = (hello.wants & WANTS.observations) !== 0;
    this.wantsSync = (hello.wants & WANTS.sync) !== 0;
    this.yields = (hello.wants & WANTS.yields) !== 0;
    this.#lastSeq = hello.lastSeq;
    this.#fresh = true;
  }

  /** The number of its newest INPUT or COMMAND; 0: none. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Takes an INPUT's or COMMAND's number. @returns false if it is late or was there before */
  takeSeq(seq: number): boolean {
    const ahead = (seq - this.#lastSeq) | 0;
    const first = this.#fresh && seq !== this.#lastSeq;
    this.#fresh = false;
    if (ahead <= 0 && !first) {
      this.counters.stale++;
      return false;
    }
    if (!first || ahead > 0) this.counters.missed += ahead - 1;
    this.counters.inputs++;
    this.#lastSeq = seq;
    return true;
  }

  /** When an INPUT that arrives now was sensed. A clock that says 0 is none. */
  sensed(time: number | null, now: number): Moment {
    const moment = this.clock.moment(time === 0 ? null : time, now);
    if (this.clock.known) this.sampleToHub.add(now - moment.at);
    return moment;
  }

  /** The device's clock as it said it, with the hub's at that moment. */
  clockRead(deviceTime: number, now: number): void {
    this.#deviceTime = deviceTime;
    this.#deviceTimeAt = now;
  }

  /** A whole INPUT from its short form and from what is known of the device. */
  restore(short: ShortInput, now: number): MessageOf<'INPUT'> {
    const near = this.#deviceTime + Math.round((now - this.#deviceTimeAt) * 1000);
    return {
      type: 'INPUT',
      seq: unwrap(short.seq, SHORT_SEQ_WRAP, this.#lastSeq + 1) % UINT32,
      time: short.time === null ? near % UINT32 : unwrap(short.time, SHORT_TIME_WRAP_US, near) % UINT32,
      buttons: short.buttons,
      axis: short.axis,
    };
  }
}
