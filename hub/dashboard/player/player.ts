/** Buttons, slider and keys of the page, and what it shows. */
import type { Call } from '../../../shared/journal/calls.ts';
import type { JournalReader } from '../../../shared/journal/journal-reader.ts';
import type { Film } from './film.ts';
import { filmPicture, type FilmPicture } from './film-picture.ts';
import { nameOf } from './picture.ts';

const SPEEDS = ['0.25', '0.5', '1', '2', '4', '8'];
/** Of a tab that slept, no more than this is made up for. */
const MAX_FRAME_MS = 250;

export class Player {
  readonly #film: Film;
  readonly #reader: JournalReader;
  readonly #page: HTMLElement;
  readonly #main = element('main');
  readonly #playing = button('Play');
  readonly #slider = element('input', { type: 'range', step: '1' });
  readonly #speed = element('select');
  readonly #place = element('output');
  readonly #words = element('p', { className: 'words' });
  readonly #picture: FilmPicture | null;
  readonly #notes: readonly Call[];
  #frame = 0;
  /** Time of the last frame, and ticks between two: fractions count. */
  #at = 0;
  #tick: number;

  constructor(page: HTMLElement, film: Film, reader: JournalReader) {
    [this.#page, this.#film, this.#reader, this.#tick] = [page, film, reader, film.first];
    this.#notes = film.notes;
    const canvas = element('canvas');
    canvas.setAttribute('role', 'img');
    this.#picture = filmPicture(canvas, reader.header);
    if (this.#picture !== null) this.#main.append(canvas);
  }

  start(): void {
    const { game, startedAt } = this.#reader.header;
    const header = element('header');
    const begun = new Date(startedAt).toLocaleString();
    header.append(element('h1', { textContent: document.title }), element('p', { textContent: `${game}, ${begun}` }));
    if (this.#reader.damage !== null)
      header.append(element('p', { className: 'warning', textContent: this.#reader.damage.text }));
    this.#page.append(header, this.#main, this.#controls(), this.#words);
    this.#keys();
    new ResizeObserver(() => this.#draw(false)).observe(this.#main);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw(false));
    this.#show(this.#film.first);
  }

  #controls(): HTMLElement {
    const { first, last } = this.#film;
    Object.assign(this.#slider, { min: String(first), max: String(last) });
    this.#slider.setAttribute('aria-label', 'Tick');
    this.#slider.addEventListener('input', () => this.#jump(Number(this.#slider.value)));
    this.#speed.setAttribute('aria-label', 'Speed');
    for (const speed of SPEEDS) this.#speed.append(new Option(`${speed}×`, speed, false, speed === '1'));
    this.#playing.addEventListener('click', () => this.#toggle());
    const controls = element('div', { className: 'controls' });
    controls.append(
      this.#playing,
      button('−1', 'One tick back', () => this.#jump(this.#film.replay.tick - 1)),
      button('+1', 'One tick on', () => this.#jump(this.#film.replay.tick + 1)),
      button('‹', 'To what was noted before', () => this.#toNote(-1)),
      button('›', 'To what is noted next', () => this.#toNote(1)),
      this.#slider,
      this.#speed,
      this.#place,
    );
    return controls;
  }

  #keys(): void {
    document.addEventListener('keydown', (event) => {
      // The slider and the buttons have keys of their own.
      if (event.target !== document.body) return;
      const { tick } = this.#film.replay;
      if (event.key === ' ') this.#toggle();
      else if (event.key === 'ArrowLeft') this.#jump(tick - 1);
      else if (event.key === 'ArrowRight') this.#jump(tick + 1);
      else return;
      event.preventDefault();
    });
  }

  #toggle(): void {
    if (this.#frame !== 0) return this.#stop();
    if (this.#film.replay.tick >= this.#film.last) this.#show(this.#film.first);
    this.#playing.textContent = 'Pause';
    this.#at = performance.now();
    this.#frame = requestAnimationFrame(this.#play);
  }

  #stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#playing.textContent = 'Play';
  }

  readonly #play = (now: number): void => {
    const passed = Math.max(0, Math.min(MAX_FRAME_MS, now - this.#at));
    this.#at = now;
    this.#tick += (passed * this.#reader.header.rate * Number(this.#speed.value)) / 1000;
    if (this.#tick >= this.#film.last) {
      this.#stop();
      this.#show(this.#film.last);
      return;
    }
    this.#frame = requestAnimationFrame(this.#play);
    this.#film.show(Math.floor(this.#tick));
    this.#tell(true);
  };

  #jump(tick: number): void {
    this.#stop();
    this.#show(tick);
  }

  /** To the nearest noted call before or behind the tick that is shown. */
  #toNote(way: -1 | 1): void {
    const { tick } = this.#film.replay;
    const note =
      way === 1 ? this.#notes.find((call) => call.tick > tick) : this.#notes.findLast((call) => call.tick < tick);
    this.#jump(note?.tick ?? (way === 1 ? this.#film.last : this.#film.first));
  }

  #show(tick: number): void {
    this.#film.show(tick);
    this.#tick = this.#film.replay.tick;
    this.#tell(false);
  }

  #tell(moving: boolean): void {
    const { tick, rate } = this.#film.replay;
    this.#slider.value = String(tick);
    this.#place.textContent = `${((tick - this.#film.first) / rate).toFixed(2)} s, tick ${tick} of ${this.#film.last}`;
    const words = this.#film.now.filter((call) => this.#notes.includes(call)).map(wordsOf);
    if (words.length > 0 || !moving) this.#words.textContent = words.join(' · ');
    this.#draw(moving);
  }

  #draw(moving: boolean): void {
    const scores = this.#scores();
    if (this.#picture === null) this.#main.replaceChildren(table(scores));
    else {
      this.#picture.draw(this.#film, moving);
      this.#main.firstElementChild?.setAttribute('aria-label', scores.map((cells) => cells.join(' ')).join(', '));
    }
  }

  /** Who sits, and the points. */
  #scores(): string[][] {
    const { game, state } = this.#film.replay;
    const points = game.scores(state);
    return this.#film.seated.flatMap((kind, seat) =>
      kind === null ? [] : [[nameOf(game.seats[seat] ?? '', kind), String(points[seat] ?? 0)]],
    );
  }
}

function wordsOf(call: Call): string {
  switch (call.op) {
    case 'seat':
      return `${call.event} ${call.seat + 1}`;
    case 'mark':
      return `${call.kind} ${JSON.stringify(call.data)}`;
    case 'host':
      return call.word;
    case 'pause':
      return `pause: ${call.reason}`;
    case 'outcome':
      return `outcome ${JSON.stringify(call.outcome)}`;
    case 'memory':
      return `${call.keys.join('.')} = ${JSON.stringify(call.value)}`;
    default:
      return call.op;
  }
}

function table(rows: readonly (readonly string[])[]): HTMLElement {
  const made = element('table');
  for (const [name = '', points = ''] of rows) {
    const row = element('tr');
    row.append(element('th', { textContent: name }), element('td', { textContent: points }));
    made.append(row);
  }
  return made;
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  values: Partial<HTMLElementTagNameMap[K]> = {},
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(name), values);
}

function button(text: string, label = '', run: () => void = () => {}): HTMLButtonElement {
  const made = element('button', { type: 'button', textContent: text });
  if (label !== '') Object.assign(made, { ariaLabel: label, title: label });
  made.addEventListener('click', run);
  return made;
}
