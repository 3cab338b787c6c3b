/** A game that draws itself, as a still picture of the tick that a film shows. */
import { readPalette } from '../court/palette.ts';
import { hasOwnPicture } from '../parts/drawn-games.ts';
import { paintScene } from '../scene/painter.ts';
import { picturesOf, type Pictures } from '../scene/pictures.ts';
import type { JournalHeader } from '../../../shared/journal/calls.ts';
import type { Film } from './film.ts';
import { Picture } from './picture.ts';

type FilmOf = Pick<JournalHeader, 'game' | 'parameters'>;

export interface FilmPicture {
  /** @param moving the picture follows the one before */
  draw(film: Film, moving: boolean): void;
}

class ScenePicture implements FilmPicture {
  readonly #canvas: HTMLCanvasElement;
  readonly #pictures: Pictures;

  constructor(canvas: HTMLCanvasElement, pictures: Pictures) {
    this.#canvas = canvas;
    this.#pictures = pictures;
    canvas.style.aspectRatio = String(pictures.aspect);
    canvas.style.setProperty('--aspect', String(pictures.aspect));
  }

  draw(film: Film): void {
    const context = this.#canvas.getContext('2d', { alpha: false });
    const ratio = window.devicePixelRatio;
    const width = Math.round(this.#canvas.clientWidth * ratio);
    const height = Math.round(this.#canvas.clientHeight * ratio);
    const { game, state } = film.replay;
    const scene = this.#pictures.draw(game.view(state));
    if (context === null || scene === null || width === 0 || height === 0) return;
    Object.assign(this.#canvas, { width, height });
    paintScene(context, scene, readPalette(this.#canvas), width, height);
  }
}

/** The pictures of a film on a canvas; null: its game has none. */
export function filmPicture(canvas: HTMLCanvasElement, { game, parameters }: FilmOf): FilmPicture | null {
  if (game === 'pong') return new Picture(canvas, parameters);
  // Of a class with buttons the points tell more than a lamp.
  if (hasOwnPicture(game)) return null;
  const pictures = picturesOf(game, parameters);
  return pictures === null ? null : new ScenePicture(canvas, pictures);
}
