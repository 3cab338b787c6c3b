/** Opens a journal for whoever is to be told in plain words what is wrong with it. */
import { PaddlewireError, type ErrorCode } from '../errors.ts';
import { withDefaults } from '../games/game.ts';
import { gameNamed, type AnyGame } from '../games/registry.ts';
import type { Plain } from './byte-writer.ts';
import type { JournalHeader } from './calls.ts';
import { MAX_FILE_BYTES } from './format.ts';
import { JournalError, JournalReader, type Flaw } from './journal-reader.ts';

const CODES: Readonly<Record<Flaw, ErrorCode>> = {
  foreign: 'journal-foreign',
  newer: 'journal-newer',
  headless: 'journal-headless',
  torn: 'journal-torn',
};

/** @throws PaddlewireError journal-foreign, -newer, -headless, -too-large */
export function openJournal(bytes: Uint8Array): JournalReader {
  if (bytes.length > MAX_FILE_BYTES) throw new PaddlewireError('journal-too-large');
  try {
    return new JournalReader(bytes);
  } catch (error) {
    if (error instanceof JournalError) throw new PaddlewireError(CODES[error.damage.flaw], error.damage.text);
    throw error;
  }
}

/** The rules that the journal was recorded with. @throws PaddlewireError journal-rules-unknown, -unplayable */
export function rulesOf({ game: name, rules, seats, parameters }: JournalHeader): AnyGame {
  const game = gameNamed(name);
  if (game === undefined || game.version !== rules)
    throw new PaddlewireError('journal-rules-unknown', `The rules are those of ${name}, version ${rules}.`);
  const valid: Readonly<Record<string, Plain>> = withDefaults(game.parameters, parameters);
  const same =
    Object.keys(parameters).length === Object.keys(valid).length &&
    Object.entries(valid).every(([key, value]) => parameters[key] === value);
  if (!same) throw new PaddlewireError('journal-unplayable', `The parameters are none of ${name}.`);
  if (seats.length !== game.seats.length || seats.some((seat, index) => seat !== game.seats[index]))
    throw new PaddlewireError('journal-unplayable', `The seats are none of ${name}.`);
  return game;
}

/** Says of a failure in the rules that the journal is at fault: no journal of a hub makes them fail. */
export function played<T>(play: () => T): T {
  try {
    return play();
  } catch (error) {
    if (error instanceof PaddlewireError) throw error;
    throw new PaddlewireError('journal-unplayable', `The rules fail on it: ${(error as Error).message}`);
  }
}
