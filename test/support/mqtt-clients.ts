/** MQTT clients for tests, ended after the test. */
import { connect, connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import { encode } from '../../shared/contract/codec.ts';
import type { DownMessage, MessageOf, UpMessage } from '../../shared/contract/messages.ts';
import { decode } from '../../shared/contract/codec.ts';
import { topics } from '../../shared/contract/topics.ts';
import { eventually } from './eventually.ts';

export interface TestClient {
  readonly client: MqttClient;
  /** What arrived, by topic. */
  readonly received: { topic: string; payload: Buffer }[];
  json(topic: string): unknown;
}

/** A client that does not come back by itself. */
export async function mqttClient(
  url: string,
  options: IClientOptions = {},
  filters: string[] = [],
): Promise<TestClient> {
  const client = await connectAsync(url, { reconnectPeriod: 0, protocolVersion: 4, keepalive: 30, ...options });
  onTestFinished(() => client.endAsync(true));
  const received: TestClient['received'] = [];
  client.on('error', () => {});
  client.on('message', (topic, payload) => received.push({ topic, payload }));
  if (filters.length > 0) await client.subscribeAsync(filters);
  return {
    client,
    received,
    json: (topic) => {
      const last = received.findLast((message) => message.topic === topic);
      return last === undefined ? undefined : (JSON.parse(last.payload.toString()) as unknown);
    },
  };
}

/** The error with which a connection is refused. */
export function refusal(url: string, options: IClientOptions): Promise<Error & { code?: number }> {
  return new Promise((resolve) => {
    const client = connect(url, { reconnectPeriod: 0, protocolVersion: 4, ...options });
    client.once('error', (error) => {
      client.end(true);
      resolve(error);
    });
    client.once('connect', () => resolve(new Error('the hub let it in')));
  });
}

/** A device that speaks the contract by hand. */
export class RawDevice {
  readonly id: string;
  readonly test: TestClient;
  readonly messages: DownMessage[] = [];

  private constructor(id: string, test: TestClient) {
    this.id = id;
    this.test = test;
    test.client.on('message', (topic, payload) => {
      if (topic !== topics.down(id)) return;
      const { message } = decode(payload);
      if (message !== undefined) this.messages.push(message as DownMessage);
    });
  }

  static async connect(url: string, id: string, options: IClientOptions = {}): Promise<RawDevice> {
    const test = await mqttClient(url, { clientId: id, ...options }, [topics.down(id)]);
    return new RawDevice(id, test);
  }

  /** HELLO and JOIN, until it has a seat. */
  static async seated(url: string, id: string, side = ''): Promise<RawDevice> {
    const device = await RawDevice.connect(url, id);
    device.hello();
    await device.told('WELCOME');
    device.send({ type: 'JOIN', room: '', side });
    await device.told('SEAT');
    return device;
  }

  hello(said: Partial<MessageOf<'HELLO'>> = {}): void {
    this.send({
      type: 'HELLO',
      version: 1,
      id: this.id,
      kind: 'agent',
      name: '',
      firmware: '',
      restarts: 0,
      lastSeq: 0,
      wants: 0,
      maxBaud: 0,
      ...said,
    });
  }

  send(message: UpMessage): void {
    this.raw(encode(message));
  }

  raw(bytes: Uint8Array | string): void {
    this.test.client.publish(topics.up(this.id), Buffer.from(bytes as Uint8Array));
  }

  /** The newest message of a type, when there is one. */
  async told<T extends DownMessage['type']>(type: T): Promise<Extract<DownMessage, { type: T }>> {
    return eventually(
      () => this.messages.findLast((message) => message.type === type) as Extract<DownMessage, { type: T }> | undefined,
    );
  }

  /** Waits for an ERROR of a code. */
  async refused(code: string): Promise<void> {
    await eventually(() => this.messages.some((message) => message.type === 'ERROR' && message.code === code));
  }
}
