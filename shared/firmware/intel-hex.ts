/** Reads Intel HEX (Intel, Hexadecimal Object File Format Specification, 1988): the form compilers give firmware in. */

/** A piece of memory: where it begins, in bytes, and what it holds. */
export interface HexBlock {
  readonly address: number;
  readonly bytes: Uint8Array;
}

const RECORD = /^:([0-9a-f]{2})([0-9a-f]{4})([0-9a-f]{2})((?:[0-9a-f]{2})*)([0-9a-f]{2})$/i;
const DATA = 0;
const END_OF_FILE = 1;
const EXTENDED_SEGMENT = 2;
const EXTENDED_LINEAR = 4;

/**
 * Parses the text of a HEX file.
 * @param sizeBytes size of the memory it is for
 * @throws Error naming the line, on a broken record, a wrong checksum, an address out of range or a missing end
 */
export function parseIntelHex(text: string, sizeBytes: number): HexBlock[] {
  const blocks: HexBlock[] = [];
  let base = 0;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const { address, type, bytes } = parseRecord(line.trim(), index + 1);
    if (type === END_OF_FILE) return blocks;
    if (type === EXTENDED_SEGMENT) base = word(bytes) << 4;
    else if (type === EXTENDED_LINEAR) base = word(bytes) * 0x1_0000;
    else if (type === DATA) {
      if (base + address + bytes.length > sizeBytes)
        throw new Error(`hex line ${index + 1}: beyond ${sizeBytes} bytes`);
      blocks.push({ address: base + address, bytes });
    }
  }
  throw new Error('hex: no end-of-file record; the file is cut off');
}

function parseRecord(line: string, number: number): { address: number; type: number; bytes: Uint8Array } {
  const [, count, address, type, hex, checksum] = RECORD.exec(line) ?? [];
  if (count === undefined || address === undefined || type === undefined || hex === undefined || !checksum) {
    throw new Error(`hex line ${number}: not an Intel HEX record`);
  }
  const bytes = bytesOf(hex);
  if (bytes.length !== parseInt(count, 16)) throw new Error(`hex line ${number}: ${bytes.length} bytes, not ${count}h`);
  let sum = parseInt(checksum, 16);
  for (const byte of bytesOf(line.slice(1, -2))) sum += byte;
  if ((sum & 0xff) !== 0) throw new Error(`hex line ${number}: wrong checksum`);
  return { address: parseInt(address, 16), type: parseInt(type, 16), bytes };
}

const word = (bytes: Uint8Array): number => ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => parseInt(hex.slice(2 * at, 2 * at + 2), 16));
