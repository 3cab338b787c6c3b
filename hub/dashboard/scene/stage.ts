/** Keeps a canvas with the picture of a game that draws itself: sharp at any size and zoom, in either scheme. */
import type { Scene } from '../../../shared/games/scene.ts';
import { readPalette, type Palette } from '../court/palette.ts';
import type { ShownViews } from '../live/view-playout.ts';
import { between } from './glide.ts';
import { paintScene } from './painter.ts';
import type { Pictures } from './pictures.ts';

export interface SceneSource {
  sample(now: number): ShownViews | null;
}

/** Begins to draw, once per frame of the screen. @returns what ends it */
export function stageScene(canvas: HTMLCanvasElement, pictures: Pictures, source: SceneSource): () => void {
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) return () => {};
  const stage = new SceneStage(canvas, context, pictures, source);
  stage.start();
  return () => stage.stop();
}

class SceneStage {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #pictures: Pictures;
  readonly #source: SceneSource;
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  readonly #lessMotion = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #resized = new ResizeObserver(() => (this.#shown = null));
  /** Of the views that are shown: a view is drawn once, however many frames show it. */
  readonly #scenes = new WeakMap<Uint8Array, Scene>();
  #palette: Palette;
  /** What the canvas shows now; null: it has to be painted anew. */
  #shown: Scene | null = null;
  #frame = 0;

  constructor(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, pictures: Pictures, source: SceneSource) {
    this.#canvas = canvas;
    this.#context = context;
    this.#pictures = pictures;
    this.#source = source;
    this.#palette = readPalette(canvas);
  }

  start(): void {
    this.#resized.observe(this.#canvas);
    this.#scheme.addEventListener('change', this.#recolour);
    this.#frame = requestAnimationFrame(this.#draw);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#resized.disconnect();
    this.#scheme.removeEventListener('change', this.#recolour);
  }

  readonly #recolour = (): void => {
    this.#palette = readPalette(this.#canvas);
    this.#shown = null;
  };

  readonly #draw = (now: number): void => {
    this.#frame = requestAnimationFrame(this.#draw);
    const scene = this.#sceneAt(now);
    if (scene === null || scene === this.#shown) return;
    const ratio = window.devicePixelRatio;
    const width = Math.round(this.#canvas.clientWidth * ratio);
    const height = Math.round(this.#canvas.clientHeight * ratio);
    if (width === 0 || height === 0) return;
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    paintScene(this.#context, scene, this.#palette, width, height);
    this.#shown = scene;
  };

  #sceneAt(now: number): Scene | null {
    const views = this.#source.sample(now);
    if (views === null) return null;
    const latest = this.#sceneOf(views.latest);
    const before = views.before === null ? null : this.#sceneOf(views.before);
    // Who asked for less motion sees each moment where it is.
    if (latest === null || before === null || this.#lessMotion.matches) return latest;
    return between(before, latest, views.part);
  }

  #sceneOf(view: Uint8Array): Scene | null {
    const known = this.#scenes.get(view);
    if (known !== undefined) return known;
    const scene = this.#pictures.draw(view);
    if (scene !== null) this.#scenes.set(view, scene);
    return scene;
  }
}
