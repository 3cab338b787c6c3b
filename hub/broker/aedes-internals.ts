/** The few things of aedes 1.2 that its types leave out or that it keeps to itself. test/integration/broker holds them. */
import type { Client } from 'aedes';

/** Larger MQTT packets than any that this hub has use for; the parser itself knows no limit (aedes #831). */
const MAX_PACKET_BYTES = 65_536;

interface Parser {
  packet: { length: number };
  _parseLength(): boolean;
  _emitError(error: Error): boolean;
}

/** Refuses a packet by its declared length, before its bytes are kept. */
export function limitPacketSize(client: Client): void {
  const parser = (client as unknown as { _parser: Parser })._parser;
  const parseLength = parser._parseLength.bind(parser);
  parser._parseLength = () => {
    const known = parseLength();
    if (known && parser.packet.length > MAX_PACKET_BYTES) return parser._emitError(new Error('packet too large'));
    return known;
  };
}

/** Stops reading from a client; its socket's back-pressure reaches the sender. */
export const pauseReading = (client: Client): void => (client as unknown as { pause(): void }).pause();

/** Reads from a client again. */
export const resumeReading = (client: Client): void => (client as unknown as { resume(): void }).resume();

/** The connected clients. */
export const clientsOf = (broker: object): Client[] =>
  Object.values((broker as { clients: Record<string, Client> }).clients);
