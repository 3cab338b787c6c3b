/** A device that comes by MQTT: a small broker of the kit's own, for one client at a time. */
import { createServer, type Server, type Socket } from 'node:net';
import { Aedes, type Client } from 'aedes';
import { encode, formOf, type Form } from '../../../shared/contract/codec.ts';
import type { DownMessage } from '../../../shared/contract/messages.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { inOrderOf } from '../../broker/aedes-internals.ts';
import { listen } from '../../listen.ts';
import type { DeviceWire, WireEvent } from './wire.ts';

export interface MqttWireOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** The client to be tested; null: the first that comes. */
  readonly device: string | null;
  /** The broker listens. */
  readonly ready: (port: number) => void;
}

export class MqttWire implements DeviceWire {
  readonly kind = 'mqtt';
  readonly line = null;
  readonly setBaud = null;
  readonly #options: MqttWireOptions;
  readonly #sockets = new Set<Socket>();
  #aedes: Aedes | null = null;
  #server: Server | null = null;
  #client: Client | null = null;
  /** Who is tested; others that come are let in and not listened to. */
  #device: string | null;
  #form: Form = 'cbor';

  constructor(options: MqttWireOptions) {
    this.#options = options;
    this.#device = options.device;
  }

  async open(tell: (event: WireEvent) => void): Promise<void> {
    const aedes = await Aedes.createBroker({
      preConnect: (client, packet, done) => {
        // No keepalive limit and no check of the id here: what is wrong is told in the report.
        const will = packet.will as { topic: string; payload: Uint8Array; retain: boolean } | undefined;
        if (this.#device === null || this.#device === packet.clientId) {
          this.#device = packet.clientId;
          this.#client = client;
          tell({
            kind: 'connected',
            greeting: {
              clientId: packet.clientId,
              protocol: packet.protocolVersion ?? 0,
              keepaliveS: packet.keepalive ?? 0,
              will:
                will === undefined
                  ? null
                  : { topic: will.topic, payload: Buffer.from(will.payload).toString(), retain: will.retain },
            },
          });
        }
        packet.clean = true;
        done(null, true);
      },
      authorizeSubscribe: (client, subscription, done) => {
        if (client === this.#client) tell({ kind: 'subscribed', filter: subscription.topic });
        done(null, subscription);
      },
      authorizePublish: (client, { topic, payload, retain, cmd }, done) => {
        if (client !== null && client === this.#client && cmd === 'publish')
          this.#published(tell, topic, Buffer.from(payload), retain);
        done(null);
      },
    });
    aedes.on('clientDisconnect', (client) => this.#gone(client, tell));
    aedes.on('clientError', (client) => this.#gone(client, tell));
    aedes.on('connectionError', (client) => this.#gone(client, tell));
    this.#aedes = aedes;
    this.#server = createServer((socket) => {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      aedes.handle(socket);
    });
    this.#options.ready(await listen(this.#server, this.#options.host, this.#options.port, '--port'));
  }

  send(message: DownMessage): void {
    this.raw(encode(message, this.#form));
  }

  readonly raw = (bytes: Uint8Array): void => {
    const client = this.#client;
    if (client === null) return;
    client.publish(
      {
        ...inOrderOf('direct'),
        cmd: 'publish',
        topic: topics.down(client.id),
        payload: Buffer.from(bytes),
        qos: 0,
        retain: false,
        dup: false,
      },
      () => {},
    );
  };

  readonly reopen = (): Promise<void> => {
    this.#client?.conn.destroy();
    return Promise.resolve();
  };

  async close(): Promise<void> {
    const [server, aedes] = [this.#server, this.#aedes];
    this.#server = null;
    this.#aedes = null;
    this.#client = null;
    if (server === null || aedes === null) return;
    const closed = new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #published(tell: (event: WireEvent) => void, topic: string, bytes: Buffer, retain: boolean): void {
    if (topic !== topics.up(this.#device ?? '')) {
      tell({ kind: 'published', topic, payload: bytes.toString() });
      return;
    }
    if (bytes.length > 0) this.#form = formOf(bytes);
    tell({ kind: 'up', bytes: Uint8Array.from(bytes), retain });
  }

  #gone(client: Client, tell: (event: WireEvent) => void): void {
    if (client !== this.#client) return;
    this.#client = null;
    tell({ kind: 'closed' });
  }
}
