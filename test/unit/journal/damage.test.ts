/** Whatever happened to the bytes: a clear answer, what is whole is kept, and it ends. */
import { describe, expect, it } from 'vitest';
import { pong } from '../../../shared/games/pong/pong.ts';
import { PaddlewireError } from '../../../shared/errors.ts';
import { ByteWriter, type Plain } from '../../../shared/journal/byte-writer.ts';
import { crc32c } from '../../../shared/journal/crc32c.ts';
import { FORMAT_VERSION, MAGIC, MAX_FILE_BYTES, OP } from '../../../shared/journal/format.ts';
import { JournalReader } from '../../../shared/journal/journal-reader.ts';
import { openJournal } from '../../../shared/journal/open.ts';
import { repair } from '../../../shared/journal/repair.ts';
import { Bytes, callsIn, headerOf, recordMatch, RandomMatch, smallJournal } from '../../support/journals.ts';

const whole = smallJournal();
const calls = callsIn(whole);
/** Bytes of magic and header. */
const HEAD = headLength();

function headLength(): number {
  let length = whole.length;
  while (length > 0 && codeOf(whole.subarray(0, length - 1)) === 'readable') length--;
  return length;
}

function codeOf(bytes: Uint8Array): string {
  try {
    const reader = openJournal(bytes);
    for (const call of reader.calls()) expect(call.tick).toBeGreaterThanOrEqual(0);
    return 'readable';
  } catch (error) {
    if (!(error instanceof PaddlewireError)) throw error;
    return error.code;
  }
}

/** What can be read is the beginning of what was written. */
function expectBeginning(bytes: Uint8Array, said: string): JournalReader {
  const reader = new JournalReader(bytes);
  const found = [...reader.calls()];
  expect(found, said).toEqual(calls.slice(0, found.length));
  return reader;
}

/** A record with a right CRC, whatever it says. */
function record(op: number, fill: (body: ByteWriter) => void, size?: number): Uint8Array {
  const body = new ByteWriter().byte(op);
  fill(body);
  const framed = new ByteWriter().varint(size ?? body.length).bytes(body.take());
  return framed.uint32(crc32c(framed.take())).take();
}

const headed = (value: Plain): Uint8Array =>
  new ByteWriter()
    .bytes(MAGIC)
    .bytes(record(OP.header, (body) => void body.varint(0).varint(0).value(value)))
    .take();

