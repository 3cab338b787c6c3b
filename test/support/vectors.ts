/** The one file of test vectors, which the C tests of the firmware read too. */
import { readFileSync } from 'node:fs';
import { packageUrl } from '../../shared/package-files.ts';

export interface Vector {
  readonly kind: string;
  readonly name: string;
  /** JSON of the message, or the code or counter that is expected. */
  readonly expected: string;
  readonly payload: Uint8Array;
  readonly line: Uint8Array;
}

/** All vectors of a kind: message, short, refused, frame or lost. */
export function vectors(kind: string): Vector[] {
  const text = readFileSync(packageUrl('test/conformance/vectors.tsv'), 'utf8');
  return text
    .split('\n')
    .filter((row) => row.startsWith(`${kind}\t`))
    .map((row) => {
      const [, name = '', expected = '', payload = '', line = ''] = row.split('\t');
      return { kind, name, expected, payload: fromHex(payload), line: fromHex(line) };
    });
}

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
