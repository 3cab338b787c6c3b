/**
 * Writes a journal call by call. Pure: bytes go to a sink. The same calls always make the same bytes, and every prefix of
 * whole records is a valid journal.
 */
import { ByteWriter, type Plain } from './byte-writer.ts';
import { SEAT_EVENTS, type Call, type CallOf, type JournalHeader } from './calls.ts';
import { crc32c } from './crc32c.ts';
import {
  FIRST_CUSTOM,
  FORMAT_VERSION,
  MAGIC,
  MAX_RECORD_BYTES,
  MAX_RUN_BYTES,
  MAX_TICK,
  nominalTime,
  OP,
  runTicks,
  standsAlone,
  TRAILER,
} from './format.ts';
import { DEVICE_KINDS } from '../contract/messages.ts';

/** Where replay can begin: a key frame's place in the file and in the match. */
export interface IndexEntry {
  readonly tick: number;
  readonly offset: number;
}

export type Sink = (bytes: Uint8Array) => void;

/** The whole part of a journal that is gone on with. */
export interface WrittenSoFar {
  readonly bytes: number;
  /** Place of its last call. */
  readonly tick: number;
  readonly time: number;
  readonly index: readonly IndexEntry[];
}

interface Run {
  readonly tick: number;
  readonly time: number;
  last: number;
  count: number;
}

export class JournalWriter {
  readonly #sink: Sink;
  readonly #rate: number;
  readonly #seats: number;
  readonly #runTicks: number;
  readonly #record = new ByteWriter();
  readonly #framed = new ByteWriter();
  readonly #command = new ByteWriter();
  readonly #runBody = new ByteWriter();
  readonly #index: IndexEntry[] = [];
  #run: Run | null = null;
  /** Place of the newest record: the next one's is told from there. */
  #tick = 0;
  #time = 0;
  /** The latest tick and time that any call had. */
  #latest = 0;
  #latestTime = 0;
  #crc = 0;
  #offset = 0;

