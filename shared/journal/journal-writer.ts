/**
 * Writes a journal call by call. Pure: bytes go to a sink. The same calls always make the same bytes, and every prefix of
 * whole records is a valid journal.
 */
import { ByteWriter, type Plain } from './byte-writer.ts';
import type { Call, JournalHeader } from './calls.ts';
import { SEAT_EVENTS } from './calls.ts';
import { crc32c } from './crc32c.ts';
import { FIRST_CUSTOM, FORMAT_VERSION, MAGIC, OP, runTicks, TRAILER } from './format.ts';
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
  readonly body: ByteWriter;
}

export class JournalWriter {
  readonly #sink: Sink;
  readonly #runTicks: number;
  readonly #record = new ByteWriter();
  readonly #head = new ByteWriter();
  readonly #index: IndexEntry[] = [];
  #run: Run | null = null;
  /** Place of the newest record: the next one's is told from there. */
  #tick = 0;
  #time = 0;
  /** The latest tick that any call had. */
  #latest = 0;
  #crc = 0;
  #offset = 0;

  /**
   * Writes the head of the file, or goes on with one: then the first call has to be a key frame.
   * @throws TypeError if the header holds what is not plain
   */
  constructor(header: Omit<JournalHeader, 'format'>, sink: Sink, after?: WrittenSoFar) {
    this.#sink = sink;
    this.#runTicks = runTicks(header.rate);
    if (after !== undefined) {
      this.#offset = after.bytes;
      this.#latest = this.#tick = after.tick;
      this.#time = after.time;
      this.#index.push(...after.index);
      return;
    }
    this.#emit(MAGIC);
    const { game, rules, parameters, seed, rate, seats, startedAt, about } = header;
    const value: Plain = { format: FORMAT_VERSION, game, rules, parameters, seed, rate, seats, startedAt, about };
    this.#write(OP.header, 0, 0, (body) => body.value(value));
  }

  /** Bytes so far. */
  get length(): number {
    return this.#offset;
  }

  /**
   * Adds a call. Ticks and times never go back; a call that is earlier than the last counts as simultaneous with it.
   * @throws TypeError if it holds what is not plain; nothing is written then
   */
  write(call: Call): void {
    if (call.op === 'input') {
      this.#input(call.tick, call.time, call.seat, call.command);
      return;
    }
    this.#endRun();
    const { tick, time } = call;
    switch (call.op) {
      case 'seat':
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
        if (call.code < FIRST_CUSTOM || call.code > 255) throw new TypeError('an op code of a caller is 64 to 255');
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

  #input(tick: number, time: number, seat: number, command: Plain): void {
    if (this.#run !== null && tick >= this.#boundary(this.#run.tick)) this.#endRun();
    const at = Math.max(tick, this.#latest);
    this.#run ??= { tick: at, time: Math.max(time, this.#time), last: at, count: 0, body: new ByteWriter() };
    const run = this.#run;
    // Checked on its own first: a value that is not plain must not leave half a change behind.
    const value = new ByteWriter().value(command).take();
    run.body
      .varint(Math.max(0, tick - run.last))
      .byte(seat)
      .bytes(value);
    run.last = Math.max(run.last, tick);
    run.count++;
  }

  /** The first tick that no longer belongs to the run which has this one. */
  #boundary(tick: number): number {
    return (Math.floor(tick / this.#runTicks) + 1) * this.#runTicks;
  }

  #endRun(): void {
    const run = this.#run;
    if (run === null) return;
    this.#run = null;
    this.#write(OP.inputs, run.tick, run.time, (body) => body.varint(run.count).bytes(run.body.take()));
    this.#latest = Math.max(this.#latest, run.last);
  }

  /** Its CRC begins anew and its place is absolute, so that a reader can begin here. */
  #key(tick: number, time: number, state: Plain, commands: readonly Plain[]): void {
    this.#index.push({ tick: Math.max(tick, this.#latest), offset: this.#offset });
    this.#crc = 0;
    this.#write(OP.key, tick, time, (body) =>
      body.varint(Math.max(tick, this.#latest)).varint(Math.max(time, this.#time)).value(state).value(commands),
    );
  }

  #write(op: number, tick: number, time: number, fill: (body: ByteWriter) => unknown): void {
    const [at, when] = [Math.max(tick, this.#latest), Math.max(Math.round(time), this.#time)];
    const record = this.#record;
    record.clear();
    record
      .byte(op)
      .varint(at - this.#tick)
      .varint(when - this.#time);
    fill(record);
    const body = record.take();
    this.#head.clear();
    const head = this.#head.varint(body.length).take();
    this.#crc = crc32c(body, crc32c(head, this.#crc));
    this.#tick = at;
    this.#latest = at;
    this.#time = when;
    this.#emit(new ByteWriter().bytes(head).bytes(body).uint32(this.#crc).take());
  }

  #emit(bytes: Uint8Array): void {
    this.#offset += bytes.length;
    this.#sink(bytes);
  }
}
