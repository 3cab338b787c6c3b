/** Who is to play a match, as a command line says it: files, bots, a keyboard, boards; each with the seat it wishes. */
import { basename } from 'node:path';
import { PaddlewireError } from '../../../shared/errors.ts';
import type { AnyGame } from '../../../shared/games/registry.ts';

export type Wish = { readonly name: string } & (
  | { readonly what: 'file'; readonly file: string }
  | { readonly what: 'bot' | 'keyboard' }
  /** null: on whatever port a board is found. */
  | { readonly what: 'board'; readonly port: string | null }
);

/** A player and its seat, by its index in the game. */
export type Seated = Wish & { readonly seat: string; readonly index: number };

/**
 * Gives every player a seat: those that name one first, the others in the order of the game.
 * @param texts `a.ts`, `bot`, `keyboard`, `board`, `board:left`, `board:/dev/ttyACM0`; `right=a.ts` names a seat
 * @throws PaddlewireError player-unknown, players-wrong, seat-unknown, seat-taken
 */
export function seatAll(game: AnyGame, texts: readonly string[]): Seated[] {
  const wishes = texts.map((text) => parse(game, text));
  const { seats, minSeats } = game;
  if (wishes.length < minSeats || wishes.length > seats.length)
    throw new PaddlewireError(
      'players-wrong',
      `${game.name} takes ${minSeats === seats.length ? '' : `${minSeats} to `}${seats.length} players, not ${wishes.length}.`,
    );
  const named = wishes.flatMap(({ seat }) => (seat === null ? [] : [seat]));
  const twice = named.find((seat, at) => named.indexOf(seat) !== at);
  if (twice !== undefined) throw new PaddlewireError('seat-taken', `Two players want ${twice}.`);
  const free = seats.filter((seat) => !named.includes(seat));
  const all: Seated[] = [];
  for (const { wish, seat: own } of wishes) {
    const seat = own ?? (free.shift() as string);
    all.push({ ...wish, seat, index: seats.indexOf(seat) });
  }
  return all.toSorted((one, other) => one.index - other.index);
}

interface Parsed {
  readonly wish: Wish;
  readonly seat: string | null;
}

function parse(game: AnyGame, text: string): Parsed {
  const [, before, after] = /^([\w-]+)=(.+)$/.exec(text) ?? [];
  if (before === undefined || after === undefined) return parsePlayer(game, text);
  return { ...parsePlayer(game, after), seat: seatOf(game, before) };
}

function parsePlayer(game: AnyGame, text: string): Parsed {
  const [word, rest] = splitOnce(text);
  if (word === 'bot' || word === 'keyboard')
    return { wish: { what: word, name: word }, seat: rest === null ? null : seatOf(game, rest) };
  if (word === 'board') {
    const port = rest?.startsWith('/') === true ? rest : null;
    return {
      wish: { what: 'board', name: 'board', port },
      seat: rest === null || port !== null ? null : seatOf(game, rest),
    };
  }
  if (!/[./]/.test(text))
    throw new PaddlewireError('player-unknown', `${text} is neither a file nor bot, keyboard or board.`);
  return { wish: { what: 'file', name: basename(text), file: text }, seat: null };
}

/** At the first colon; null: there is none. */
function splitOnce(text: string): [string, string | null] {
  const at = text.indexOf(':');
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

/** Seats may be written in capitals. */
function seatOf({ name, seats }: AnyGame, text: string): string {
  const seat = seats.find((one) => one === text.toLowerCase());
  if (seat === undefined)
    throw new PaddlewireError('seat-unknown', `${name} has no seat ${text}; it has ${seats.join(', ')}.`);
  return seat;
}
