/** The hub as a device under test meets it: welcomes, pings, gives seats, acknowledges; writes down all that passes. */
import { decode } from '../../../shared/contract/codec.ts';
import { CONTRACT_VERSION, isUp, type DownMessage, type MessageOf } from '../../../shared/contract/messages.ts';
import type { Cancel, Clock } from '../../clock.ts';
import type { Transcript } from '../transcript.ts';
import type { DeviceEntry, DeviceWire, WireEvent } from './wire.ts';

const PING_MS = 250;
/** A timer that is later than this was held up. */
const STALL_MS = 50;
/** Less than the first wait between two HELLOs. */
const FIRST_WELCOME_MS = 300;
/** Steps through all of 32 bits, so that tokens are large and never follow each other. */
const TOKEN_STRIDE = 0x9e37_79b1;
/** What a board without an id is given to keep. */
export const GIVEN_ID = 'conform-1';
export const SEAT = { room: 'main', side: 'left', index: 0 } as const;

export class HubPart {
  readonly wire: DeviceWire;
  readonly log: Transcript<DeviceEntry>;
  readonly #clock: Clock;
  /** What is done with HELLO and JOIN. */
  answersHello = true;
  seats: 'give' | 'refuse' | 'ignore' = 'refuse';
  pings = true;
  /** The newest HELLO that could be read. */
  hello: MessageOf<'HELLO'> | null = null;
  json = false;
  welcomed = false;
  /** When the last PONG came. */
  answeredAt = -Infinity;
  #clientId = '';
  #greeted = false;
  #seated = false;
  #token = 1;
  #timer: Cancel | null = null;
  #due = Infinity;
  readonly #records = new Set<number>();

  constructor(wire: DeviceWire, clock: Clock, log: Transcript<DeviceEntry>) {
    this.wire = wire;
    this.log = log;
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  async open(): Promise<void> {
    await this.wire.open((event) => this.#heard(event));
    this.#tick();
  }

  async close(): Promise<void> {
    this.#timer?.();
    await this.wire.close();
  }

  send(message: DownMessage): void {
    this.log.add({ kind: 'down', message });
    this.wire.send(message);
  }

  /** Bytes that are no message, as one. */
  provoke(bytes: Uint8Array, onTheLine = false): void {
    this.log.add({ kind: 'provoked', bytes });
    (onTheLine ? this.wire.line : this.wire.raw)?.(bytes);
  }

  ping(): void {
    this.#token = (this.#token + TOKEN_STRIDE) >>> 0;
    this.send({ type: 'PING', token: this.#token });
  }

  giveSeat(): void {
    this.#seated = true;
    this.send({ type: 'SEAT', ...SEAT });
  }

  takeSeat(): void {
    this.#seated = false;
    this.send({ type: 'SEAT', room: '', side: '', index: 0 });
  }

  refuse(code: string, text: string, detail: unknown = null): void {
    this.send({ type: 'ERROR', code, text, detail });
  }

  #tick(): void {
    const late = this.now() - this.#due;
    if (late > STALL_MS) this.log.stalled(late);
    this.#due = this.now() + PING_MS;
    this.#timer = this.#clock.after(PING_MS, () => this.#tick());
    if (this.pings && this.welcomed) this.ping();
  }

  #heard(event: WireEvent): void {
    if (event.kind !== 'up') {
      if (event.kind === 'connected') this.#clientId = event.greeting.clientId;
      if (event.kind === 'closed') this.welcomed = false;
      this.log.add(event);
      return;
    }
    const entry = read(event.bytes, event.retain ?? false);
    this.log.add(entry);
    if (entry.form !== null) this.json = entry.form === 'json';
    if (entry.message !== null) this.#answer(entry.message);
  }

  #answer(message: NonNullable<ReturnType<typeof read>['message']>): void {
    if (message.type === 'HELLO') {
      this.hello = message;
      if (this.answersHello) this.#greet();
    } else if (message.type === 'JOIN') this.#join();
    else if (message.type === 'PONG') this.answeredAt = this.now();
    else if (message.type === 'RECORD') this.#record(message.seq);
  }

  /** The first WELCOME takes a while: who cannot wait for it shows. */
  #greet(): void {
    if (this.#greeted) this.welcome();
    else this.#clock.after(FIRST_WELCOME_MS, () => this.#greeted || this.welcome());
  }

  welcome(): void {
    if (this.hello === null) return;
    const id = this.hello.id || this.#clientId || GIVEN_ID;
    const name = this.hello.name || 'Amber Otter';
    this.welcomed = this.#greeted = true;
    this.send({ type: 'WELCOME', version: CONTRACT_VERSION, id, name, lifetimePoints: 3, lifetimeWins: 1 });
    if (this.#seated) this.giveSeat();
  }

  #join(): void {
    if (!this.welcomed) return;
    if (this.seats === 'give') this.giveSeat();
    else if (this.seats === 'refuse')
      this.refuse('seat-taken', 'Somebody else has that seat.', { free: ['right', 'up'] });
  }

  /** On disk only when it comes for the second time: so it can be seen whether it is kept until then. */
  #record(seq: number): void {
    if (this.#records.has(seq)) this.send({ type: 'ACK', seq });
    this.#records.add(seq);
  }
}

function read(bytes: Uint8Array, retain: boolean): Extract<DeviceEntry, { kind: 'up' }> {
  const base = { kind: 'up', bytes, retain } as const;
  try {
    const { form, message, short } = decode(bytes);
    if (message === undefined) return { ...base, message: null, short: short ?? null, form, problem: null };
    if (isUp(message)) return { ...base, message, short: null, form, problem: null };
    return { ...base, message: null, short: null, form, problem: `${message.type} is only for the hub to send` };
  } catch (error) {
    return { ...base, message: null, short: null, form: null, problem: (error as Error).message };
  }
}
