/** Which games a bot can play, and how: the hub's own players, to fill seats. */
import { botButtons } from './pong/bot.ts';

/** The buttons that a bot holds, as bits of INPUT, by what its seat is told. */
export type Bot = (seen: unknown) => number;

const BOTS: ReadonlyMap<string, Bot> = new Map([['pong', botButtons as Bot]]);

/** The bot of a game, or undefined. */
export const botFor = (game: string): Bot | undefined => BOTS.get(game);
