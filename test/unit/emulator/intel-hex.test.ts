import { describe, expect, it } from 'vitest';
import { parseIntelHex } from '../../../shared/firmware/intel-hex.ts';
import { EmulatedUno } from '../../../hardware/emulator/uno.ts';

const END = ':00000001FF';

describe('parseIntelHex', () => {
  it('reads data records with their addresses', () => {
    const blocks = parseIntelHex(`:0300300002337A1E\r\n:02100000ABCD76\n\n${END}\n`, 0x8000);
    expect(blocks).toEqual([
      { address: 0x30, bytes: Uint8Array.of(0x02, 0x33, 0x7a) },
      { address: 0x1000, bytes: Uint8Array.of(0xab, 0xcd) },
    ]);
  });

  it('adds segment and linear base addresses', () => {
    expect(parseIntelHex(`:020000021200EA\n:0100000055AA\n${END}`, 0x1_4000)[0]!.address).toBe(0x12000);
    expect(parseIntelHex(`:020000040001F9\n:0100000055AA\n${END}`, 0x1_4000)[0]!.address).toBe(0x10000);
  });

  it.each([
    ['no record', 'hello', 'line 1'],
    ['a wrong checksum', ':0300300002337A1F', 'checksum'],
    ['a wrong count', ':0400300002337A1D', 'bytes'],
    ['no end', ':0300300002337A1E', 'end-of-file'],
    ['data beyond the memory', `:01800000552A\n${END}`, 'beyond'],
  ])('refuses %s and names it', (_, text, said) => {
    expect(() => parseIntelHex(text, 0x8000)).toThrow(said);
    expect(() => new EmulatedUno().load(text)).toThrow(said);
  });
});
