/**
 * The embedded broker: aedes with the guards that keep one client from touching the others. Inputs are taken in the
 * publish hook, because aedes's own event comes only after delivery to all subscribers.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Aedes, type AedesOptions, type Client } from 'aedes';
import { WebSocketServer } from 'ws';
import { CHOICES_TOPIC, isDeviceId, mayPublish, maySubscribe, topics } from '../../shared/contract/topics.ts';
import { PaddlewireError, type ErrorCode } from '../../shared/errors.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { LinkHandler } from '../links/link.ts';
import { MqttLink } from '../links/mqtt/mqtt-link.ts';
import { listen } from '../listen.ts';
import type { Access, Grant } from './access.ts';
import { clientsOf, limitPacketSize, pauseReading, resumeReading } from './aedes-internals.ts';
import type { Bus } from './bus.ts';
import { TokenBucket } from './rate-limit.ts';
import { WsDuplex } from './ws-duplex.ts';

export interface BrokerParts {
  readonly clock: Clock;
  readonly access: Access;
  readonly handler: LinkHandler;
  /** Messages a second that one client may publish. */
  readonly maxRate: number;
  /** JSON on the plain choices topic. @throws PaddlewireError */
  choices(payload: Uint8Array): void;
  /** What a device says of its own presence. @returns what is to be published instead, or null: nothing */
  presence(id: string, payload: Uint8Array): string | null;
  /** Something a client did was refused. */
  refused(code: ErrorCode, client: string): void;
}

type Options = Required<
  Pick<AedesOptions, 'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'>
>;

/** Bytes waiting for a subscriber above which it gets no state frames. */
const SLOW_BYTES = 8192;
/** How long a subscriber may stay that slow before its connection is ended, in ms. */
const STALLED_MS = 5000;
const WATCH_MS = 1000;
const CONNECT_TIMEOUT_MS = 5000;
const DRAIN_TIMEOUT_MS = 3000;
/** The longest keepalive a client may ask for, in s. A client that asks for none is refused. */
const KEEPALIVE_LIMIT_S = 120;
/** How long a client that sends too much is not read, in ms. */
const FLOOD_PAUSE_MS = 100;

/** What the broker keeps of a client. */
interface Guest {
  readonly grant: Grant;
  readonly bucket: TokenBucket;
  link: MqttLink | null;
  slowSince: number | null;
  paused: Cancel | null;
  saidGoodbye: boolean;
}

