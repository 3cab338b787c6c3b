/** The only list of games. A new game is one folder and one line here. */
import type { Game } from './game.ts';
import { buzzer } from './buzzer/buzzer.ts';
import { hockey } from './hockey/hockey.ts';
import { pong } from './pong/pong.ts';
import { reaction } from './reaction/reaction.ts';
import { rps } from './rps/rps.ts';
import { snake } from './snake/snake.ts';
import { sum } from './sum/sum.ts';

/** A game of whatever state and command: for code that only hands them on. */
export type AnyGame = Game<unknown, unknown>;

export const GAMES: readonly AnyGame[] = [pong, reaction, buzzer, rps, sum, hockey, snake];

/** The game of that name, or undefined. */
export const gameNamed = (name: string): AnyGame | undefined => GAMES.find((game) => game.name === name);
