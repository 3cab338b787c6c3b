/**
 * Messages to bytes and back. CBOR: an array whose first element is the type number. JSON, accepted wherever CBOR is:
 * an object with `type` and the fields by name, or an array like the CBOR one with the type's number or name first.
 * The first byte tells the two apart: no JSON text begins with 0x40..0x5a or 0x80..0xbf (RFC 8259 against RFC 8949).
 */
import { Encoder, type Options } from 'cbor-x';
import { PaddlewireError } from '../errors.ts';
import { checkCbor } from './cbor-check.ts';
import { FieldError, type Field } from './fields.ts';
import {
  MAX_MESSAGE_BYTES,
  MESSAGES,
  messageName,
  type Message,
  type MessageName,
  type MessageOf,
} from './messages.ts';
import { packShortInput, unpackShortInput, type ShortInput } from './short-input.ts';

export type Form = 'cbor' | 'json';

/** A decoded message and the form it came in. A short INPUT still needs the device's history to be whole. */
export type Decoded =
  | { readonly form: Form; readonly message: Message; readonly short?: undefined }
  | { readonly form: 'cbor'; readonly short: ShortInput; readonly message?: undefined };

// `int64AsNumber` is missing in cbor-x's types: without it a large record number would arrive as a BigInt.
const options: Options & { int64AsNumber: boolean } = {
  int64AsNumber: true,
  useRecords: false,
  variableMapSize: true,
  tagUint8Array: false,
  mapsAsObjects: true,
};
const cbor = new Encoder(options);
const utf8Decoder = new TextDecoder('utf-8', { fatal: true });
const utf8Encoder = new TextEncoder();

/** The form of a message, by its first byte. */
export const formOf = (bytes: Uint8Array): Form => (isJson(bytes[0] ?? 0) ? 'json' : 'cbor');

const isJson = (first: number): boolean => first < 0x40 || first === 0x5b || (first >= 0x60 && first < 0x80);

/**
 * Decodes one message.
 * @throws PaddlewireError message-too-large, message-malformed, message-unknown, message-field, version-unsupported
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) throw new PaddlewireError('message-malformed', 'The message is empty.');
  if (bytes.length > MAX_MESSAGE_BYTES) throw new PaddlewireError('message-too-large');
  const form = formOf(bytes);
  const value = form === 'json' ? parseJson(bytes) : parseCbor(bytes);
  if (value instanceof Uint8Array) {
    if (value.length !== 3) throw new PaddlewireError('message-malformed', 'A short INPUT has three bytes.');
    return { form: 'cbor', short: unpackShortInput(value) };
  }
  return { form, message: fromValue(value, bytes.length, form) };
}

/**
 * Encodes one message. INPUT can be sent in its short form by `encodeShortInput`.
 * @throws PaddlewireError message-field, message-too-large: a bug of the caller
 */
export function encode(message: Message, form: Form = 'cbor'): Uint8Array {
  return message.type === 'SYNC' && form === 'cbor' ? encodeSync(message) : encodeWhole(message, form);
}

function encodeWhole(message: Message, form: Form): Uint8Array {
  const definition = MESSAGES[message.type];
  const values = message as unknown as Record<string, unknown>;
  const packed = Object.entries(definition.fields as Record<string, Field<unknown>>).map(([name, field]) => {
    const value = checkField(message.type, name, field, values[name]);
    return form === 'cbor' && field.pack ? field.pack(value) : value;
  });
  const bytes =
    form === 'cbor' ? toCbor([definition.type, ...packed]) : utf8Encoder.encode(toJson(message.type, packed));
  if (bytes.length > limit(definition.maxBytes, form)) throw new PaddlewireError('message-too-large', message.type);
  return bytes;
}

interface Tail {
  readonly commands: unknown;
  readonly bytes: Uint8Array;
}

/** Of the states that were sent of late: their bytes, with the commands before them. */
const tails = new WeakMap<object, Tail>();

