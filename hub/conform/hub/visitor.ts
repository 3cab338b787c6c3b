/** One device that the kit plays towards a hub: says what it is told to say, answers PING, writes down all. */
import { decode, encode, type Form } from '../../../shared/contract/codec.ts';
import { isDown, type DownMessage, type MessageOf, type UpMessage } from '../../../shared/contract/messages.ts';
import { topics } from '../../../shared/contract/topics.ts';
import type { Clock } from '../../clock.ts';
import type { Transcript } from '../transcript.ts';
import type { HubClient, HubEntry, HubEvent, HubWire, Visit } from './wire.ts';

const ANSWER_MS = 2500;

export class Visitor {
  readonly id: string;
  readonly label: string;
  /** The newest SEAT. */
  seat: MessageOf<'SEAT'> | null = null;
  form: Form = 'cbor';
  readonly #log: Transcript<HubEntry>;
  readonly #clock: Clock;
  #client: HubClient | null = null;

  constructor(label: string, id: string, log: Transcript<HubEntry>, clock: Clock) {
    this.label = label;
    this.id = id;
    this.#log = log;
    this.#clock = clock;
  }

  /** Connects, and listens to its `down` or to what is given. @returns whether the hub let it in */
  async enter(wire: HubWire, visit: Partial<Visit> = {}, filters = [topics.down(this.id)]): Promise<boolean> {
    const client = await wire.connect({ id: this.id, label: this.label, ...visit }, (event) => this.#heard(event));
    if (typeof client === 'string') {
      this.#log.add({ who: this.label, kind: 'refused', reason: client });
      return false;
    }
    this.#client = client;
    this.#log.add({ who: this.label, kind: 'entered' });
    for (const filter of filters) await this.subscribe(filter);
    return true;
  }

  async subscribe(filter: string): Promise<void> {
    const granted = (await this.#client?.subscribe(filter)) === true;
    this.#log.add({ who: this.label, kind: granted ? 'granted' : 'denied', filter });
  }

  raw(bytes: Uint8Array | string, topic = topics.up(this.id)): void {
    const payload = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
    this.#log.add({ who: this.label, kind: 'sent', bytes: payload });
    this.#client?.publish(topic, payload);
  }

  say(message: UpMessage): void {
    this.raw(encode(message, this.form));
  }

  hello(fields: Partial<MessageOf<'HELLO'>> = {}): void {
    const plain = { version: 1, id: this.id, kind: 'agent', name: '', firmware: 'conform 1' } as const;
    this.say({ type: 'HELLO', ...plain, restarts: 0, lastSeq: 0, wants: 0, maxBaud: 0, ...fields });
  }

  /** Waits for a message of one of these types. */
  async told(...types: DownMessage['type'][]): Promise<boolean> {
    const entry = await this.#log.next((seen) => {
      const message = seen.who === this.label ? downOf(seen) : null;
      return message !== null && types.includes(message.type);
    }, ANSWER_MS);
    return entry !== null;
  }

  async end(): Promise<void> {
    await this.#client?.end();
  }

  cut(): void {
    this.#client?.cut();
  }

  #heard(event: HubEvent): void {
    const entry = { who: this.label, ...event };
    this.#log.add(entry);
    const message = downOf(entry);
    if (message?.type === 'PING') this.say({ type: 'PONG', token: message.token, time: this.#time(), lost: 0 });
    if (message?.type === 'SEAT') this.seat = message;
  }

  #time(): number {
    return Math.round(this.#clock.now() * 1000) % 2 ** 32;
  }
}

/** The message that came down to a device, if it is one. */
export function downOf(entry: HubEntry): DownMessage | null {
  if (entry.kind !== 'came' || !entry.topic.endsWith('/down')) return null;
  try {
    const { message } = decode(entry.bytes);
    return message !== undefined && isDown(message) ? message : null;
  } catch {
    return null;
  }
}
