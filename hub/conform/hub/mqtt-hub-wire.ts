/** MQTT clients for the test of a hub; none comes back by itself. */
import { connect, type MqttClient } from 'mqtt';
import type { HubClient, HubEvent, HubWire, Visit } from './wire.ts';

const CONNECT_MS = 5000;
/** A SUBACK with this bit refuses (MQTT 3.1.1, 3.9.3). */
const REFUSED = 0x80;

export class MqttHubWire implements HubWire {
  readonly #url: string;
  readonly #secret: string | null;
  readonly #clients = new Set<MqttClient>();

  /** @param options.secret PIN or token, if the hub wants one */
  constructor({ url, secret }: { readonly url: string; readonly secret: string | null }) {
    this.#url = url;
    this.#secret = secret;
  }

  connect({ id, keepaliveS = 30, will }: Visit, tell: (event: HubEvent) => void): Promise<HubClient | string> {
    const client = connect(this.#url, {
      clientId: id,
      clean: true,
      protocolVersion: 4,
      keepalive: keepaliveS,
      reconnectPeriod: 0,
      connectTimeout: CONNECT_MS,
      ...(this.#secret !== null && { username: id, password: this.#secret }),
      ...(will !== undefined && { will: { ...will, payload: Buffer.from(will.payload), qos: 1, retain: true } }),
    });
    this.#clients.add(client);
    return new Promise((resolve) => {
      const refused = (reason: string): void => {
        client.end(true);
        resolve(reason);
      };
      client.on('error', (error) => refused(error.message));
      client.on('message', (topic, payload, { retain }) =>
        tell({ kind: 'came', topic, bytes: Uint8Array.from(payload), retain }),
      );
      client.on('close', () => {
        tell({ kind: 'closed' });
        refused('The connection was closed.');
      });
      client.once('connect', () => resolve(handleOf(client)));
    });
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#clients, (client) => client.endAsync(true)));
    this.#clients.clear();
  }
}

function handleOf(client: MqttClient): HubClient {
  return {
    publish: (topic, bytes) => void client.publish(topic, Buffer.from(bytes), { qos: 0 }),
    subscribe: async (filter) => {
      const granted = await client.subscribeAsync(filter, { qos: 1 }).catch(() => []);
      return granted.length > 0 && granted.every(({ qos }) => qos < REFUSED);
    },
    end: () => client.endAsync(),
    cut: () => void client.stream.destroy(),
  };
}
