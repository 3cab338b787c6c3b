/**
 * A device in TypeScript over MQTT: connects, introduces itself, joins, sends what it senses, and keeps records while
 * the hub is away. It never gives up: with a growing wait it tries again, and finds a hub that restarted.
 */
import type { Socket } from 'node:net';
import { connect, type MqttClient } from 'mqtt';
import { decode, encode, type Form } from '../../shared/contract/codec.ts';
import {
  CONTRACT_VERSION,
  isDown,
  WANTS,
  type DeviceKind,
  type DownMessage,
  type MessageOf,
  type UpMessage,
} from '../../shared/contract/messages.ts';
import { topics } from '../../shared/contract/topics.ts';
import { recordable, recordBytes } from './record-bytes.ts';
import { MemoryRecords, type RecordStore } from './record-store.ts';

export interface MqttDeviceOptions {
  /** `mqtt://host:port` or `ws://host:port/mqtt`. */
  readonly url: string;
  readonly id: string;
  readonly kind?: DeviceKind;
  readonly name?: string;
  /** PIN or token. */
  readonly secret?: string;
  readonly form?: Form;
  /** OBSERVE each tick. */
  readonly observations?: boolean;
  /** Gives its seat to whoever finds none and does not do so too: for bots. */
  readonly yields?: boolean;
  /** Takes a seat as soon as it is welcome, and again after each loss. */
  readonly join?: { readonly room?: string; readonly side?: string };
  /** Where records wait for the hub. */
  readonly records?: RecordStore;
}

/** What the device's light would say. */
export type DeviceStatus = 'searching' | 'greeted' | 'seated';

type Listener<T> = (value: T) => void;

const RETRY_MS = { first: 250, longest: 5000 };
const KEEPALIVE_S = 2;
/** Records on the way at a time, and how long to wait for an ACK before sending again. */
const WINDOW = 16;
const RESEND_MS = 2000;
/** How long a hub may take to let go; one that is frozen or unplugged never would. */
const LEAVE_MS = 1000;
const UINT32 = 0x1_0000_0000;

export class MqttDevice {
  readonly #options: MqttDeviceOptions;
  readonly #records: RecordStore;
  readonly #messageListeners: Listener<DownMessage>[] = [];
  readonly #statusListeners: Listener<DeviceStatus>[] = [];
  readonly #refusedListeners: Listener<'access-denied' | 'id-invalid'>[] = [];
  readonly #sent = new Set<number>();
  #client: MqttClient | null = null;
  #status: DeviceStatus = 'searching';
  #retryMs = RETRY_MS.first;
  #seq = 0;
  #births = 0;
  #resend: NodeJS.Timeout | null = null;
  /** The newest OBSERVE that was not yet handed on. */
  #observation: MessageOf<'OBSERVE'> | null = null;
  seat: string | null = null;

  constructor(options: MqttDeviceOptions) {
    this.#options = options;
    this.#records = options.records ?? new MemoryRecords();
  }

  get id(): string {
    return this.#options.id;
  }

  get status(): DeviceStatus {
    return this.#status;
  }

  onMessage(listener: Listener<DownMessage>): void {
    this.#messageListeners.push(listener);
  }

  onStatus(listener: Listener<DeviceStatus>): void {
    this.#statusListeners.push(listener);
  }

  /** The hub is there and lets nobody in with this id or secret. It is tried again, unless somebody stops it. */
  onRefused(listener: Listener<'access-denied' | 'id-invalid'>): void {
    this.#refusedListeners.push(listener);
  }

