/** A device that keeps the contract, in virtual time, and hooks with which a test makes it break one rule. */
import { decode, encode, encodeShortInput, type Form } from '../../../shared/contract/codec.ts';
import { BUTTON, isDown, type DownMessage, type MessageOf, type UpMessage } from '../../../shared/contract/messages.ts';
import type { Cancel, Clock } from '../../../hub/clock.ts';

/** One fault, wrapped around the device. */
export interface Fault {
  /** What it says instead of a message; none: it keeps silent. */
  readonly says?: (message: UpMessage, device: ScriptedDevice) => (UpMessage | Uint8Array)[];
  /** Looks at what came, before the device does. @returns whether that is all */
  readonly hears?: (bytes: Uint8Array, message: DownMessage | null, device: ScriptedDevice) => boolean;
  readonly options?: Partial<DeviceOptions>;
}

export interface DeviceOptions {
  readonly id: string;
  readonly form: Form;
  readonly short: boolean;
  readonly maxBaud: number;
  readonly records: boolean;
  readonly commands: boolean;
  /** Waits between HELLOs, in ms; the last one again and again. */
  readonly waits: readonly number[];
  readonly silenceMs: number;
  /** Whether it keeps the id of WELCOME. */
  readonly keepsId: boolean;
  readonly joins: boolean;
  /** Whether it looks for the hub itself when it is silent: a board; a client has its connection for that. */
  readonly searches: boolean;
}

const DEFAULTS: DeviceOptions = {
  id: '',
  form: 'cbor',
  short: true,
  maxBaud: 1_000_000,
  records: true,
  commands: false,
  waits: [500, 1000, 2000, 4000],
  silenceMs: 3000,
  keepsId: true,
  joins: true,
  searches: true,
};

export class ScriptedDevice {
  readonly options: DeviceOptions;
  readonly fault: Fault;
  readonly clock: Clock;
  baud = 115_200;
  dead = false;
  seated = false;
  /** What outlives a restart. */
  id: string;
  restarts = 0;
  recordSeq = 0;
  seq = 0;
  held = 0;
  readonly #out: (bytes: Uint8Array) => void;
  #greeted = false;
  #timers: Cancel[] = [];
  #search: Cancel | null = null;
  #silence: Cancel | null = null;
  #waiting: { seq: number; data: unknown }[] = [];
  #startedAt = 0;
  #asked = false;
  #commandSeq = 0;
  /** When each record is said again. */
  readonly #sent = new Map<object, Cancel>();

  constructor(clock: Clock, out: (bytes: Uint8Array) => void, options: Partial<DeviceOptions>, fault: Fault = {}) {
    this.clock = clock;
    this.#out = out;
    this.options = { ...DEFAULTS, ...options, ...fault.options };
    this.fault = fault;
    this.id = this.options.id;
  }

  /** Power on. */
  start(): void {
    this.stop();
    this.dead = false;
    this.seq = 0;
    this.restarts++;
    this.baud = 115_200;
    this.#startedAt = this.clock.now() - 12.345;
    this.#look();
  }

  /** Power off. */
  stop(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers = [];
    this.#search?.();
    this.#silence?.();
    this.seated = this.#greeted = false;
    this.dead = true;
  }

  after(ms: number, run: () => void): void {
    this.#timers.push(this.clock.after(ms, () => this.dead || run()));
  }

