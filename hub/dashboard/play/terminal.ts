/**
 * A player's device in the page: MQTT over a WebSocket of the host that served it, an id of its own, HELLO when it is
 * connected, PONG to each PING. It comes back by itself, with a growing wait.
 */
import mqtt, { type MqttClient } from 'mqtt';
import { decode, encode } from '../../../shared/contract/codec.ts';
import {
  CONTRACT_VERSION,
  isDown,
  WANTS,
  type DownMessage,
  type UpMessage,
} from '../../../shared/contract/messages.ts';
import { topics } from '../../../shared/contract/topics.ts';

export type Wire = 'searching' | 'up' | 'denied';

export interface TerminalOptions {
  readonly id: string;
  /** PIN or token; empty: none. */
  readonly secret: string;
  readonly restarts: number;
  /** Topics besides its own, that it passes on. */
  readonly watch: readonly string[];
  wire(wire: Wire): void;
  message(message: DownMessage): void;
  watched?(topic: string, payload: Uint8Array): void;
}

const RETRY_MS = { first: 250, longest: 4000 } as const;
const CONNECT_TIMEOUT_MS = 4000;
const KEEPALIVE_S = 2;
const UINT32 = 0x1_0000_0000;
/** MQTT 3.1.1, 3.2.2.3: bad user name or password, not authorised. */
const REFUSALS = new Set<unknown>([4, 5]);

export class Terminal {
  readonly #options: TerminalOptions;
  #client: MqttClient | null = null;
  #retryMs: number = RETRY_MS.first;
  #seq = 0;
  /** null: it only listens, and is no device yet. */
  #name: string | null = null;
  #introduced = false;

  constructor(options: TerminalOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.id;
  }

  /** Begins to connect; resolves nothing, because the hub may come later. */
  start(): void {
    if (this.#client !== null) return;
    const { id, secret } = this.#options;
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const client = mqtt.connect(`${scheme}://${location.host}/mqtt`, {
      clientId: id,
      clean: true,
      protocolVersion: 4,
      keepalive: KEEPALIVE_S,
      reconnectPeriod: this.#retryMs,
      connectTimeout: CONNECT_TIMEOUT_MS,
      // The other kind runs in a worker made of a blob, which the content security policy refuses.
      timerVariant: 'native',
      // What was sensed while the hub was away is old news when it is back.
      queueQoSZero: false,
      resubscribe: false,
      createWebsocket: (url, protocols) => new QuietSocket(url, protocols),
      ...(secret !== '' && { username: id, password: secret }),
      will: { topic: topics.presence(id), payload: '{"state":"lost"}', qos: 1, retain: true },
    });
    this.#client = client;
    client.on('connect', () => this.#connected(client));
    client.on('message', (topic, payload) => this.#received(topic, payload));
    client.on('error', (error: Error & { code?: unknown }) => {
      if (REFUSALS.has(error.code)) this.#denied(client);
    });
    client.on('close', () => this.#lost(client));
  }

  /** Gives its seat back and ends the connection. */
  stop(): void {
    const client = this.#client;
    this.#client = null;
    if (client === null) return;
    if (client.connected) this.#publish(client, { type: 'LEAVE' });
    client.end(!client.connected);
  }

  /** Tries at once, if it is waiting to: the page was asleep, or the network is back. */
  hurry(): void {
    const client = this.#client;
    if (client !== null && !client.connected && !client.disconnecting) client.reconnect();
  }

  /** Becomes a device with a name. */
  introduce(name: string): void {
    this.#name = name;
    if (this.#client?.connected === true && !this.#introduced) this.#hello(this.#client);
  }

  watch(topic: string): void {
    if (this.#client?.connected === true) this.#client.subscribe(topic, { qos: 0 });
  }

  /** Says what is held, if a hub is there. @param at when it was sensed, in ms of performance.now() @returns its number */
  input(buttons: number, axis: number | null, at: number): number {
    this.#seq = (this.#seq + 1) % UINT32;
    this.send({ type: 'INPUT', seq: this.#seq, time: deviceTime(at), buttons, axis });
    return this.#seq;
  }

  command(value: unknown): void {
    this.#seq = (this.#seq + 1) % UINT32;
    this.send({ type: 'COMMAND', seq: this.#seq, tick: 0, value });
  }

  /** Sends a message, if a hub is there. */
  send(message: UpMessage): void {
    if (this.#client?.connected === true) this.#publish(this.#client, message);
  }

  #connected(client: MqttClient): void {
    this.#retryMs = client.options.reconnectPeriod = RETRY_MS.first;
    const filters = [topics.down(this.id), ...this.#options.watch];
    client.subscribe(filters, { qos: 0 }, () => {
      if (this.#name !== null) this.#hello(client);
    });
    this.#options.wire('up');
  }

  #hello(client: MqttClient): void {
    if (!client.connected || this.#name === null) return;
    this.#introduced = true;
    this.#publish(client, {
      type: 'HELLO',
      version: CONTRACT_VERSION,
      id: this.id,
      kind: 'browser',
      name: this.#name,
      firmware: 'page 0.1.0',
      restarts: this.#options.restarts,
      lastSeq: this.#seq,
      wants: WANTS.sync,
      maxBaud: 0,
    });
  }

  #denied(client: MqttClient): void {
    if (client !== this.#client) return;
    // Trying again with the same PIN would only use up the tries of everybody behind this address.
    this.#client = null;
    client.end(true);
    this.#options.wire('denied');
  }

  #lost(client: MqttClient): void {
    this.#introduced = false;
    if (client !== this.#client) return;
    this.#retryMs = client.options.reconnectPeriod = Math.min(RETRY_MS.longest, this.#retryMs * 2);
    this.#options.wire('searching');
  }

  #received(topic: string, payload: Uint8Array): void {
    if (topic !== topics.down(this.id)) {
      this.#options.watched?.(topic, payload);
      return;
    }
    let message: DownMessage;
    try {
      const decoded = decode(payload);
      if (decoded.message === undefined || !isDown(decoded.message)) return;
      message = decoded.message;
    } catch {
      // A newer hub may say what this page does not know.
      return;
    }
    if (message.type === 'PING') {
      this.send({ type: 'PONG', token: message.token, time: deviceTime(performance.now()), lost: 0 });
    } else if (message.type === 'ERROR' && message.code === 'hello-required') {
      if (this.#client !== null) this.#hello(this.#client);
    } else this.#options.message(message);
  }

  #publish(client: MqttClient, message: UpMessage): void {
    // The types know Node's Buffer only; plain bytes are taken too.
    client.publish(topics.up(this.id), encode(message) as Parameters<MqttClient['publish']>[1], { qos: 0 });
  }
}

/** The device's clock: µs since the page was opened, modulo 2^32; 0 would mean that there is none. */
const deviceTime = (at: number): number => Math.max(1, Math.round(at * 1000) % UINT32);

/** A browser complains of what is sent while a connection closes; nobody can know that before it is told. */
class QuietSocket extends WebSocket {
  override send(data: Parameters<WebSocket['send']>[0]): void {
    if (this.readyState === WebSocket.OPEN) super.send(data);
  }
}
