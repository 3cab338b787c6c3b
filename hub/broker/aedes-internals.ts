/** The few things of aedes 1.2 that its types leave out or that it keeps to itself. test/integration/broker holds them. */
import type { Client } from 'aedes';

/** Larger MQTT packets than any that this hub has use for; the parser itself knows no limit (aedes #831). */
const MAX_PACKET_BYTES = 65_536;

interface Parser {
  packet: { length: number };
  _parseLength(): boolean;
  _emitError(error: Error): boolean;
}

/**
 * Refuses a packet by its declared length, before its bytes are kept, and every packet that `mayPass` refuses: pings,
 * subscriptions and acknowledgements cost time too, and no hook of aedes sees them all.
 */
export function limitPackets(client: Client, mayPass: () => boolean): void {
  const parser = (client as unknown as { _parser: Parser })._parser;
  const parseLength = parser._parseLength.bind(parser);
  parser._parseLength = () => {
    const known = parseLength();
    if (known && parser.packet.length > MAX_PACKET_BYTES) return parser._emitError(new Error('packet too large'));
    if (known && !mayPass()) return parser._emitError(new Error('too many packets'));
    return known;
  };
}

/** Stops reading from a client; its socket's back-pressure reaches the sender. */
export const pauseReading = (client: Client): void => (client as unknown as { pause(): void }).pause();

/** Reads from a client again. */
export function resumeReading(client: Client): void {
  const reader = client as unknown as { _parsingBatch: number; resume(): void };
  // While it was paused, aedes did not count down what it had parsed, and would wait for that for ever.
  reader._parsingBatch = 1;
  reader.resume();
}

/** What a client has subscribed to, as a number. */
export const subscriptionsOf = (client: Client): number =>
  Object.keys((client as unknown as { subscriptions: object }).subscriptions).length;

/** Whether the client said DISCONNECT before its connection ended. */
export const saidDisconnect = (client: Client): boolean =>
  (client as unknown as { _disconnected: boolean })._disconnected;

/**
 * Marks a packet as one of a class that stays in order. aedes numbers all packets in one row and drops what comes to a
 * client after a higher number as a repetition; but it sends QoS 0 at once and QoS 1 some promises later, so whoever
 * subscribed to both would miss the latter. Each class has a row of its own.
 */
export const inOrderOf = (kind: 'state' | 'event' | 'retained' | 'direct'): object => ({
  brokerId: `paddlewire-${kind}`,
});
