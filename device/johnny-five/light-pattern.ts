/** What the light of a paddle says, in time: the same patterns as those of the project's own firmware (docs/serial.md). */

/** Sixteen steps of 64 ms, the first in bit 0; a set bit is light. */
const PATTERNS = {
  off: 0x0000,
  steady: 0xffff,
  /** Looks for a hub. */
  'slow-blink': 0x00ff,
  /** Has a hub, waits for a seat. */
  'double-blink': 0x0005,
  flash: 0x3333,
  /** Identify: here it is. */
  flicker: 0x5555,
  /** Won. */
  'triple-flash': 0x0777,
} as const;
const STEP_MS = 64;
const STEPS = 16;

export type LightPattern = keyof typeof PATTERNS;

/** A light with a pattern for the paddle's state, and one that may be shown over it for a while. */
export class PatternLight {
  #base: LightPattern = 'off';
  #shown: LightPattern = 'off';
  #ageMs = 0;
  /** Until the base shows again; Infinity: until something else is shown. */
  #leftMs = Infinity;

  /** Sets what the state shows, and ends what was shown over it. */
  setBase(pattern: LightPattern): void {
    this.#base = pattern;
    this.#leftMs = Infinity;
    if (this.#shown !== pattern) this.show(pattern, 0);
  }

  /** Shows a pattern over the base. @param ms how long; 0: until another is shown or the base is set */
  show(pattern: LightPattern, ms: number): void {
    this.#shown = pattern;
    this.#ageMs = 0;
    this.#leftMs = ms === 0 ? Infinity : ms;
  }

  tick(elapsedMs: number): void {
    this.#ageMs += elapsedMs;
    this.#leftMs -= elapsedMs;
    if (this.#leftMs <= 0) this.show(this.#base, 0);
  }

  get lit(): boolean {
    return ((PATTERNS[this.#shown] >> (Math.floor(this.#ageMs / STEP_MS) % STEPS)) & 1) !== 0;
  }
}