  get time(): number {
    return Math.round((this.clock.now() - this.#startedAt) * 1000) % 2 ** 32;
  }

  say(message: UpMessage): void {
    if (this.dead) return;
    for (const one of this.fault.says?.(message, this) ?? [message])
      this.#out(one instanceof Uint8Array ? one : this.bytesOf(one));
  }

  bytesOf(message: UpMessage): Uint8Array {
    if (message.type === 'INPUT' && this.options.short) return encodeShortInput(message);
    return encode(message, this.options.form);
  }

  hear(bytes: Uint8Array): void {
    if (this.dead) return;
    let message: DownMessage | null = null;
    try {
      const decoded = decode(bytes).message;
      if (decoded !== undefined && isDown(decoded)) message = decoded;
    } catch {
      // What it does not understand it ignores.
    }
    if (this.fault.hears?.(bytes, message, this) === true) return;
    if (message !== null) this.obey(message);
  }

  /** The button's state changes. */
  hold(buttons: number): void {
    const pressed = (buttons & ~this.held) !== 0;
    this.held = buttons;
    if (this.seated) this.input();
    else if (this.#greeted && pressed) this.say({ type: 'JOIN', room: '', side: '' });
  }

  input(): void {
    this.seq++;
    this.say({ type: 'INPUT', seq: this.seq, time: this.time, buttons: this.held, axis: null });
    if (this.options.commands) this.say({ type: 'COMMAND', seq: ++this.#commandSeq, tick: 0, value: 'up' });
  }

  /** Does what the kit asks a person for. */
  readonly hands = (sentence: string): void => {
    const { up, down } = BUTTON;
    const holds = /second one/.test(sentence)
      ? [up, up | down, down, 0]
      : Array.from({ length: /5 times/.test(sentence) ? 10 : 2 }, (_, index) => (index % 2 === 0 ? up : 0));
    for (const [index, buttons] of holds.entries()) this.after(100 + index * 210, () => this.hold(buttons));
  };

  hello(): void {
    const { maxBaud } = this.options;
    const identity = { id: this.id, kind: 'board', name: '', firmware: 'scripted 1', wants: 0 } as const;
    this.say({ type: 'HELLO', version: 1, ...identity, restarts: this.restarts, lastSeq: this.seq, maxBaud });
  }

  #look(): void {
    this.seated = this.#greeted = false;
    this.#silence?.();
    this.#search?.();
    this.hello();
    this.#again(0);
  }

  #again(times: number): void {
    const { waits, searches } = this.options;
    if (!searches) return;
    this.#search = this.clock.after(waits[Math.min(times, waits.length - 1)] ?? 0, () => {
      if (this.dead) return;
      this.hello();
      this.#again(times + 1);
    });
  }

  #listen(): void {
    this.#silence?.();
    if (this.options.searches)
      this.#silence = this.clock.after(this.options.silenceMs, () => this.dead || this.#look());
  }

  obey(message: DownMessage): void {
    switch (message.type) {
      case 'WELCOME':
        return this.#welcomed(message);
      case 'SEAT':
        if (message.side !== '' && !this.seated && this.options.records && !this.#asked) this.#keep();
        this.seated = message.side !== '';
        return;
      case 'PING':
        if (this.#greeted) this.#listen();
        return this.say({ type: 'PONG', token: message.token, time: this.time, lost: 0 });
      case 'ASK':
        return this.say({ type: 'REPORT', bounce: [1200, 0], stuck: 0, lost: [0, 0, 0, 0, 0, 0, 0] });
      case 'ACK':
        this.#waiting = this.#waiting.filter(({ seq }) => seq !== message.seq);
        return;
      case 'BAUD':
        return this.#goTo(message.baud);
      case 'ERROR':
        if (message.code === 'hello-required') this.#look();
        else if (message.code === 'seat-missing') this.say({ type: 'JOIN', room: '', side: '' });
        return;
      default:
        return;
    }
  }

  #welcomed({ id }: MessageOf<'WELCOME'>): void {
    if (this.options.keepsId) this.id = id;
    this.#search?.();
    this.#greeted = true;
    this.#listen();
    for (const record of this.#waiting) this.#deliver(record);
    if (this.options.joins) this.say({ type: 'JOIN', room: '', side: '' });
  }

  /** Two records, one after the other, each said every 2 s until it is on disk. */
  #keep(): void {
    this.#asked = true;
    for (const wait of [0, 5000])
      this.after(wait, () => {
        const record = { seq: ++this.recordSeq, data: { n: this.recordSeq } };
        this.#waiting.push(record);
        this.#deliver(record);
      });
  }

  #deliver(record: { seq: number; data: unknown }): void {
    if (!this.#waiting.includes(record)) return;
    this.#sent.get(record)?.();
    this.say({ type: 'RECORD', ...record });
    this.#sent.set(
      record,
      this.clock.after(2000, () => this.dead || this.#deliver(record)),
    );
  }

  #goTo(baud: number): void {
    if (baud < 115_200 || baud > Math.max(this.options.maxBaud, 115_200)) return;
    this.after(5, () => {
      this.baud = baud;
      this.after(500, () => {
        if (this.heardAt < this.clock.now() - 500) this.baud = 115_200;
      });
    });
  }

  /** When a whole frame came last. */
  heardAt = -Infinity;
}
