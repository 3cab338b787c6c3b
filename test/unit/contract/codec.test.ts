import { describe, expect, it } from 'vitest';
import { decode, encode, encodeShortInput } from '../../../shared/contract/codec.ts';
import { MAX_MESSAGE_BYTES, MESSAGES, type Message, type MessageName } from '../../../shared/contract/messages.ts';
import { SHORT_SEQ_WRAP, SHORT_TIME_WRAP_US, unwrap } from '../../../shared/contract/short-input.ts';
import { PaddlewireError, type ErrorCode } from '../../../shared/errors.ts';
import { Random } from '../../support/random.ts';
import { toHex, vectors } from '../../support/vectors.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const fromJson = (json: string): Message =>
  JSON.parse(json, (key, value: unknown) => (key === 'view' ? Uint8Array.from(value as number[]) : value)) as Message;

function codeOf(bytes: Uint8Array): ErrorCode | 'accepted' {
  try {
    decode(bytes);
    return 'accepted';
  } catch (error) {
    if (error instanceof PaddlewireError) return error.code;
    throw error;
  }
}

describe('the vectors', () => {
  it.each(vectors('message'))('message: $name', ({ expected, payload }) => {
    expect(decode(payload)).toEqual({ form: 'cbor', message: fromJson(expected) });
    expect(toHex(encode(fromJson(expected)))).toBe(toHex(payload));
  });

  it.each(vectors('message'))('the same as JSON: $name', ({ expected }) => {
    expect(decode(utf8(expected))).toEqual({ form: 'json', message: fromJson(expected) });
    expect(decode(encode(fromJson(expected), 'json'))).toEqual({ form: 'json', message: fromJson(expected) });
  });

  it.each(vectors('short'))('short input: $name', ({ expected, payload }) => {
    expect(decode(payload)).toEqual({ form: 'cbor', short: JSON.parse(expected) as unknown });
  });

  it.each(vectors('refused'))('refused: $name', ({ expected, payload }) => {
    expect(codeOf(payload)).toBe(expected);
  });

  it('has an example of every message', () => {
    const named = new Set(vectors('message').map(({ expected }) => fromJson(expected).type));
    expect([...named].toSorted()).toEqual(Object.keys(MESSAGES).toSorted());
  });
});

describe('JSON', () => {
  it('is accepted as an array with the name or number of the type first', () => {
    const message = { type: 'INPUT', seq: 1, time: 0, buttons: 2, axis: null };
    expect(decode(utf8('["INPUT",1,0,2]')).message).toEqual(message);
    expect(decode(utf8('[4,1,0,2]')).message).toEqual(message);
  });

  it('needs only the fields that have no default', () => {
    expect(decode(utf8('{"type":"HELLO","version":1,"id":"x"}')).message).toMatchObject({
      kind: 'agent',
      wants: 0,
      maxBaud: 0,
    });
    expect(codeOf(utf8('{"type":"HELLO","version":1}'))).toBe('message-field');
  });

  it.each(['\u0000', '\n', '\u001b[2J', '\u007f', '\u009b2J'])(
    'a name with the control character of %j is none',
    (control) => {
      const hello = JSON.stringify({ type: 'HELLO', version: 1, id: 'a', name: `A${control}` });
      expect(() => decode(new TextEncoder().encode(hello))).toThrow('without control characters');
    },
  );

  it('names the field that is wrong, and its range', () => {
    expect(() => decode(utf8('{"type":"INPUT","seq":1,"buttons":256}'))).toThrow(
      'INPUT.buttons must be an integer from 0 to 255.',
    );
  });

  it('does not reach into the prototype', () => {
    expect(codeOf(utf8('{"type":"constructor"}'))).toBe('message-unknown');
    expect(codeOf(utf8('["__proto__"]'))).toBe('message-unknown');
  });
});

