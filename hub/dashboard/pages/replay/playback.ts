/** A film that runs: play, pause, speed, steps, jumps. What is shown is told by signals. */
import { signal } from '@preact/signals';
import type { Film } from '../../player/film.ts';

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8] as const;
/** Of a tab that slept, no more than this is made up for. */
const MAX_FRAME_MS = 250;

export class Playback {
  readonly film: Film;
  readonly #rate: number;
  /** The tick that the film shows. */
  readonly tick = signal(0);
  readonly playing = signal(false);
  readonly speed = signal(1);
  #frame = 0;
  #at = 0;
  /** With fractions of a tick, between two frames. */
  #exact = 0;

  /** @param rate ticks a second */
  constructor(film: Film, rate: number) {
    [this.film, this.#rate] = [film, rate];
    this.jump(film.first);
  }

  toggle(): void {
    if (this.playing.value) return this.stop();
    if (this.tick.value >= this.film.last) this.jump(this.film.first);
    this.playing.value = true;
    this.#at = performance.now();
    this.#frame = requestAnimationFrame(this.#run);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.playing.value = false;
  }

  jump(tick: number): void {
    this.stop();
    this.#show(tick);
    this.#exact = this.tick.value;
  }

  /** To the nearest noted call before or behind the tick that is shown. */
  toNote(way: -1 | 1): void {
    const { first, last, notes } = this.film;
    const now = this.tick.value;
    const note = way === 1 ? notes.find(({ tick }) => tick > now) : notes.findLast(({ tick }) => tick < now);
    this.jump(note?.tick ?? (way === 1 ? last : first));
  }

  readonly #run = (now: number): void => {
    const passed = Math.max(0, Math.min(MAX_FRAME_MS, now - this.#at));
    this.#at = now;
    this.#exact += (passed * this.#rate * this.speed.value) / 1000;
    if (this.#exact >= this.film.last) return this.jump(this.film.last);
    this.#frame = requestAnimationFrame(this.#run);
    this.#show(Math.floor(this.#exact));
  };

  #show(tick: number): void {
    this.film.show(tick);
    this.tick.value = this.film.replay.tick;
  }
}
