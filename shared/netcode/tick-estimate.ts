/**
 * Which tick it is for a terminal that plays ahead of its hub. Two facts lead to it: when the hub's ticks arrive, the
 * earliest of late being those with the shortest way (a minimum filter, which also follows the drift of either clock),
 * and in which tick the hub counts what this terminal sends. The local time in ticks is ahead of what arrives by so
 * much that an input made now is counted in the tick in which it is shown.
 */

/** The shortest way is looked for in so many pieces of so many ms: older ones are forgotten for the drift's sake. */
const PIECES = 8;
const PIECE_MS = 250;
/** Nothing for so long, and fewer ticks than that by so much: play stood still, and all that was known is old. */
const STILL_MS = 200;
/** The way up is the middle of the newest so many. */
const MAX_WAYS = 9;
/** INPUTs whose numbers are awaited. */
const MAX_SENT = 64;
/** Of a number that comes back after more lost ticks than this it is not known in which it was counted. */
const MAX_SPAN = 3;
/** Until a number has come back. */
const FIRST_LEAD = 3;
/** How fast local time gives way, as a part of its own speed, and the distance in ticks from which it jumps. */
const GAIN = 0.05;
const MAX_BEND = 0.15;
const JUMP = 20;

interface Sent {
  readonly seq: number;
  readonly at: number;
}

export class TickEstimate {
  readonly #tickMs: number;
  /** By piece of time: the least time at which tick 0 would have arrived. */
  #pieces: { readonly piece: number; least: number }[] = [];
  #sent: Sent[] = [];
  #ways: number[] = [];
  #arrived = { tick: -1, at: -Infinity };
  /** Local time in ticks when it was last asked for. */
  #local: { readonly tick: number; readonly at: number } | null = null;

  /** @param rate ticks a second */
  constructor(rate: number) {
    this.#tickMs = 1000 / rate;
  }

  /** When the newest tick arrived, in ms; -Infinity before the first. */
  get heardAt(): number {
    return this.#arrived.at;
  }

  /** How far local time is ahead of the ticks that arrive by the shortest way, in ticks. */
  get lead(): number {
    const ways = this.#ways.toSorted((a, b) => a - b);
    return ways[ways.length >> 1] ?? FIRST_LEAD;
  }

  /** A tick of the hub arrived at `now` (ms). It is newer than all before, or play has begun anew. */
  arrive(tick: number, now: number): void {
    const { tick: before, at } = this.#arrived;
    const still = now - at - (tick - before) * this.#tickMs;
    if (tick < before || (now - at > STILL_MS && still > STILL_MS)) this.#forget();
    this.#arrived = { tick, at: now };
    const piece = Math.floor(now / PIECE_MS);
    const zero = now - tick * this.#tickMs;
    const newest = this.#pieces.at(-1);
    if (newest?.piece === piece) newest.least = Math.min(newest.least, zero);
    else this.#pieces = [...this.#pieces.filter((one) => one.piece > piece - PIECES), { piece, least: zero }];
  }

  /** An INPUT was sent at `now`. */
  send(seq: number, now: number): void {
    this.#sent = [...this.#sent, { seq, at: now }].slice(-MAX_SENT);
  }

  /** The hub has counted an INPUT, in `tick` or one of the `span` - 1 before it, which were lost. */
  count(seq: number, tick: number, span: number): void {
    const sent = this.#sent.find((one) => one.seq === seq);
    this.#sent = this.#sent.filter((one) => ((one.seq - seq) | 0) > 0);
    if (sent === undefined || span > MAX_SPAN || this.#pieces.length === 0) return;
    // What is made in the course of a tick is shown in the next: half a tick on the average.
    const counted = tick - (span - 1) / 2 - 0.5;
    this.#ways = [...this.#ways, counted - this.#arriving(sent.at)].slice(-MAX_WAYS);
  }

  /** Local time at `now`, in ticks with their parts. It runs evenly and never back by itself; 0 before the first tick. */
  at(now: number): number {
    if (this.#pieces.length === 0) return this.#local?.tick ?? 0;
    const wanted = this.#arriving(now) + this.lead;
    const free = this.#local === null ? wanted : this.#local.tick + (now - this.#local.at) / this.#tickMs;
    const off = wanted - free;
    const passed = this.#local === null ? 0 : (now - this.#local.at) / this.#tickMs;
    const bend = Math.max(-MAX_BEND, Math.min(MAX_BEND, off * GAIN)) * passed;
    const tick = Math.abs(off) > JUMP ? wanted : free + bend;
    this.#local = { tick, at: now };
    return tick;
  }

  /** The tick that arrives at `now` by the shortest way. */
  #arriving(now: number): number {
    return (now - Math.min(...this.#pieces.map(({ least }) => least))) / this.#tickMs;
  }

  /** What was known of the hub's ticks holds no more; the way up does. */
  #forget(): void {
    this.#pieces = [];
    this.#sent = [];
    this.#local = null;
  }
}