  /** Begins to connect; resolves at once, because the hub may come later. */
  start(): void {
    if (this.#client !== null) return;
    const { url, id, secret } = this.#options;
    const literal = /^wss?:\/\/(?:[^/]*@)?(\[[^\]/]*\])/i.exec(url)?.[1];
    const client = connect(url, {
      clientId: id,
      clean: true,
      protocolVersion: 4,
      keepalive: KEEPALIVE_S,
      reconnectPeriod: this.#retryMs,
      connectTimeout: 4000,
      // What is sensed while the hub is away is old news when it is back.
      queueQoSZero: false,
      resubscribe: false,
      // mqtt takes the brackets off an IPv6 address, and needs them again to make the URL of a WebSocket.
      ...(literal !== undefined && { host: literal }),
      ...(secret !== undefined && { username: id, password: secret }),
      will: { topic: topics.presence(id), payload: Buffer.from('{"state":"lost"}'), qos: 1, retain: true },
    });
    this.#client = client;
    client.on('connect', () => {
      // What is small and urgent is not to wait for the rest of a packet (Nagle's algorithm, RFC 896).
      (client.stream as Partial<Socket>).setNoDelay?.(true);
      this.#connected(client);
    });
    client.on('message', (_topic, payload) => this.#received(payload));
    client.on('error', (error) => this.#notLetIn((error as { code?: unknown }).code));
    client.on('close', () => this.#lost(client));
    this.#resend = setInterval(() => this.#deliver(true), RESEND_MS);
  }

  /** Leaves its seat and disconnects. Records that are not acknowledged stay in their store. */
  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    if (this.#resend !== null) clearInterval(this.#resend);
    if (client === null) return;
    if (client.connected) this.#publish(client, { type: 'LEAVE' });
    await end(client);
    this.#setStatus('searching');
  }

  /** Cuts the connection without a word, as a power cut would. */
  async destroy(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    if (this.#resend !== null) clearInterval(this.#resend);
    client?.stream.destroy();
    await client?.endAsync(true);
  }

  join(side = '', room = ''): void {
    this.send({ type: 'JOIN', room, side });
  }

  /** What is held now, as bits of BUTTON; sent whenever it changes. */
  input(buttons: number, axis: number | null = null): void {
    this.send({ type: 'INPUT', seq: this.#nextSeq(), time: deviceTime(), buttons, axis });
  }

  command(value: unknown, tick = 0): void {
    this.send({ type: 'COMMAND', seq: this.#nextSeq(), tick, value });
  }

  /**
   * Keeps data, as it is now, until the hub has it on disk.
   * @throws PaddlewireError message-malformed, message-too-large if no hub would take it; records-full, store-full,
   * store-failed
   */
  record(data: unknown): void {
    this.#records.add(recordable(data, this.#options.form));
    this.#deliver(false);
  }

  /** Sends a message, if the hub is there. */
  send(message: UpMessage): void {
    if (this.#client?.connected) this.#publish(this.#client, message);
  }

  #connected(client: MqttClient): void {
    this.#retryMs = client.options.reconnectPeriod = RETRY_MS.first;
    client.subscribe(topics.down(this.id), { qos: 0 }, () => this.#hello(client));
  }

  #hello(client: MqttClient): void {
    if (!client.connected) return;
    const { kind = 'agent', name = '', observations = false, yields = false } = this.#options;
    this.#publish(client, {
      type: 'HELLO',
      version: CONTRACT_VERSION,
      id: this.id,
      kind,
      name,
      firmware: 'client 0.1.0',
      restarts: this.#births++,
      lastSeq: this.#seq,
      wants: (observations ? WANTS.observations : 0) | (yields ? WANTS.yields : 0),
      maxBaud: 0,
    });
  }

  /** @param code 2: identifier rejected; 5: not authorised (MQTT 3.1.1, 3.2.2.3) */
  #notLetIn(code: unknown): void {
    if (code !== 2 && code !== 5) return;
    for (const listener of this.#refusedListeners) listener(code === 2 ? 'id-invalid' : 'access-denied');
  }

  #lost(client: MqttClient): void {
    this.#sent.clear();
    this.seat = null;
    this.#retryMs = client.options.reconnectPeriod = Math.min(RETRY_MS.longest, this.#retryMs * 2);
    this.#setStatus('searching');
  }

  #received(payload: Uint8Array): void {
    let message: DownMessage;
    try {
      const decoded = decode(payload);
      if (decoded.message === undefined || !isDown(decoded.message)) return;
      message = decoded.message;
    } catch {
      // A newer hub may say what this device does not know.
      return;
    }
    if (message.type === 'OBSERVE') this.#observed(message);
    else this.#tell(message);
  }

  #tell(message: DownMessage): void {
    this.#handle(message);
    for (const listener of this.#messageListeners) listener(message);
  }

  /** Replaces, never queues: a player that thinks for longer than a tick gets the newest observation, not the next. */
  #observed(observation: MessageOf<'OBSERVE'>): void {
    const waiting = this.#observation !== null;
    this.#observation = observation;
    if (waiting) return;
    setImmediate(() => {
      const newest = this.#observation;
      this.#observation = null;
      if (newest !== null) this.#tell(newest);
    });
  }

  #handle(message: DownMessage): void {
    switch (message.type) {
      case 'WELCOME':
        this.#setStatus('greeted');
        if (this.#options.join !== undefined) this.join(this.#options.join.side, this.#options.join.room);
        this.#deliver(true);
        break;
      case 'SEAT':
        this.seat = message.side === '' ? null : message.side;
        this.#setStatus(this.seat === null ? 'greeted' : 'seated');
        break;
      case 'PING':
        this.send({ type: 'PONG', token: message.token, time: deviceTime(), lost: 0 });
        break;
      case 'ACK':
        this.#records.acknowledge(message.seq);
        this.#sent.delete(message.seq);
        this.#deliver(false);
        break;
      case 'ERROR':
        this.#refused(message);
        break;
      case 'START':
      case 'OBSERVE':
      case 'SYNC':
      case 'SCORE':
      case 'EFFECT':
      case 'END':
      case 'ASK':
      case 'BAUD':
      case 'NOTE':
        break;
    }
  }

  #refused(error: MessageOf<'ERROR'>): void {
    if (error.code === 'hello-required' && this.#client !== null) this.#hello(this.#client);
  }

  /** Sends records, oldest first, a few at a time. @param again also those that are on the way */
  #deliver(again: boolean): void {
    const client = this.#client;
    if (client === null || !client.connected || this.#status === 'searching') return;
    if (again) this.#sent.clear();
    for (const { seq, data } of this.#records.pending()) {
      if (this.#sent.size >= WINDOW) break;
      if (this.#sent.has(seq)) continue;
      const bytes = recordBytes(seq, data, this.#options.form);
      // A file may hold what another program put there: it stays, and holds up nothing.
      if (bytes === null) continue;
      this.#sent.add(seq);
      this.#publishBytes(client, bytes);
    }
  }

  #publish(client: MqttClient, message: UpMessage): void {
    this.#publishBytes(client, encode(message, this.#options.form));
  }

  #publishBytes(client: MqttClient, bytes: Uint8Array): void {
    client.publish(topics.up(this.id), Buffer.from(bytes), { qos: 0 });
  }

  #nextSeq(): number {
    return (this.#seq = (this.#seq + 1) % UINT32);
  }

  #setStatus(status: DeviceStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    for (const listener of this.#statusListeners) listener(status);
  }
}

/** Ends a connection in good order if the hub plays along, and at once if it does not. */
async function end(client: MqttClient): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, LEAVE_MS, 'late')));
  const outcome = await Promise.race([client.endAsync(!client.connected), late]);
  clearTimeout(timer);
  if (outcome !== 'late') return;
  // Of a client that is ending already, a second end alone would close nothing.
  client.stream.destroy();
  await client.endAsync(true);
}

/** The device's clock: µs since its start, modulo 2^32. */
const deviceTime = (): number => Math.round(performance.now() * 1000) % UINT32;
