/** Whether a game says of itself what forms, command lines and messages need. */
import { BUTTON, MAX_SEATS } from '../../contract/messages.ts';
import { isValid, type Parameter } from '../game.ts';
import type { AnyGame } from '../registry.ts';
import type { Findings } from './findings.ts';

export const GAME_NAME = /^[a-z][a-z0-9]{1,19}$/;
const SEAT_NAME = /^[a-z0-9-]{1,12}$/;
const PARAMETER_NAME = /^[a-z][A-Za-z0-9]{0,31}$/;

export function checkDescription(game: AnyGame, findings: Findings): void {
  const { name, version, about, seats, minSeats, controls, words = [] } = game;
  const fault = (text: string): void => findings.add('description', text);
  if (!GAME_NAME.test(name)) fault(`The name ${JSON.stringify(name)} must be 2 to 20 of a-z and 0-9, a letter first.`);
  if (!Number.isInteger(version) || version < 1) fault(`version is ${version}; count from 1.`);
  if (about.trim() === '' || about.length > 200)
    fault('about must say in one sentence of at most 200 letters what one does.');
  const named = seats.every((seat) => SEAT_NAME.test(seat)) && new Set(seats).size === seats.length;
  if (!named || seats.length === 0 || seats.length > MAX_SEATS)
    fault(`seats must be 1 to ${MAX_SEATS} different names of at most 12 of a-z, 0-9 and -.`);
  if (!Number.isInteger(minSeats) || minSeats < 1 || minSeats > seats.length)
    fault(`minSeats is ${minSeats}; from 1 to the number of seats, ${seats.length}.`);
  const unknown = Object.keys(controls).find((control) => control !== 'axis' && !Object.hasOwn(BUTTON, control));
  if (unknown !== undefined) fault(`controls has ${unknown}; there are ${Object.keys(BUTTON).join(', ')} and axis.`);
  if (Object.keys(controls).length === 0 && words.length === 0)
    fault('controls is empty: nobody could play it by hand.');
  const deaf = words.find((word) => findings.call('validate', () => game.validate(word, 0)) === null);
  if (deaf !== undefined) fault(`words has ${JSON.stringify(deaf)}, which validate does not take.`);
  for (const [key, parameter] of Object.entries(game.parameters)) checkParameter(key, parameter, findings);
}

function checkParameter(name: string, parameter: Parameter, findings: Findings): void {
  const fault = (text: string): void => findings.add('parameters', `The parameter ${name} ${text}`);
  if (!PARAMETER_NAME.test(name)) fault('must have a name of at most 32 letters and digits, a small letter first.');
  if (!isValid(parameter, parameter.default))
    fault(`has the default ${parameter.default}, which is not one of its values.`);
  if (parameter.doc.trim() === '') fault('says nothing in its doc.');
}
