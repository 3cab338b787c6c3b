/**
 * The embedded broker: aedes with the guards that keep one client from touching the others. Inputs are taken in the
 * publish hook, because aedes's own event comes only after delivery to all subscribers.
 */
import { randomBytes } from 'node:crypto';
import type { EventEmitter } from 'node:events';
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
import type { Access, Admission } from './access.ts';
import {
  inOrderOf,
  limitPackets,
  pauseReading,
  resumeReading,
  saidDisconnect,
  subscriptionsOf,
} from './aedes-internals.ts';
import type { Bus } from './bus.ts';
import { TokenBucket } from './rate-limit.ts';
import { SLOW_BYTES, StallWatch } from './stall-watch.ts';
import { WsDuplex } from './ws-duplex.ts';

export interface BrokerParts {
  readonly clock: Clock;
  readonly access: Access;
  /** A device id is the user's from now on, who came with a token. @throws PaddlewireError device-not-yours, devices-too-many */
  readonly claim?: (device: string, user: number) => void;
  readonly handler: LinkHandler;
  /** Messages a second that one client may publish. */
  readonly maxRate: number;
  /** JSON on the plain choices topic. @throws PaddlewireError */
  choices(payload: Uint8Array): void;
  /**
   * What a client says of its own presence.
   * @returns what is to be published instead, and whether it is to be kept; null: nothing
   * @throws PaddlewireError message-malformed
   */
  presence(
    id: string,
    link: MqttLink | null,
    payload: Uint8Array,
  ): { readonly text: string; readonly retain: boolean } | null;
  log(code: string, detail: Record<string, unknown>): void;
  /** Something a client did was refused. */
  refused(code: ErrorCode, client: string): void;
}

type Options = Required<
  Pick<AedesOptions, 'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'>
>;

const CONNECT_TIMEOUT_MS = 5000;
const DRAIN_TIMEOUT_MS = 1500;
/** The longest keepalive a client may ask for, in s. A client that asks for none is refused. */
const KEEPALIVE_LIMIT_S = 120;
/** How long a client that sends too much is not read, in ms. */
const FLOOD_PAUSE_MS = 100;
/** MQTT packets of any kind, as a multiple of the messages that a client may publish: above it, it is cut. */
const PACKETS_PER_MESSAGE = 20;
const MAX_SUBSCRIPTIONS = 64;

type PublishPacket = Parameters<Options['authorizePublish']>[1];

/** What the broker keeps of a client. */
interface Guest extends Admission {
  readonly bucket: TokenBucket;
  link: MqttLink | null;
  paused: Cancel | null;
}

