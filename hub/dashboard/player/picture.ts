/** Pong on a canvas, as the dashboard draws it but still: each picture is that of one tick. */
import { withDefaults } from '../../../shared/games/game.ts';
import { parameters } from '../../../shared/games/pong/parameters.ts';
import { readPongView } from '../../../shared/games/pong/view.ts';
import { fit, layoutOf, outline } from '../court/geometry.ts';
import { drawScene, grownTrail, type Scene } from '../court/painter.ts';
import { readPalette } from '../court/palette.ts';
import { drawScenery } from '../court/scenery.ts';
import { Effects } from '../live/effects.ts';
import type { SeatInfo } from '../live/model.ts';
import { seatName, texts } from '../texts/common.ts';
import type { Film, Seated } from './film.ts';

export class Picture {
  readonly #canvas: HTMLCanvasElement;
  readonly #given: Readonly<Record<string, unknown>>;
  #trail: Scene['trail'] = [];

  constructor(canvas: HTMLCanvasElement, given: Readonly<Record<string, unknown>>) {
    this.#canvas = canvas;
    this.#given = given;
    const { width, height } = outline(layoutOf(given));
    canvas.style.aspectRatio = String(width / height);
    canvas.style.setProperty('--aspect', String(width / height));
  }

  /** @param moving the picture follows the one before */
  draw(film: Film, moving: boolean): void {
    const context = this.#canvas.getContext('2d', { alpha: false });
    const ratio = window.devicePixelRatio;
    const width = Math.round(this.#canvas.clientWidth * ratio);
    const height = Math.round(this.#canvas.clientHeight * ratio);
    if (context === null || width === 0 || height === 0) return;
    Object.assign(this.#canvas, { width, height });
    const palette = readPalette(this.#canvas);
    const geometry = fit(layoutOf(this.#given), width, height);
    context.fillStyle = palette.court;
    context.fillRect(0, 0, width, height);
    drawScenery(context, geometry, palette, seatInfos(film), ratio);
    const { game, state } = film.replay;
    const view = readPongView(game.view(state));
    this.#trail = grownTrail(moving ? this.#trail : [], view);
    const points = film.seated.map((kind, seat) => (kind === null ? null : (view?.scores[seat] ?? 0)));
    const { serveMs } = withDefaults(parameters, this.#given);
    const ended = game.outcome(state) !== null;
    drawScene(
      { context, geometry, palette, effects: new Effects(), calm: !moving, now: 0 },
      { view, points, serveMs, ended, trail: this.#trail },
    );
  }
}

function seatInfos(film: Film): SeatInfo[] {
  const { lost } = film;
  return film.seated.map((kind, index) => {
    const seat = film.replay.game.seats[index] ?? '';
    const name = kind === null ? null : nameOf(seat, kind);
    const points = { points: 0, lifetimePoints: 0, lifetimeWins: 0 };
    return { seat, index, device: name, name, kind, link: null, present: !lost.has(index), ...points };
  });
}

/** A journal knows no names: seat and kind. */
export const nameOf = (seat: string, kind: NonNullable<Seated[number]>): string =>
  kind === '' ? seatName(seat) : `${seatName(seat)} (${texts.kinds[kind] ?? kind})`;
