/** What the events of a court sound like: tones, no files. */
import { tone } from './speaker.ts';

interface Tone {
  readonly hz: number;
  readonly ms: number;
  /** After how long it begins. */
  readonly afterMs?: number;
}

const SOUNDS: Readonly<Record<string, readonly Tone[]>> = {
  bounce: [{ hz: 460, ms: 40 }],
  serve: [{ hz: 330, ms: 60 }],
  point: [
    { hz: 240, ms: 90 },
    { hz: 160, ms: 160, afterMs: 90 },
  ],
  win: [
    { hz: 523, ms: 110 },
    { hz: 659, ms: 110, afterMs: 120 },
    { hz: 784, ms: 110, afterMs: 240 },
    { hz: 1047, ms: 320, afterMs: 360 },
  ],
  go: [{ hz: 880, ms: 120 }],
  buzz: [{ hz: 180, ms: 220 }],
};

/** Lets an event be heard. */
export function sound(event: string): void {
  for (const { hz, ms, afterMs } of SOUNDS[event] ?? []) tone(hz, ms, afterMs);
}
