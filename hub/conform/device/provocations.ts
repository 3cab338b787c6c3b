/** Bytes that a device must survive: as messages, in both forms, and as they are on a serial line. */
import { encode } from '../../../shared/contract/codec.ts';
import { encodeFrame } from '../../../shared/serial/frame.ts';

/** Token of the PING that has a field more than this version knows. */
export const NEWER_TOKEN = 77_777;

export interface Provocation {
  readonly step: string;
  /** As a message: null where it is something for the line. */
  readonly message: { readonly cbor: Uint8Array; readonly json: string } | null;
  readonly line: readonly Uint8Array[];
}

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const many = (count: number, text: string): Buffer => Buffer.alloc(count, text);

/** SEAT with a room of 600 letters: whole CBOR, and far over what a SEAT may have. */
const LARGE_SEAT = Buffer.concat([fromHex('840b790258'), many(600, 'x'), fromHex('646c65667400')]);

const ping = encodeFrame(encode({ type: 'PING', token: 1 }));
const wrongCrc = ping.map((byte, index) => (index === ping.length - 2 ? byte ^ 0x55 || 0x55 : byte));

export const PROVOCATIONS: readonly Provocation[] = [
  message('unknown-type', '821863646e657773', '{"type":"NEWS","text":"from a newer hub"}'),
  message('newer-fields', '84121a00012fd10763616e64', `{"type":"PING","token":${NEWER_TOKEN},"later":7}`),
  {
    step: 'too-large',
    message: {
      cbor: LARGE_SEAT,
      json: JSON.stringify({ type: 'SEAT', room: 'x'.repeat(600), side: 'left', index: 0 }),
    },
    line: [],
  },
  message('malformed', '840b64', '{"type":"SEAT","ro'),
  message('bad-field', '840f091a0001117020', '{"type":"EFFECT","effect":"smell","value":-1,"ms":"long"}'),
  message('wrong-direction', '8504010001f6', '{"type":"INPUT","seq":1,"buttons":1}'),
  { step: 'bad-crc', message: null, line: [wrongCrc, wrongCrc, wrongCrc] },
  { step: 'garbage', message: null, line: [fromHex('ff00ff00010002ff00a5a5a5000302010099880077')] },
  { step: 'endless', message: null, line: [Uint8Array.from(many(10_000, '\x55')), Uint8Array.of(0)] },
];

function message(step: string, hex: string, json: string): Provocation {
  return { step, message: { cbor: fromHex(hex), json }, line: [] };
}
