/**
 * What a device's clock means on the hub's clock, with a bound of the error that holds and is not a guess.
 *
 * Every PING gives two facts: the device made its stamp after the hub had sent and before the hub had received. In the
 * plane of device time and hub time the true line therefore passes above each (stamp, sent) and below each (stamp,
 * received). All lines that do, with a rate that a real oscillator can have, are the candidates; a stamp means the
 * middle of what they say of it, and half their spread is the bound. The shortest delays of either way, from different
 * exchanges, thus decide, and no delay is assumed to be symmetric. (The minimum filter of RFC 5905, section 10, takes
 * the one exchange with the shortest sum and has to halve it.)
 */

/** A moment on the hub's clock. */
export interface Moment {
  /** ms of the hub's clock. */
  readonly at: number;
  /** The true moment is at most this far away, in ms. */
  readonly bound: number;
}

/** What all candidates say, reduced to what every stamp needs. */
interface Candidates {
  /** The range of hub ms per device ms. */
  readonly slow: number;
  readonly fast: number;
  /** What they say of the newest exchange's stamp, `device`, in hub ms. */
  readonly device: number;
  readonly low: number;
  readonly high: number;
}

/** Something known of one stamp: the true line passes above it, or below it. */
interface Point {
  /** The device's stamp in ms, with its wraps undone. */
  readonly device: number;
  readonly hub: number;
}

const WRAP_MS = 2 ** 32 / 1000;
/** How long an exchange counts, in ms. */
const KEPT_MS = 120_000;
/** How far a rate may be from true. An Uno's ceramic resonator is allowed 0.5 %, a crystal 0.01 %. */
const MAX_DRIFT = 0.01;
/** How much the rate itself may wander within the kept time, by warming up: an exchange loosens by so much with age. */
const WANDER = 10e-6;
/** Steps of a search, each of which shrinks what is left to two thirds: the rate is then known to 0.002 ppm. */
const STEPS = 40;
/** What is said of a device whose clock is not known, until its round trips are, in ms. */
const UNKNOWN_BOUND = 250;
/** Round trips that have to be seen before the longest of them means something. */
const ENOUGH = 8;
/** The stamp itself is rounded to whole µs. */
const STAMP_MS = 0.001;

export class ClockSync {
  /** The upper hull of (stamp, sent) and the lower hull of (stamp, received): no other exchange can decide anything. */
  #above: Point[] = [];
  #below: Point[] = [];
  #last: { readonly device: number; readonly sent: number; readonly received: number } | null = null;
  #count = 0;
  /** The longest round trip of the kept time that is passing, which began at `since`, and of the one before. */
  #longest = { since: 0, now: 0, before: 0 };
  /** null until they are asked for. */
  #candidates: Candidates | null = null;
  /** How often the exchanges contradicted each other: the device's clock has jumped. */
  jumps = 0;

  /**
   * Takes one exchange.
   * @param sent when the hub sent, in ms of its clock
   * @param received when it had the answer
   * @param deviceUs the device's clock in between, in µs modulo 2^32
   */
  exchange(sent: number, received: number, deviceUs: number): void {
    const device = this.#unwrap(deviceUs / 1000, (sent + received) / 2);
    const step = this.#last === null ? 1 : device - this.#last.device;
    // Time that stands still or runs backwards: what was known is of no clock that is now.
    if (step <= 0) this.#forget();
    this.#add(sent, received, device);
    const consistent = this.#slack(this.#best()) >= 0;
    if (step < 0 || !consistent) this.jumps++;
    if (consistent) return;
    this.#forget();
    this.#add(sent, received, device);
  }

  /** Whether the device's clock is known at all: a clock that stands still is none. */
  get known(): boolean {
    return this.#last !== null && (this.#above[0]?.device ?? Infinity) < this.#last.device;
  }

  /**
   * The moment of a stamp.
   * @param deviceUs µs modulo 2^32; null: the device gave no stamp
   * @param arrival when it reached the hub, in ms: it was made before
   */
  moment(deviceUs: number | null, arrival: number): Moment {
    if (deviceUs === null || !this.known) return this.#byArrival(arrival);
    const [low, high] = this.#span(this.#unwrap(deviceUs / 1000, arrival));
    const latest = Math.min(high, arrival);
    // A stamp that means something after its own arrival, or long before, is not of the clock that was measured.
    if (latest < low || arrival - low > WRAP_MS / 4) return this.#byArrival(arrival);
    return { at: (low + latest) / 2, bound: (latest - low) / 2 + STAMP_MS };
  }

