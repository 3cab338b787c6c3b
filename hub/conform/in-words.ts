/** Bytes as a person can read them: in hex, and what they mean. */
import { decode } from '../../shared/contract/codec.ts';

const MAX_SHOWN = 48;

export function hex(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.subarray(0, MAX_SHOWN))
    .toString('hex')
    .replaceAll(/(..)(?=.)/g, '$1 ');
  return bytes.length > MAX_SHOWN ? `${shown} … (${bytes.length} bytes)` : shown;
}

/** One message: its bytes, and as the contract reads them, or why it cannot. */
export function inWords(bytes: Uint8Array): string {
  return `${hex(bytes)} = ${meaning(bytes)}`;
}

function meaning(bytes: Uint8Array): string {
  try {
    const { message, short } = decode(bytes);
    return message === undefined ? `short INPUT ${JSON.stringify(short)}` : cut(JSON.stringify(message));
  } catch (error) {
    return `no message: ${(error as Error).message}`;
  }
}

const cut = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