  /**
   * Writes the head of the file, or goes on with one: then the first call has to be a key frame.
   * @throws TypeError if the header holds what is not plain
   */
  constructor(header: Omit<JournalHeader, 'format'>, sink: Sink, after?: WrittenSoFar) {
    this.#sink = sink;
    this.#rate = header.rate;
    this.#seats = header.seats.length;
    this.#runTicks = runTicks(header.rate);
    if (after !== undefined) {
      this.#offset = after.bytes;
      this.#index.push(...after.index);
      [this.#tick, this.#latest, this.#time, this.#latestTime] = [after.tick, after.tick, after.time, after.time];
      return;
    }
    const { game, rules, parameters, seed, rate, seats, startedAt, about } = header;
    const value: Plain = { format: FORMAT_VERSION, game, rules, parameters, seed, rate, seats, startedAt, about };
    // Checked before anything is written: a header that cannot be held leaves an empty file.
    new ByteWriter().value(value);
    this.#emit(MAGIC);
    this.#write(OP.header, 0, 0, (body) => body.value(value));
  }

  /** Bytes so far. */
  get length(): number {
    return this.#offset;
  }

  /**
   * Adds a call. Ticks and times never go back; a call that is earlier than the last counts as simultaneous with it.
   * @throws TypeError if it holds what is not plain, or too much; nothing of it is written then
   */
  write(call: Call): void {
    if (call.op === 'input') {
      this.#input(call);
      return;
    }
    this.#endRun();
    const { tick, time } = call;
    switch (call.op) {
      case 'seat':
        this.#checkSeat(call.seat);
        return this.#write(OP.seat, tick, time, (body) =>
          body
            .byte(SEAT_EVENTS.indexOf(call.event))
            .byte(call.seat)
            .byte(DEVICE_KINDS.indexOf(call.kind as never) + 1),
        );
      case 'host':
        return this.#write(OP.host, tick, time, (body) => body.value(call.word));
      case 'pause':
        return this.#write(OP.pause, tick, time, (body) => body.value(call.reason));
      case 'resume':
        return this.#write(OP.resume, tick, time, () => {});
      case 'mark':
        return this.#write(OP.mark, tick, time, (body) => body.value(call.kind).value(call.data));
      case 'memory':
        return this.#write(OP.memory, tick, time, (body) => body.value(call.keys).value(call.value));
      case 'lab':
        return this.#write(OP.lab, tick, time, (body) => body.value(call.settings));
      case 'hash':
        return this.#write(OP.hash, tick, time, (body) => body.uint32(parseInt(call.hash, 16)));
      case 'key':
        return this.#key(tick, time, call.state, call.commands);
      case 'outcome':
        return this.#write(OP.outcome, tick, time, (body) =>
          body.value(call.outcome).value(call.scores).uint32(parseInt(call.hash, 16)),
        );
      case 'custom':
        if (!Number.isInteger(call.code) || call.code < FIRST_CUSTOM || call.code > 255)
          throw new TypeError('an op code of a caller is 64 to 255');
        return this.#write(call.code, tick, time, (body) => body.value(call.data));
    }
  }

  /** The match is at this tick: runs that end before it are written, so that they can reach the disk. */
  at(tick: number): void {
    if (this.#run !== null && this.#boundary(this.#run.tick) <= tick) this.#endRun();
  }

  /** Writes what is still held together. */
  flush(): void {
    this.#endRun();
  }

  /** Ends the file with its index. Nothing may follow. */
  finish(): void {
    this.#endRun();
    const offset = this.#offset;
    const entries = this.#index.map(({ tick, offset: at }): Plain => [tick, at]);
    this.#write(OP.index, this.#tick, this.#time, (body) => body.value(entries));
    const trailer = new ByteWriter().uint32(offset);
    this.#emit(trailer.uint32(crc32c(trailer.take())).bytes(TRAILER.magic).take());
  }

  #input({ tick, time, seat, command, begins }: CallOf<'input'>): void {
    this.#checkSeat(seat);
    // Encoded on its own first: a value that is not plain must not leave half a change behind.
    this.#command.clear();
    const value = this.#command.value(command).view();
    if (value.length > MAX_RUN_BYTES) throw new TypeError('a command is too long for a journal');
    if (this.#runMustEnd(tick, value.length, begins === true)) this.#endRun();
    const run = (this.#run ??= this.#beginRun(tick, time));
    // Ticks since the last change and the seat in one number: mostly one byte for both.
    this.#runBody.varint(Math.max(0, tick - run.last) * this.#seats + seat).bytes(value);
    run.last = Math.max(run.last, tick);
    run.count++;
  }

  #checkSeat(seat: number): void {
    if (!(seat >= 0 && seat < this.#seats)) throw new TypeError(`the journal has no seat ${seat}`);
  }

  #runMustEnd(tick: number, bytes: number, begins: boolean): boolean {
    if (this.#run === null) return false;
    const full = this.#runBody.length + bytes > MAX_RUN_BYTES;
    return begins || full || tick >= this.#boundary(this.#run.tick);
  }

  #beginRun(tick: number, time: number): Run {
    this.#runBody.clear();
    const at = Math.max(tick, this.#latest);
    return { tick: at, time: Math.max(Math.round(time), this.#latestTime), last: at, count: 0 };
  }

  /** The first tick that no longer belongs to the run which has this one. */
  #boundary(tick: number): number {
    return (Math.floor(tick / this.#runTicks) + 1) * this.#runTicks;
  }

  #endRun(): void {
    const run = this.#run;
    if (run === null) return;
    this.#run = null;
    this.#write(OP.inputs, run.tick, run.time, (body) => body.varint(run.count).bytes(this.#runBody.view()));
    this.#latest = Math.max(this.#latest, run.last);
    this.#latestTime = Math.max(this.#latestTime, nominalTime(run.time, run.last - run.tick, this.#rate));
  }

  #key(tick: number, time: number, state: Plain, commands: readonly Plain[]): void {
    const entry = { tick: Math.max(tick, this.#latest), offset: this.#offset };
    this.#write(OP.key, tick, time, (body) => body.value(state).value(commands));
    this.#index.push(entry);
  }

  #write(op: number, tick: number, time: number, fill: (body: ByteWriter) => unknown): void {
    const [at, when] = [Math.max(tick, this.#latest), Math.max(Math.round(time), this.#latestTime)];
    if (!(at <= MAX_TICK)) throw new TypeError(`a journal goes to tick ${MAX_TICK}`);
    const alone = standsAlone(op);
    const record = this.#record;
    record.clear();
    record
      .byte(op)
      .varint(alone ? at : at - this.#tick)
      .varint(alone ? when : when - this.#time);
    fill(record);
    if (record.length > MAX_RECORD_BYTES) throw new TypeError('a call is too large for a journal');
    const framed = this.#framed;
    framed.clear();
    framed.varint(record.length).bytes(record.view());
    this.#crc = crc32c(framed.view(), alone ? 0 : this.#crc);
    [this.#tick, this.#time, this.#latest, this.#latestTime] = [at, when, at, when];
    this.#emit(framed.uint32(this.#crc).take());
  }

  #emit(bytes: Uint8Array): void {
    this.#offset += bytes.length;
    this.#sink(bytes);
  }
}