/**
 * SYNC goes to each seat of a room in every tick, and only its number differs: what is the same object as before has the
 * same bytes as before.
 */
function encodeSync(message: MessageOf<'SYNC'>): Uint8Array {
  const { tick, seq, commands, state } = message;
  if (typeof state !== 'object' || state === null) return encodeWhole(message, 'cbor');
  // Without the two nulls of one byte each that stand for the tail.
  const head = toCbor([MESSAGES.SYNC.type, tick, seq, null, null]).subarray(0, -2);
  let tail = tails.get(state);
  if (tail?.commands !== commands) {
    tail = { commands, bytes: encodeWhole(message, 'cbor').subarray(head.length) };
    tails.set(state, tail);
  }
  const { bytes } = tail as Tail;
  if (head.length + bytes.length > MESSAGES.SYNC.maxBytes) throw new PaddlewireError('message-too-large', 'SYNC');
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  return whole;
}

/** The three bytes of a short INPUT, wrapped as the CBOR byte string that travels. */
export function encodeShortInput(input: Extract<Message, { type: 'INPUT' }>): Uint8Array {
  return toCbor(packShortInput(input));
}

/** JSON needs more room for the same message: names, digits, quotes. */
const limit = (maxBytes: number, form: Form): number =>
  form === 'cbor' ? maxBytes : Math.min(MAX_MESSAGE_BYTES, maxBytes * 4);

const toCbor = (value: unknown): Uint8Array => Uint8Array.from(cbor.encode(value));

function toJson(type: MessageName, values: unknown[]): string {
  const names = Object.keys(MESSAGES[type].fields);
  const plain = values.map((value) => (value instanceof Uint8Array ? [...value] : value));
  return JSON.stringify({ type, ...Object.fromEntries(names.map((name, index) => [name, plain[index]])) });
}

function parseCbor(bytes: Uint8Array): unknown {
  try {
    checkCbor(bytes);
    return cbor.decode(bytes);
  } catch (error) {
    throw new PaddlewireError('message-malformed', `Not CBOR of the contract: ${(error as Error).message}.`);
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8Decoder.decode(bytes));
  } catch {
    throw new PaddlewireError('message-malformed', 'Neither CBOR nor JSON.');
  }
}

function fromValue(value: unknown, size: number, form: Form): Message {
  const [head, get] = reader(value);
  const name = typeof head === 'number' ? messageName(head) : (head as MessageName);
  const definition = typeof name === 'string' && Object.hasOwn(MESSAGES, name) ? MESSAGES[name] : undefined;
  if (name === undefined || definition === undefined) {
    const quoted =
      typeof head === 'string' || typeof head === 'number' ? String(head).slice(0, 20) : `(${typeof head})`;
    throw new PaddlewireError('message-unknown', `Unknown message type ${quoted}.`);
  }
  if (size > limit(definition.maxBytes, form)) throw new PaddlewireError('message-too-large', `${name} is too large.`);
  const message: Record<string, unknown> = { type: name };
  let index = 0;
  for (const [field, kind] of Object.entries(definition.fields as Record<string, Field<unknown>>)) {
    message[field] = checkField(name, field, kind, get(field, ++index));
  }
  return message as unknown as Message;
}

/** The type of a message value, and how to get at its fields: by position in an array, by name in a map. */
function reader(value: unknown): [unknown, (name: string, index: number) => unknown] {
  if (Array.isArray(value)) return [value[0], (_name, index) => value[index]];
  if (typeof value === 'object' && value !== null) {
    const map = value as Record<string, unknown>;
    return [map['type'], (name) => (Object.hasOwn(map, name) ? map[name] : undefined)];
  }
  throw new PaddlewireError('message-malformed', 'A message is an array or a map.');
}

function checkField(message: MessageName, name: string, field: Field<unknown>, value: unknown): unknown {
  if ((value === undefined || value === null) && field.fallback !== undefined) return field.fallback;
  try {
    return field.check(value);
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new PaddlewireError('message-field', `${message}.${name} ${error.message}.`);
  }
}
