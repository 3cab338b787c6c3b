/** What can be a RECORD: checked before it is kept, because what no hub takes would wait for ever. */
import { checkCbor } from '../../shared/contract/cbor-check.ts';
import { encode, type Form } from '../../shared/contract/codec.ts';
import { PaddlewireError } from '../../shared/errors.ts';

/**
 * @returns a copy of the data as it is now, of the contract's data model alone
 * @throws PaddlewireError message-malformed, message-too-large
 */
export function recordable(data: unknown, form: Form = 'cbor'): unknown {
  const copy = plain(data);
  check(Number.MAX_SAFE_INTEGER, copy, form);
  return copy;
}

/** The bytes of a RECORD, or null if the hub would refuse them. */
export function recordBytes(seq: number, data: unknown, form: Form = 'cbor'): Uint8Array | null {
  try {
    return check(seq, data, form);
  } catch {
    return null;
  }
}

function check(seq: number, data: unknown, form: Form): Uint8Array {
  const bytes = encode({ type: 'RECORD', seq, data }, form);
  if (form === 'cbor') {
    try {
      checkCbor(bytes);
    } catch (error) {
      throw malformed((error as Error).message);
    }
  }
  return bytes;
}

/** Through JSON, as a file keeps it and the hub stores it: what would change on that way is refused. */
function plain(data: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(data ?? null, refuse)) as unknown;
  } catch (error) {
    throw error instanceof PaddlewireError ? error : malformed((error as Error).message);
  }
}

function refuse(_key: string, value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value;
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind === 'Object' || Array.isArray(value)) return value;
  throw malformed(typeof value === 'number' ? `${value} is no finite number` : `${kind} is no data`);
}

const malformed = (what: string): PaddlewireError =>
  new PaddlewireError('message-malformed', `The hub would not take the record: ${what}.`);
