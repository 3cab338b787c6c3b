/**
 * Pictures of the games that draw themselves: the rules come with them, so pages load this when such a game is on.
 */
import { withDefaults } from '../../../shared/games/game.ts';
import { gameNamed } from '../../../shared/games/registry.ts';
import type { Scene } from '../../../shared/games/scene.ts';

export interface Pictures {
  /** Width over height. */
  readonly aspect: number;
  /** The picture of a view; null: the bytes are not one of this game. */
  draw(view: Uint8Array): Scene | null;
}

/** How a game is drawn with these parameters; null: this page does not know it, or it does not draw itself. */
export function picturesOf(name: string, given: Readonly<Record<string, unknown>>): Pictures | null {
  const game = gameNamed(name);
  const draw = game?.draw?.bind(game);
  if (game === undefined || draw === undefined) return null;
  const values = withDefaults(game.parameters, given);
  const empty = draw(game.view(game.initial(values, 0, 60)), values);
  return {
    aspect: empty.width / empty.height,
    draw: (view) => {
      try {
        return draw(view, values);
      } catch {
        // Of a newer hub, or a damaged message: the scoreboard still tells the score.
        return null;
      }
    },
  };
}
