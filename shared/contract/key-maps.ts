/** The four key maps for human play: from `KeyboardEvent.code` to button bits. Several players can share a keyboard. */
import { BUTTON } from './messages.ts';

export const KEY_MAPS = {
  wasd: { KeyW: BUTTON.up, KeyS: BUTTON.down, KeyA: BUTTON.left, KeyD: BUTTON.right, Space: BUTTON.action },
  arrows: {
    ArrowUp: BUTTON.up,
    ArrowDown: BUTTON.down,
    ArrowLeft: BUTTON.left,
    ArrowRight: BUTTON.right,
    Enter: BUTTON.action,
  },
  ijkl: { KeyI: BUTTON.up, KeyK: BUTTON.down, KeyJ: BUTTON.left, KeyL: BUTTON.right, KeyH: BUTTON.action },
  numpad: {
    Numpad8: BUTTON.up,
    Numpad2: BUTTON.down,
    Numpad4: BUTTON.left,
    Numpad6: BUTTON.right,
    Numpad5: BUTTON.action,
  },
} as const satisfies Record<string, Readonly<Record<string, number>>>;

export type KeyMapName = keyof typeof KEY_MAPS;
export const KEY_MAP_NAMES = Object.keys(KEY_MAPS) as KeyMapName[];

/** The keys held now, as button bits. Each key counts by itself: releasing one never releases another. */
export class HeldKeys {
  readonly #map: Readonly<Record<string, number>>;
  readonly #held = new Set<string>();

  constructor(map: KeyMapName) {
    this.#map = KEY_MAPS[map];
  }

  /** @returns whether the key belongs to this map */
  set(code: string, down: boolean): boolean {
    if (!Object.hasOwn(this.#map, code)) return false;
    if (down) this.#held.add(code);
    else this.#held.delete(code);
    return true;
  }

  clear(): void {
    this.#held.clear();
  }

  get buttons(): number {
    let bits = 0;
    for (const code of this.#held) bits |= this.#map[code] as number;
    return bits;
  }
}
