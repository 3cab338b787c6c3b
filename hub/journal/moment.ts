/** A moment of a journal, from which a new match can go on. */
import { PaddlewireError } from '../../shared/errors.ts';
import { openJournal } from '../../shared/journal/open.ts';
import { seek } from '../../shared/journal/seek.ts';
import type { ForkedMatch } from '../rooms/room-parts.ts';

/** @throws PaddlewireError journal-tick-missing, -foreign, -newer, -headless, -rules-unknown, -unplayable */
export function momentOf(id: string, bytes: Uint8Array, tick: number): ForkedMatch {
  if (!Number.isSafeInteger(tick) || tick < 0) throw new PaddlewireError('journal-tick-missing');
  const reader = openJournal(bytes);
  const { replay } = seek(reader, tick);
  return { id, header: reader.header, tick, state: replay.state, commands: replay.commands };
}
