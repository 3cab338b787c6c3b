/** Which games a bot can play, and how: the hub's own players, to fill seats. */
import { PaddlewireError } from '../errors.ts';
import { hockeyBot } from './hockey/bot.ts';
import { pongBot } from './pong/bot.ts';
import { reactionBot } from './reaction/bot.ts';
import { rpsBot } from './rps/bot.ts';
import { snakeBot } from './snake/bot.ts';
import { sumBot } from './sum/bot.ts';

/** What a bot says, as an agent would in COMMAND, by what its seat is told; null: nothing new. */
export type Bot = (seen: unknown) => unknown;

/** Makes a bot; those of one seed play alike, so that a match can be played again. */
export type BotMaker = (seed: number) => Bot;

const BOTS: ReadonlyMap<string, BotMaker> = new Map<string, BotMaker>([
  ['pong', pongBot],
  ['reaction', reactionBot],
  ['rps', rpsBot],
  ['sum', sumBot],
  ['hockey', hockeyBot],
  ['snake', snakeBot],
]);

/** The bot of a game. @throws PaddlewireError game-without-bot */
export function botOf(game: string): BotMaker {
  const bot = botFor(game);
  if (bot === undefined) throw new PaddlewireError('game-without-bot', `There is no bot for ${game}.`);
  return bot;
}

/** The bot of a game, or undefined. */
export const botFor = (game: string): BotMaker | undefined => BOTS.get(game);
