/** One of the hub's own players in the arena: it answers at once. */
import type { Bot, BotMaker } from '../../shared/games/bots.ts';
import type { Player } from './player.ts';

export function botPlayer(make: BotMaker, seed: number, name = 'bot'): Player {
  let bot: Bot = make(seed);
  return {
    name,
    // Each match is played as if it were its first, so that it can be played again.
    begin: () => void (bot = make(seed)),
    act: (_tick, seen) => bot(seen),
  };
}
