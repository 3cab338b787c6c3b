/** A device attached by MQTT: messages up and down its own two topics. Answers in the form that the device spoke. */
import type { Client } from 'aedes';
import { encode, formOf, type Form } from '../../../shared/contract/codec.ts';
import type { DownMessage } from '../../../shared/contract/messages.ts';
import { topics } from '../../../shared/contract/topics.ts';
import type { ErrorCode, PaddlewireError } from '../../../shared/errors.ts';
import { inOrderOf } from '../../broker/aedes-internals.ts';
import { deliver, emptyCounters, guard, type Holder, type Link, type LinkHandler } from '../link.ts';

/** Bytes waiting for a slow receiver above which OBSERVE and SYNC are left out: the next one says more. */
const SLOW_BYTES = 8192;
const REPLACED: ReadonlySet<DownMessage['type']> = new Set(['OBSERVE', 'SYNC', 'EFFECT']);

export class MqttLink implements Link {
  readonly kind = 'mqtt';
  readonly address: string;
  readonly deviceId: string;
  // A pupil's three lines need not know PING; MQTT's own keepalive tells when the client is gone.
  readonly answersPing = false;
  readonly counters = emptyCounters();
  readonly holder?: Holder;
  readonly #client: Client;
  readonly #handler: LinkHandler;
  #form: Form = 'cbor';
  #closed = false;

  constructor(client: Client, handler: LinkHandler, holder: Holder | null) {
    if (holder !== null) this.holder = holder;
    this.#client = client;
    this.#handler = handler;
    this.address = client.id;
    this.deviceId = client.id;
  }

  /** Bytes that the device published on its `up` topic. */
  received(payload: Uint8Array): void {
    if (this.#closed) return;
    this.counters.framesIn++;
    this.counters.bytesIn += payload.length;
    this.#form = formOf(payload);
    deliver(this, this.#handler, payload);
  }

  refused(error: PaddlewireError): void {
    if (!this.#closed) guard(this, this.#handler, () => this.#handler.refused(this, error));
  }

  send(message: DownMessage): void {
    if (this.#closed) return;
    const slow = this.#client.conn.writableLength > SLOW_BYTES;
    if (slow && REPLACED.has(message.type)) return;
    guard(this, this.#handler, () => this.#publish(Buffer.from(encode(message, this.#form))));
  }

  #publish(payload: Buffer): void {
    this.counters.framesOut++;
    this.counters.bytesOut += payload.length;
    // Straight to this client: nothing that waits for somebody else can delay it.
    this.#client.publish(
      {
        ...inOrderOf('direct'),
        cmd: 'publish',
        topic: topics.down(this.address),
        payload,
        qos: 0,
        retain: false,
        dup: false,
      },
      () => {},
    );
  }

  close(reason: ErrorCode): void {
    this.ended(reason, false);
    this.#client.close();
  }

  /** The connection is gone. */
  ended(reason: string, expected: boolean): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#handler.closed(this, reason, expected);
  }
}
