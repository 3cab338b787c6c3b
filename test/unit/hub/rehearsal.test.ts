import { expect, it } from 'vitest';
import { rehearse } from '../../../hub/rooms/rehearsal.ts';
import { GAMES } from '../../../shared/games/registry.ts';
import { withDefaults } from '../../../shared/games/game.ts';

it.each(GAMES)('plays whole matches of $name before the doors open', async (game) => {
  expect(await rehearse(game, withDefaults(game.parameters))).toBeGreaterThan(0);
});