describe('hostile bytes', () => {
  it('are refused with a code, whatever they are', () => {
    const random = new Random(7);
    const codes = new Set<string>();
    for (let round = 0; round < 20_000; round++) codes.add(codeOf(random.bytes(1 + random.below(60))));
    expect([...codes].every((code) => code === 'accepted' || code.startsWith('message-'))).toBe(true);
    expect(codes.size).toBeGreaterThan(2);
  });

  it('are refused with a code when they begin like a message', () => {
    const random = new Random(8);
    const examples = vectors('message').map(({ payload }) => payload);
    for (let round = 0; round < 20_000; round++) {
      const bytes = Uint8Array.from(random.pick(examples));
      bytes[random.below(bytes.length)] = random.below(256);
      expect(codeOf(bytes)).toMatch(/^accepted$|^message-/);
    }
  });

  it('cost neither memory nor stack: bombs are refused before they are decoded', () => {
    const deep = new Uint8Array(MAX_MESSAGE_BYTES).fill(0x81);
    const wide = Uint8Array.of(0x9b, 0, 0, 0, 1, 0, 0, 0, 0);
    const maps = new Uint8Array(MAX_MESSAGE_BYTES).fill(0xa1);
    const many = Uint8Array.of(0x99, 0x02, 0x58, ...new Uint8Array(600));
    for (const bomb of [deep, wide, maps, many]) expect(codeOf(bomb)).toBe('message-malformed');
    expect(codeOf(utf8('['.repeat(MAX_MESSAGE_BYTES)))).toBe('message-malformed');
    expect(codeOf(new Uint8Array(MAX_MESSAGE_BYTES + 1))).toBe('message-too-large');
  });

  it('every message has a size of its own, which its own encoding respects', () => {
    const long = { type: 'COMMAND', seq: 1, tick: 0, value: 'x'.repeat(600) } as const;
    expect(() => encode(long)).toThrow(PaddlewireError);
    for (const [name, { maxBytes }] of Object.entries(MESSAGES))
      expect(maxBytes, name).toBeLessThanOrEqual(MAX_MESSAGE_BYTES);
    expect(codeOf(Uint8Array.of(0x82, 0x03, 0x58, 20, ...new Uint8Array(20)))).toBe('message-too-large');
  });
});

describe('sizes', () => {
  it('INPUT is four bytes in its short form', () => {
    expect(encodeShortInput({ type: 'INPUT', seq: 2 ** 31, time: 2 ** 31, buttons: 3, axis: null })).toHaveLength(4);
    expect(encodeShortInput({ type: 'INPUT', seq: 5, time: 0, buttons: 0, axis: 4095 })).toHaveLength(4);
  });

  it('a snapshot of 23 bytes of view is at most 32 bytes as published', () => {
    const largest = { type: 'SNAPSHOT', tick: 2 ** 32 - 1, phase: 'over', view: new Uint8Array(23).fill(255) } as const;
    expect(encode(largest).length).toBeLessThanOrEqual(32);
  });
});

describe('unwrap', () => {
  it('finds the nearest number, over every wrap', () => {
    for (const wrap of [SHORT_SEQ_WRAP, SHORT_TIME_WRAP_US]) {
      for (const whole of [0, 1, wrap - 1, wrap, wrap + 1, 10 * wrap + 3]) {
        for (const off of [-(wrap / 2 - 1), -1, 0, 1, wrap / 2 - 1]) {
          if (whole + off >= 0) expect(unwrap(whole % wrap, wrap, whole + off)).toBe(whole);
        }
      }
    }
  });
});

describe('encode', () => {
  it('refuses what the table does not allow: a bug of the caller', () => {
    const wrong = { type: 'PING', token: -1 } as const;
    expect(() => encode(wrong)).toThrow('PING.token must be');
    const names = Object.keys(MESSAGES) as MessageName[];
    expect(new Set(names.map((name) => MESSAGES[name].type)).size).toBe(names.length);
  });
});
