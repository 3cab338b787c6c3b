/** Unos as they come out of their box: with a boot loader, and a program that is not ours, or an old one, or none. */
import type { RigBoard } from '../../hardware/emulator/rig.ts';
import { parseIntelHex } from '../../shared/firmware/intel-hex.ts';
import type { Bench } from './boards.ts';
import { optiboot } from './optiboot.ts';

/** A program of nothing. */
export const BLANK = ':00000001FF\n';

/** Plugs one in. */
export const unboxed = (bench: Bench, name: string, hex: string): Promise<RigBoard> =>
  bench.rig.add({ name, hex, bootloader: optiboot(), bootMs: 0, linkPath: bench.path(name) });

/** The program with another version in it, checksums made right. */
export function withVersion(hex: string, version: string): string {
  const blocks = parseIntelHex(hex, 0x8000);
  const image = Buffer.alloc(0x8000, 0xff);
  for (const { address, bytes } of blocks) image.set(bytes, address);
  const end = Math.max(...blocks.map(({ address, bytes }) => address + bytes.length));
  const at = image.indexOf('uno ');
  image.write(version, at + 4, 'latin1');
  const lines: string[] = [];
  for (let address = 0; address < end; address += 16) {
    const record = Buffer.from([16, address >> 8, address & 0xff, 0, ...image.subarray(address, address + 16)]);
    const sum = -record.reduce((total, byte) => total + byte, 0) & 0xff;
    lines.push(`:${record.toString('hex')}${sum.toString(16).padStart(2, '0')}`.toUpperCase());
  }
  return `${lines.join('\n')}\n:00000001FF\n`;
}