export class Broker implements Bus {
  readonly #parts: BrokerParts;
  readonly #guests = new Map<Client, Guest>();
  readonly #sockets = new Set<Socket>();
  #aedes: Aedes | null = null;
  #server: Server | null = null;
  #cancelWatch: Cancel | null = null;
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 65_536,
    handleProtocols: (protocols) => (protocols.has('mqtt') ? 'mqtt' : false),
  });

  constructor(parts: BrokerParts) {
    this.#parts = parts;
  }

  /** @returns the TCP port. @throws PaddlewireError port-in-use */
  async start(host: string, port: number): Promise<number> {
    this.#aedes = await Aedes.createBroker({
      connectTimeout: CONNECT_TIMEOUT_MS,
      drainTimeout: DRAIN_TIMEOUT_MS,
      keepaliveLimit: KEEPALIVE_LIMIT_S,
      maxTopicLevels: 8,
      maxInflightInbound: 32,
      ...this.#hooks(),
    });
    this.#aedes.on('clientDisconnect', (client) => this.#gone(client, 'disconnected'));
    this.#aedes.on('clientError', (client, error) => this.#failed(client, error));
    this.#aedes.on('connectionError', (client, error) => this.#failed(client, error));
    this.#server = createServer((socket) => this.#accept(socket));
    const bound = await listen(this.#server, host, port, '--mqtt-port');
    this.#watch();
    return bound;
  }

  async stop(): Promise<void> {
    this.#cancelWatch?.();
    this.#cancelWatch = null;
    const [server, aedes] = [this.#server, this.#aedes];
    this.#server = null;
    this.#aedes = null;
    if (server === null || aedes === null) return;
    const closed = new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** A WebSocket handshake on the HTTP server's `/mqtt`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    (socket as Socket).setNoDelay(true);
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) =>
      this.#handle(new WsDuplex(webSocket), request),
    );
  }

  publishState(topic: string, payload: Uint8Array): void {
    this.#publish(topic, Buffer.from(payload), 0, false);
  }

  publish(topic: string, payload: string, { retain = false }: { readonly retain?: boolean } = {}): void {
    this.#publish(topic, Buffer.from(payload), 1, retain);
  }

  /** Connected clients of any kind. */
  get clients(): number {
    return this.#guests.size;
  }

  #publish(topic: string, payload: Buffer, qos: 0 | 1, retain: boolean): void {
    this.#aedes?.publish({ cmd: 'publish', topic, payload, qos, retain, dup: false }, () => {});
  }

  #accept(socket: Socket): void {
    socket.setNoDelay(true);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    this.#handle(socket);
  }

  #handle(stream: Duplex, request?: IncomingMessage): void {
    const client = this.#aedes?.handle(stream, request);
    if (client === undefined) {
      stream.destroy();
      return;
    }
    limitPacketSize(client);
    // The end of the stream is the end of the client, whether or not aedes says so and whether or not there is a will.
    stream.once('close', () => this.#gone(client, 'closed'));
  }

  #hooks(): Options {
    return {
      preConnect: (_client, packet, done) => {
        // Queues for clients that are away would grow without bound; who comes back gets the retained state anew.
        packet.clean = true;
        if (packet.clientId === '') packet.clientId = `guest-${randomBytes(6).toString('hex')}`;
        done(null, true);
      },
      authenticate: (client, _user, password, done) => {
        const code = this.#admit(client, password);
        // 2: identifier rejected; 5: not authorised (MQTT 3.1.1, 3.2.2.3).
        if (code === null) done(null, true);
        else done(Object.assign(new Error(code), { returnCode: code === 'id-invalid' ? 2 : 5 }), null);
      },
      authorizePublish: (client, packet, done) => this.#published(client, packet, done),
      authorizeSubscribe: (client, subscription, done) => {
        const allowed = maySubscribe(client.id, subscription.topic);
        if (!allowed) this.#parts.refused('topic-forbidden', client.id);
        done(null, allowed ? subscription : null);
      },
      authorizeForward: (client, packet) =>
        packet.qos === 0 && client.conn.writableLength > SLOW_BYTES ? null : packet,
    };
  }

  #admit(client: Client, password: Uint8Array | undefined): ErrorCode | null {
    const grant = this.#parts.access.grant(password);
    const code = grant === 'denied' ? 'access-denied' : isDeviceId(client.id) ? null : 'id-invalid';
    if (code !== null) this.#parts.refused(code, client.id);
    else {
      const bucket = new TokenBucket(this.#parts.clock, this.#parts.maxRate);
      this.#guests.set(client, { grant, bucket, link: null, slowSince: null, paused: null, saidGoodbye: false });
    }
    return code;
  }

  #published(
    client: Client | null,
    packet: Parameters<Options['authorizePublish']>[1],
    done: (error?: Error | null) => void,
  ): void {
    // The hub itself.
    if (client === null) return done(null);
    const guest = this.#guests.get(client);
    if (guest === undefined || guest.grant !== 'play' || !mayPublish(client.id, packet.topic)) {
      this.#parts.refused('topic-forbidden', client.id);
      return done(new Error('topic-forbidden'));
    }
    if (!guest.bucket.take()) {
      this.#slowDown(client, guest);
      return done(null);
    }
    return done(this.#take(client, guest, packet));
  }

  /** @returns an error to have nothing published */
  #take(client: Client, guest: Guest, packet: Parameters<Options['authorizePublish']>[1]): Error | null {
    const payload = Buffer.from(packet.payload);
    if (packet.topic === CHOICES_TOPIC) {
      try {
        this.#parts.choices(payload);
      } catch (error) {
        if (!(error instanceof PaddlewireError)) throw error;
        this.#parts.refused(error.code, client.id);
      }
      return null;
    }
    if (packet.topic === topics.presence(client.id)) {
      const presence = this.#parts.presence(client.id, payload);
      if (presence === null) return new Error('the farewell of an earlier session');
      packet.payload = Buffer.from(presence);
      packet.retain = true;
      return null;
    }
    guest.link ??= new MqttLink(client, this.#parts.handler);
    guest.link.received(payload);
    return null;
  }

  #slowDown(client: Client, guest: Guest): void {
    this.#parts.refused('rate-exceeded', client.id);
    guest.link?.refused(new PaddlewireError('rate-exceeded'));
    if (guest.paused !== null) return;
    pauseReading(client);
    guest.paused = this.#parts.clock.after(FLOOD_PAUSE_MS, () => {
      guest.paused = null;
      resumeReading(client);
    });
  }

  #failed(client: Client, error: Error): void {
    if (error.message === 'packet too large') this.#parts.refused('message-too-large', client.id ?? '');
    // aedes says it once for each packet that was waiting.
    const stalled = error.message === 'drain timeout' && this.#guests.has(client);
    if (stalled) this.#parts.refused('subscriber-stalled', client.id);
    this.#gone(client, error.message);
  }

  #gone(client: Client, reason: string): void {
    const guest = this.#guests.get(client);
    if (guest === undefined) return;
    this.#guests.delete(client);
    guest.paused?.();
    guest.link?.ended(reason, (client as unknown as { _disconnected: boolean })._disconnected);
  }

  /** Ends the connections of subscribers that stopped reading; QoS 1 to them would hold up aedes's delivery slots. */
  #watch(): void {
    this.#cancelWatch = this.#parts.clock.after(WATCH_MS, () => {
      const now = this.#parts.clock.now();
      for (const client of this.#aedes === null ? [] : clientsOf(this.#aedes)) {
        const guest = this.#guests.get(client);
        if (guest === undefined) continue;
        if (client.conn.writableLength <= SLOW_BYTES) guest.slowSince = null;
        else if (now - (guest.slowSince ??= now) >= STALLED_MS) {
          this.#parts.refused('subscriber-stalled', client.id);
          client.conn.destroy();
        }
      }
      this.#watch();
    });
  }
}