describe('a damaged journal', () => {
  it('every single bit flipped: never taken for whole, and what comes before is kept', () => {
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const bytes = whole.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
      const code = codeOf(bytes);
      if (bit >> 3 < MAGIC.length) expect(code).toBe('journal-foreign');
      else if (bit >> 3 < HEAD) expect(code).toBe('journal-headless');
      else {
        const reader = expectBeginning(bytes, `bit ${bit}`);
        expect(reader.damage?.flaw, `bit ${bit}`).toBe('torn');
        expect(reader.damage?.offset).toBeLessThanOrEqual(bit >> 3);
        expect(reader.finished).toBe(false);
      }
    }
  });

  it('cut off after every byte: its whole records are kept, and repair makes a whole journal of them', () => {
    for (let length = HEAD; length < whole.length; length++) {
      const bytes = whole.subarray(0, length);
      const reader = expectBeginning(bytes, `${length} bytes`);
      const out = new Bytes();
      const { kept, lost } = repair(bytes, reader, out.sink);
      expect(kept + lost).toBe(length);
      const repaired = expectBeginning(out.all, `${length} bytes, repaired`);
      expect([repaired.damage, repaired.finished]).toEqual([null, true]);
      expect(repaired.index()).toEqual(repaired.scan());
      expect(out.all.subarray(0, kept)).toEqual(whole.subarray(0, kept));
    }
    for (let length = 0; length < HEAD; length++) expect(codeOf(whole.subarray(0, length))).toBe('journal-headless');
  });

  it('every prefix of whole records is a valid journal', () => {
    const match = new RandomMatch(pong, { seed: 5, ticks: 400, rare: 100, seats: 4 });
    const bytes = match.play();
    const all = callsIn(bytes);
    // Behind the head, and before the index and its trailer.
    for (const end of match.bytes.ends.slice(1, -2)) {
      const reader = new JournalReader(bytes.subarray(0, end));
      const found = [...reader.calls()];
      expect(reader.damage).toBeNull();
      expect(found).toEqual(all.slice(0, found.length));
    }
  });

  it('repairing a whole journal changes nothing', () => {
    const bytes = recordMatch(pong, { seed: 2, ticks: 2000, rare: 20 });
    const out = new Bytes();
    expect(repair(bytes, new JournalReader(bytes), out.sink).lost).toBe(0);
    expect(out.all).toEqual(bytes);
  });

  it.each([
    ['empty', new Uint8Array(0), 'journal-headless'],
    ['a text', new TextEncoder().encode('{"journal": true}'), 'journal-foreign'],
    ['only the magic bytes', MAGIC, 'journal-headless'],
    ['of a newer version', headed({ format: FORMAT_VERSION + 1, other: 1 }), 'journal-newer'],
    ['without a version', headed({ game: 'pong' }), 'journal-headless'],
    [
      'without seats',
      headed({ ...headerOf(pong, { seed: 1, ticks: 0 }), format: 1, seats: 'left' }),
      'journal-headless',
    ],
    [
      'of a rate that nobody can play',
      headed({ ...headerOf(pong, { seed: 1, ticks: 0 }), format: 1, rate: 1e9 }),
      'journal-headless',
    ],
    ['with a header of the wrong kind', headed([1, 2, 3]), 'journal-headless'],
  ])('%s', (_name, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  it('too large a file is refused before it is looked at', () => {
    expect(codeOf(new Uint8Array(MAX_FILE_BYTES + 1))).toBe('journal-too-large');
  });

  it.each<[string, Uint8Array]>([
    [
      'a record of a gigantic length',
      new ByteWriter()
        .varint(2 ** 50)
        .byte(1)
        .take(),
    ],
    ['a length without an end', new Uint8Array(20).fill(0xff)],
    [
      'a tick beyond all time',
      record(
        OP.key,
        (body) =>
          void body
            .varint(2 ** 40)
            .varint(0)
            .value(null)
            .value([]),
      ),
    ],
    ['a list of 4 billion', record(OP.key, (body) => void body.varint(0).varint(0).byte(0x9a).uint32(0xffff_ffff))],
    ['a text of 4 billion', record(OP.key, (body) => void body.varint(0).varint(0).byte(0x7a).uint32(0xffff_ffff))],
    ['lists in lists', record(OP.key, (body) => void body.varint(0).varint(0).bytes(new Uint8Array(1000).fill(0x81)))],
    [
      'a number that is none',
      record(OP.key, (body) => void body.varint(0).varint(0).byte(0xfb).bytes(new Uint8Array(8).fill(0xff))),
    ],
    ['commands of other seats', record(OP.key, (body) => void body.varint(0).varint(0).value({}).value([1]))],
    ['a second header', record(OP.header, (body) => void body.varint(0).varint(0).value({}))],
    [
      'an index of nonsense',
      record(
        OP.index,
        (body) =>
          void body
            .varint(0)
            .varint(0)
            .value([[-1, 2 ** 50]]),
      ),
    ],
  ])('%s ends the whole part there', (_name, tail) => {
    const begun = smallJournal(false);
    const reader = new JournalReader(new Uint8Array(Buffer.concat([begun, tail])));
    expect([...reader.calls()]).toHaveLength(calls.length);
    expect(reader.damage).toMatchObject({ flaw: 'torn', offset: begun.length });
  });

  it('records of one journal put into another are seen', () => {
    const two = recordMatch(pong, { seed: 9, ticks: 4000, rare: 0, finish: false });
    const [key] = new JournalReader(two).scan();
    // A key frame can be read alone, but not behind a later tick.
    const mixed = new Uint8Array(
      Buffer.concat([recordMatch(pong, { seed: 8, ticks: 2200, rare: 0, finish: false }), two.subarray(key?.offset)]),
    );
    const reader = new JournalReader(mixed);
    for (const call of reader.calls()) expect(call.tick).toBeLessThanOrEqual(2200);
    expect(reader.damage?.flaw).toBe('torn');
  });

  it('unknown ops of later minor kinds are passed over', () => {
    const begun = smallJournal(false);
    const out = new Bytes();
    out.sink(begun);
    const before = new DataView(begun.buffer, begun.length - 4).getUint32(0, true);
    const body = new ByteWriter().byte(40).varint(0).varint(0).value('later');
    const framed = new ByteWriter().varint(body.length).bytes(body.take());
    out.sink(framed.uint32(crc32c(framed.take(), before)).take());
    const longer = new JournalReader(out.all);
    expect([...longer.calls()]).toEqual(calls);
    expect(longer.damage).toBeNull();
  });
});
