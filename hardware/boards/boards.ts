/** The boards we know, and which one shows by a USB id. */
import type { Board } from './board.ts';
import { esp32 } from './esp32.ts';
import { leonardo, proMicro } from './leonardo.ts';
import { mega } from './mega.ts';
import { microbit } from './microbit.ts';
import { nano } from './nano.ts';
import { picoW } from './pico-w.ts';
import { uno } from './uno.ts';

export const BOARDS: readonly Board[] = [uno, nano, mega, leonardo, proMicro, picoW, esp32, microbit];

/** What a USB id says: the board's name, or what converter it is; null if it is none of ours. */
export function nameOfUsb(vid: number, pid: number): string | null {
  const known = BOARDS.flatMap((board) => board.usb.map((id) => ({ board, id })));
  const found = known.find(({ id }) => id.vid === vid && id.pid === pid);
  if (found === undefined) return null;
  return found.id.converter === undefined ? found.board.name : `a board with a ${found.id.converter}`;
}
