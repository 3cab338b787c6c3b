/**
 * Keys of a terminal as held buttons. A terminal says only that a key was pressed, again and again while it is held, and
 * never that it was released: so a key counts as held for a while after it was last heard.
 */
import { HeldKeys, type KeyMapName } from '../../../shared/contract/key-maps.ts';

/** Until the keyboard's own repetition sets in (commonly 250 to 500 ms), and between its repetitions (about 30 ms). */
const FIRST_HOLD_MS = 500;
const REPEAT_HOLD_MS = 120;

const ARROWS: Readonly<Record<string, string>> = { A: 'ArrowUp', B: 'ArrowDown', C: 'ArrowRight', D: 'ArrowLeft' };

export class TerminalKeys {
  readonly #held: HeldKeys;
  readonly #onChange: (buttons: number) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #buttons = 0;

  constructor(map: KeyMapName, onChange: (buttons: number) => void) {
    this.#held = new HeldKeys(map);
    this.#onChange = onChange;
  }

  /** Bytes from the terminal in raw mode. @returns false if the user wants to quit (Esc, q or Ctrl-C) */
  push(input: string): boolean {
    for (let at = 0; at < input.length; at++) {
      const rest = input.slice(at);
      const arrow = /^\u001b[[O]([ABCD])/.exec(rest);
      if (arrow !== null) {
        this.#press(ARROWS[arrow[1] as string] as string);
        at += 2;
      } else if (rest.startsWith('\u0003') || rest.startsWith('\u001b') || rest.toLowerCase().startsWith('q')) {
        return false;
      } else {
        for (const code of codesOf(rest[0] as string)) this.#press(code);
      }
    }
    return true;
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#held.clear();
  }

  #press(code: string): void {
    if (!this.#held.set(code, true)) return;
    const timer = this.#timers.get(code);
    clearTimeout(timer);
    const holdMs = timer === undefined ? FIRST_HOLD_MS : REPEAT_HOLD_MS;
    // Another direction ends this one at once: waiting for its time to run out would feel stuck.
    for (const other of this.#timers.keys()) if (other !== code) this.#release(other);
    this.#timers.set(
      code,
      setTimeout(() => this.#release(code), holdMs),
    );
    this.#tell();
  }

  #release(code: string): void {
    clearTimeout(this.#timers.get(code));
    this.#timers.delete(code);
    this.#held.set(code, false);
    this.#tell();
  }

  #tell(): void {
    const { buttons } = this.#held;
    if (buttons === this.#buttons) return;
    this.#buttons = buttons;
    this.#onChange(buttons);
  }
}

/** The key codes that a typed character can come from; digits are those of the number pad. */
function codesOf(character: string): string[] {
  if (/^[a-z]$/i.test(character)) return [`Key${character.toUpperCase()}`];
  if (/^[0-9]$/.test(character)) return [`Numpad${character}`];
  if (character === ' ') return ['Space'];
  return character === '\r' || character === '\n' ? ['Enter'] : [];
}