export class Broker implements Bus {
  readonly #parts: BrokerParts;
  readonly #guests = new Map<Client, Guest>();
  readonly #sockets = new Set<Duplex>();
  readonly #stalls: StallWatch;
  #aedes: Aedes | null = null;
  #server: Server | null = null;
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 65_536,
    handleProtocols: (protocols) => (protocols.has('mqtt') ? 'mqtt' : false),
  });

  constructor(parts: BrokerParts) {
    this.#parts = parts;
    this.#stalls = new StallWatch(parts.clock, (client) => {
      parts.refused('subscriber-stalled', client.id);
      client.conn.destroy();
    });
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
    // It says so here when its own housekeeping fails; without a listener that would end the hub.
    (this.#aedes as EventEmitter).on('error', (error: Error) =>
      this.#parts.log('internal-error', { text: error.message }),
    );
    this.#server = createServer((socket) => this.#accept(socket));
    const bound = await listen(this.#server, host, port, '--mqtt-port');
    this.#stalls.start(() => this.#guests.keys());
    return bound;
  }

  async stop(): Promise<void> {
    this.#stalls.stop();
    const [server, aedes] = [this.#server, this.#aedes];
    this.#server = null;
    this.#aedes = null;
    if (server === null || aedes === null) return;
    const closed = new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
    for (const stream of this.#sockets) stream.destroy();
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
    this.#publish('state', topic, Buffer.from(payload));
  }

  publish(topic: string, payload: string, { retain = false }: { readonly retain?: boolean } = {}): void {
    this.#publish(retain ? 'retained' : 'event', topic, Buffer.from(payload));
  }

  /** Ends every connection that was made with a token. @param token null: with any of the user's */
  revoke(user: number, token: number | null): void {
    for (const [client, { holder, link }] of this.#guests) {
      if (holder?.user !== user || (token !== null && holder.token !== token)) continue;
      link?.refused(new PaddlewireError('access-denied', 'The token counts no more.'));
      client.close();
    }
  }

  /** Connected clients of any kind. */
  get clients(): number {
    return this.#guests.size;
  }

  #publish(kind: 'state' | 'event' | 'retained', topic: string, payload: Buffer): void {
    const qos = kind === 'state' ? 0 : 1;
    const packet = {
      ...inOrderOf(kind),
      cmd: 'publish',
      topic,
      payload,
      qos,
      retain: kind === 'retained',
      dup: false,
    } as const;
    this.#aedes?.publish(packet, () => {});
  }

  #accept(socket: Socket): void {
    socket.setNoDelay(true);
    this.#handle(socket);
  }

  #handle(stream: Duplex, request?: IncomingMessage): void {
    const client = this.#aedes?.handle(stream, request);
    if (client === undefined) {
      stream.destroy();
      return;
    }
    const packets = new TokenBucket(this.#parts.clock, this.#parts.maxRate * PACKETS_PER_MESSAGE);
    limitPackets(client, () => packets.take());
    this.#sockets.add(stream);
    // The end of the stream is the end of the client, whether or not aedes says so and whether or not there is a will.
    stream.once('close', () => {
      this.#sockets.delete(stream);
      this.#gone(client, 'closed');
    });
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
        const room = subscriptionsOf(client) < MAX_SUBSCRIPTIONS && (this.#guests.get(client)?.bucket.take() ?? false);
        const allowed = room && maySubscribe(client.id, subscription.topic);
        if (!allowed) this.#parts.refused('topic-forbidden', client.id);
        done(null, allowed ? subscription : null);
      },
      authorizeForward: (client, packet) =>
        packet.qos === 0 && client.conn.writableLength > SLOW_BYTES ? null : packet,
    };
  }

  /** @returns why it is not let in; null: it is */
  #admit(client: Client, password: Uint8Array | undefined): ErrorCode | null {
    const address = (client.conn as Partial<Socket>).remoteAddress ?? client.req?.socket.remoteAddress ?? '';
    try {
      const admission = this.#parts.access.admit(password, address, client.id);
      if (!isDeviceId(client.id)) throw new PaddlewireError('id-invalid');
      this.#judge(client.id, admission);
      const bucket = new TokenBucket(this.#parts.clock, this.#parts.maxRate);
      this.#guests.set(client, { ...admission, bucket, link: null, paused: null });
      return null;
    } catch (error) {
      if (!(error instanceof PaddlewireError)) throw error;
      this.#parts.refused(error.code, client.id);
      return error.code;
    }
  }

  /** A new connection with an id ends the one that has it. @throws PaddlewireError id-in-use, device-not-yours, devices-too-many */
  #judge(id: string, { grant, holder }: Admission): void {
    const players = [...this.#guests].filter(([{ id: other }, guest]) => other === id && guest.grant === 'play');
    // Only who may play may do that to a player, and who has a token only to a device that came with one.
    const may = grant === 'play' && players.every(([, guest]) => guest.holder?.user === holder?.user);
    if (!may && players.length > 0) throw new PaddlewireError('id-in-use');
    if (holder === null) return;
    this.#parts.claim?.(id, holder.user);
    // The elder hears why it ends: two agents with one id would cut each other off for ever.
    for (const [, { link }] of players) link?.refused(new PaddlewireError('id-in-use'));
  }

  #published(client: Client | null, packet: PublishPacket, done: (error?: Error | null) => void): void {
    // The hub itself.
    if (client === null) return done(null);
    const guest = this.#guests.get(client);
    if (guest === undefined || guest.grant !== 'play' || !mayPublish(client.id, packet.topic)) {
      this.#parts.refused('topic-forbidden', client.id);
      return done(new Error('topic-forbidden'));
    }
    try {
      if (guest.bucket.take()) this.#take(client, guest, packet);
      else this.#slowDown(client, guest, packet);
      return done(null);
    } catch (error) {
      this.#parts.log('internal-error', { client: client.id, text: (error as Error).stack ?? String(error) });
      return done(new Error('internal-error'));
    }
  }

  #take(client: Client, guest: Guest, packet: PublishPacket): void {
    // aedes takes out what QoS 2 repeats, but later than here.
    if (packet.qos === 2 && packet.dup) return;
    const payload = Buffer.from(packet.payload);
    if (packet.topic === topics.presence(client.id)) this.#takePresence(client, guest, packet, payload);
    else if (packet.topic === CHOICES_TOPIC) {
      packet.retain = false;
      this.#refusing(client, () => this.#parts.choices(payload));
    } else {
      guest.link ??= new MqttLink(client, this.#parts.handler, guest.holder);
      guest.link.received(payload);
      silence(client, packet);
    }
  }

  #takePresence(client: Client, guest: Guest, packet: PublishPacket, payload: Buffer): void {
    let said: ReturnType<BrokerParts['presence']> = null;
    this.#refusing(client, () => {
      said = this.#parts.presence(client.id, guest.link, payload);
    });
    const published = said as ReturnType<BrokerParts['presence']>;
    if (published === null) {
      silence(client, packet);
      return;
    }
    packet.payload = Buffer.from(published.text);
    packet.retain = published.retain;
  }

  #refusing(client: Client, run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof PaddlewireError)) throw error;
      this.#parts.refused(error.code, client.id);
    }
  }

  #slowDown(client: Client, guest: Guest, packet: PublishPacket): void {
    silence(client, packet);
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
    if (error.message === 'too many packets') this.#parts.refused('rate-exceeded', client.id ?? '');
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
    guest.link?.ended(reason, saidDisconnect(client));
  }
}

/** Has a packet acknowledged but given to nobody: it goes where nobody may listen, empty, and is not kept. */
function silence(client: Client, packet: PublishPacket): void {
  packet.topic = topics.up(client.id);
  packet.payload = Buffer.alloc(0);
  packet.retain = false;
}
