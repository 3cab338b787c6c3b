/**
 * Keeps one canvas alive, outside the component tree: sharp at any size and zoom, looked at once per frame of the screen,
 * and drawn when the picture is another than the one it shows. Without a graphics card drawing is most of what a page costs.
 */
import type { ReadonlySignal } from '@preact/signals';
import { withDefaults } from '../../../shared/games/game.ts';
import { parameters } from '../../../shared/games/pong/parameters.ts';
import type { PongView } from '../../../shared/games/pong/view.ts';
import type { Effects } from '../live/effects.ts';
import type { Scoreboard, SeatInfo } from '../live/model.ts';
import { fit, layoutOf, type Geometry } from './geometry.ts';
import { drawScene, fades, grownTrail, type Picture, type Scene } from './painter.ts';
import { readPalette, type Palette } from './palette.ts';
import { sameScene } from './same.ts';
import { drawScenery } from './scenery.ts';

/** What has to be known of a match besides its moments. */
export type StagedBoard = Pick<Scoreboard, 'parameters' | 'phase'> & {
  readonly seats: readonly Pick<SeatInfo, 'seat' | 'index' | 'device' | 'name' | 'present' | 'points'>[];
};

/** A match of Pong that can be drawn: a room of the hub, what somebody sees of it, or one that is played in the page. */
export interface Staged {
  readonly scoreboard: ReadonlySignal<StagedBoard>;
  readonly effects: Effects;
  readonly playout: { sample(now: number): PongView | null };
  /** Quarter turns clockwise; none if left out. */
  readonly turn?: Geometry['turn'];
}

/** Begins to draw a match on a canvas. @returns what ends it */
export function stageCourt(canvas: HTMLCanvasElement, room: Staged): () => void {
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) return () => {};
  const stage = new Stage(canvas, context, room);
  stage.start();
  return () => stage.stop();
}

/** Of what is out of sight, so much is drawn around the window, by its size: it is there when it is scrolled to. */
const AROUND = '25%';

/** What the canvas shows. */
interface Drawn {
  readonly scene: Scene;
  readonly calm: boolean;
  /** It is another a moment later, whatever else happens. */
  readonly fades: boolean;
}

class Stage {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #room: Staged;
  /** What stands still is drawn once and copied. */
  readonly #scenery = document.createElement('canvas');
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  readonly #lessMotion = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #resized = new ResizeObserver(() => this.#measure());
  readonly #scrolled = new IntersectionObserver(
    (entries) => (this.#inSight = entries.at(-1)?.isIntersecting ?? this.#inSight),
    { rootMargin: AROUND },
  );
  #geometry: Geometry | null = null;
  #palette: Palette;
  #trail: Scene['trail'] = [];
  #inSight = true;
  /** null: it has to be drawn anew. */
  #drawn: Drawn | null = null;
  #frame = 0;
  #endSubscription = (): void => {};

  constructor(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, room: Staged) {
    this.#canvas = canvas;
    this.#context = context;
    this.#room = room;
    this.#palette = readPalette(canvas);
  }

  start(): void {
    this.#resized.observe(this.#canvas);
    this.#scrolled.observe(this.#canvas);
    this.#scheme.addEventListener('change', this.#recolour);
    this.#endSubscription = this.#room.scoreboard.subscribe(() => this.#measure());
    this.#frame = requestAnimationFrame(this.#draw);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#resized.disconnect();
    this.#scrolled.disconnect();
    this.#scheme.removeEventListener('change', this.#recolour);
    this.#endSubscription();
  }

  readonly #recolour = (): void => {
    this.#palette = readPalette(this.#canvas);
    this.#measure();
  };

  /** Canvas px to a CSS px follows the screen and the reader's zoom. */
  #measure(): void {
    const ratio = window.devicePixelRatio;
    const width = Math.round(this.#canvas.clientWidth * ratio);
    const height = Math.round(this.#canvas.clientHeight * ratio);
    if (width === 0 || height === 0) return;
    for (const canvas of [this.#canvas, this.#scenery]) {
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
    }
    this.#drawn = null;
    const { parameters: given, seats } = this.#room.scoreboard.value;
    this.#geometry = fit(layoutOf(given), width, height, this.#room.turn);
    const context = this.#scenery.getContext('2d', { alpha: false });
    if (context === null) return;
    context.fillStyle = this.#palette.court;
    context.fillRect(0, 0, width, height);
    drawScenery(context, this.#geometry, this.#palette, seats, ratio);
  }

  readonly #draw = (now: number): void => {
    this.#frame = requestAnimationFrame(this.#draw);
    const geometry = this.#geometry;
    if (geometry === null) return;
    // Asked for each frame, drawn or not: what is asked goes by the time of the page, too.
    const scene = this.#scene(now);
    this.#trail = grownTrail(scene.trail, scene.view);
    const [context, palette, calm] = [this.#context, this.#palette, this.#lessMotion.matches];
    const picture: Picture = { context, geometry, palette, effects: this.#room.effects, calm, now };
    const next: Drawn = { scene, calm, fades: fades(picture) };
    if (!this.#inSight || (this.#drawn !== null && isSame(this.#drawn, next))) return;
    context.drawImage(this.#scenery, 0, 0);
    drawScene(picture, scene);
    this.#drawn = next;
  };

  #scene(now: number): Scene {
    const scoreboard = this.#room.scoreboard.value;
    const view = this.#room.playout.sample(now);
    const points = scoreboard.seats.map(({ device, points: known, index }) =>
      device === null ? null : (view?.scores[index] ?? known),
    );
    const { serveMs } = withDefaults(parameters, scoreboard.parameters);
    const ended = scoreboard.phase === 'over' || scoreboard.phase === 'waiting';
    return { view, points, serveMs, ended, trail: this.#trail };
  }
}

/** The last frame of what fades is drawn without it. */
const isSame = (drawn: Drawn, next: Drawn): boolean =>
  !drawn.fades && !next.fades && drawn.calm === next.calm && sameScene(drawn.scene, next.scene);