  /** The bound that a stamp made now would have, in ms, and how fast the device's clock runs against the hub's. */
  quality(now: number): { readonly bound: number; readonly driftPpm: number } | null {
    if (this.#last === null || !this.known) return null;
    const { slow, fast } = this.#found();
    const [low, high] = this.#span(this.#last.device + (now - this.#last.received));
    return { bound: (high - low) / 2, driftPpm: (2 / (slow + fast) - 1) * 1e6 };
  }

  #add(sent: number, received: number, device: number): void {
    const young = ({ hub }: Point): boolean => received - hub <= KEPT_MS;
    if (!this.#above.every(young)) this.#above = this.#above.filter(young);
    if (!this.#below.every(young)) this.#below = this.#below.filter(young);
    extend(this.#above, { device, hub: sent }, 1);
    extend(this.#below, { device, hub: received }, -1);
    this.#last = { device, sent, received };
    this.#count++;
    this.#measure(sent, received);
    this.#candidates = null;
  }

  /** One stall is not held against a device for ever. */
  #measure(sent: number, received: number): void {
    const { since, now, before } = this.#longest;
    const trip = received - sent;
    if (received - since < KEPT_MS) this.#longest = { since, now: Math.max(now, trip), before };
    else this.#longest = { since: received, now: trip, before: now };
  }

  #forget(): void {
    this.#above = [];
    this.#below = [];
  }

  /** Without a stamp: the way here took no longer than the longest round trip of late. */
  #byArrival(arrival: number): Moment {
    const { now, before } = this.#longest;
    const bound = this.#count < ENOUGH ? UNKNOWN_BOUND : Math.max(now, before) / 2;
    return { at: arrival - bound, bound };
  }

  #unwrap(device: number, hub: number): number {
    if (this.#last === null) return device;
    const expected = this.#last.device + (hub - (this.#last.sent + this.#last.received) / 2);
    return device + Math.round((expected - device) / WRAP_MS) * WRAP_MS;
  }

  /** At `origin`, what all lines of this rate leave between them: the highest lower end and the lowest upper end. */
  #room(rate: number, origin: number): { readonly low: number; readonly high: number } {
    const newest = this.#last?.received ?? 0;
    let [low, high] = [-Infinity, Infinity];
    for (const { device, hub } of this.#above)
      low = Math.max(low, hub - (newest - hub) * WANDER - rate * (device - origin));
    for (const { device, hub } of this.#below)
      high = Math.min(high, hub + (newest - hub) * WANDER - rate * (device - origin));
    return { low, high };
  }

  #slack(rate: number): number {
    const { low, high } = this.#room(rate, this.#last?.device ?? 0);
    return high - low;
  }

  /** The rate that leaves the most room, which is a concave function of the rate. */
  #best(): number {
    return highest((rate) => this.#slack(rate), 1 - MAX_DRIFT, 1 + MAX_DRIFT);
  }

  #found(): Candidates {
    if (this.#candidates !== null) return this.#candidates;
    const device = this.#last?.device ?? 0;
    const possible = (rate: number): boolean => this.#slack(rate) >= 0;
    const best = this.#best();
    const slow = edge(possible, best, 1 - MAX_DRIFT);
    const fast = edge(possible, best, 1 + MAX_DRIFT);
    const low = (rate: number): number => this.#room(rate, device).low;
    const high = (rate: number): number => this.#room(rate, device).high;
    this.#candidates = {
      slow,
      fast,
      device,
      low: low(highest((rate) => -low(rate), slow, fast)),
      high: high(highest(high, slow, fast)),
    };
    return this.#candidates;
  }

  /** The earliest and the latest that a candidate can say of a stamp. */
  #span(stamp: number): readonly [number, number] {
    const { slow, fast, device, low, high } = this.#found();
    const way = stamp - device;
    const loose = Math.abs(way) * WANDER;
    return [low + Math.min(slow * way, fast * way) - loose, high + Math.max(slow * way, fast * way) + loose];
  }
}

/** Where a concave function is highest between two ends. */
function highest(of: (at: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < STEPS; step++) {
    const third = (high - low) / 3;
    if (of(low + third) < of(high - third)) low += third;
    else high -= third;
  }
  return (low + high) / 2;
}

/** The last place on the way from `inside` to `outside` at which it still holds. */
function edge(holds: (at: number) => boolean, inside: number, outside: number): number {
  if (holds(outside)) return outside;
  let [yes, no] = [inside, outside];
  for (let step = 0; step < STEPS; step++) {
    const middle = (yes + no) / 2;
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

/** Adds a point, the rightmost so far, to the upper (1) or lower (-1) hull of points. (Andrew's monotone chain, 1979.) */
function extend(hull: Point[], point: Point, side: 1 | -1): void {
  for (;;) {
    const [before, last] = [hull.at(-2), hull.at(-1)];
    if (before === undefined || last === undefined) break;
    const turn =
      (last.device - before.device) * (point.hub - before.hub) -
      (last.hub - before.hub) * (point.device - before.device);
    if (turn * side < 0) break;
    hull.pop();
  }
  hull.push(point);
}
