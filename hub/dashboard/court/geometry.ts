/** Where things are on the canvas: the court with a board along each side, fitted into whatever room there is. */
import { withDefaults } from '../../../shared/games/game.ts';
import { pongLayout, type PongLayout } from '../../../shared/games/pong/layout.ts';
import { parameters } from '../../../shared/games/pong/parameters.ts';

/** The court is ruled like an exercise book: so many squares across its smaller dimension. */
const SQUARES = 40;
/** Width of the boards around the court, in squares. */
const BOARD_SQUARES = 2.4;

export interface Geometry {
  readonly layout: PongLayout;
  /** A square and a board, in px of the court. */
  readonly square: number;
  readonly board: number;
  /** Canvas px for a px of the court, and the court's top left corner on the canvas. */
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  /** Quarter turns clockwise in which the court is drawn. */
  readonly turn: 0 | 1 | 2 | 3;
}

/** Court and boards in px of the court. */
export function outline(layout: PongLayout): { width: number; height: number; square: number; board: number } {
  const square = Math.min(layout.width, layout.height) / SQUARES;
  const board = square * BOARD_SQUARES;
  return { width: layout.width + 2 * board, height: layout.height + 2 * board, square, board };
}

/** The layout of a scoreboard's parameters; what is missing or not valid there is the default. */
export const layoutOf = (given: Readonly<Record<string, unknown>>): PongLayout =>
  pongLayout(withDefaults(parameters, given));

/** Fits the court into a canvas of so many px, in the middle. */
export function fit(
  layout: PongLayout,
  canvasWidth: number,
  canvasHeight: number,
  turn: Geometry['turn'] = 0,
): Geometry {
  const { square, board, ...size } = outline(layout);
  const [width, height] = turn % 2 === 0 ? [size.width, size.height] : [size.height, size.width];
  const scale = Math.min(canvasWidth / width, canvasHeight / height);
  return {
    layout,
    square,
    board,
    scale,
    left: Math.round((canvasWidth - width * scale) / 2 + board * scale),
    top: Math.round((canvasHeight - height * scale) / 2 + board * scale),
    turn,
  };
}
