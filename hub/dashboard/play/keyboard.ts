/** One keyboard for several players: each key is held by whoever has it in a map. */
import { HeldKeys, type KeyMapName } from '../../../shared/contract/key-maps.ts';

export interface KeyPlayer {
  readonly keys: KeyMapName;
  /** @param at when it changed, in ms of performance.now() */
  hold(buttons: number, at: number): void;
}

/** Listens until the returned function is called. `players` is asked at each key. */
export function listenToKeys(players: () => readonly KeyPlayer[]): () => void {
  const held = new Map<KeyMapName, HeldKeys>();
  const keysOf = (map: KeyMapName): HeldKeys => {
    const known = held.get(map) ?? new HeldKeys(map);
    held.set(map, known);
    return known;
  };
  const take = (event: KeyboardEvent, down: boolean): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || (down && belongsElsewhere(event))) return;
    for (const player of players()) {
      const keys = keysOf(player.keys);
      if (!keys.set(event.code, down)) continue;
      event.preventDefault();
      if (!event.repeat) player.hold(keys.buttons, event.timeStamp);
    }
  };
  // Keys that are let go while another window has the keyboard are never told of.
  const letGo = (): void => {
    for (const player of players()) {
      keysOf(player.keys).clear();
      player.hold(0, performance.now());
    }
  };
  const ended = new AbortController();
  const { signal } = ended;
  addEventListener('keydown', (event) => take(event, true), { signal });
  addEventListener('keyup', (event) => take(event, false), { signal });
  addEventListener('blur', letGo, { signal });
  return () => ended.abort();
}

/** A key that a control of the page wants for itself: a letter in a field, or the one that presses a button. */
function belongsElsewhere({ target, code }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input:not([type=checkbox]), select, textarea') !== null) return true;
  return (code === 'Enter' || code === 'Space') && target.closest('button, a, summary, input') !== null;
}
