/** What is said of a room over HTTP is checked here: its name, its game, the parameters of that game. */
import { PaddlewireError } from '../../shared/errors.ts';
import { isValid } from '../../shared/games/game.ts';
import { rangeOf } from '../../shared/games/positional.ts';
import { gameNamed, GAMES, type AnyGame } from '../../shared/games/registry.ts';

/** Rooms of the league have names of their own. */
const ROOM_NAME = /^(?!league(-\d+)?$)[a-z0-9-]{1,24}$/;

export const isRoomName = (name: string): boolean => ROOM_NAME.test(name);

/** @throws PaddlewireError game-unknown */
export function gameCalled(name: string): AnyGame {
  const game = gameNamed(name);
  if (game !== undefined) return game;
  const names = GAMES.map((one) => one.name).join(', ');
  throw new PaddlewireError('game-unknown', `There is no game ${name}; the games are ${names}.`);
}

/** @throws PaddlewireError parameter-invalid */
export function checkedParameters(game: AnyGame, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  for (const [name, value] of Object.entries(given)) {
    const parameter = Object.hasOwn(game.parameters, name) ? game.parameters[name] : undefined;
    if (parameter === undefined)
      throw new PaddlewireError(
        'parameter-invalid',
        `${game.name} has no parameter ${name}; it has ${Object.keys(game.parameters).join(', ')}.`,
      );
    if (!isValid(parameter, value))
      throw new PaddlewireError('parameter-invalid', `${name} of ${game.name} must be ${rangeOf(parameter)}.`);
  }
  return { ...given };
}
