/** The court's sounds, made in the page: no files. Whether they are heard is the reader's choice, and remembered. */
import { signal } from '@preact/signals';

const KEPT_AS = 'paddlewire-sound';

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
const LOUDNESS = 0.08;

export const soundOn = signal(kept());

let context: AudioContext | null = null;

export function switchSound(on: boolean): void {
  soundOn.value = on;
  try {
    localStorage.setItem(KEPT_AS, on ? 'on' : 'off');
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}

/** Lets an event be heard. Before the first touch of the page a browser lets nothing be heard, and complains if asked to. */
export function sound(event: string): void {
  const tones = SOUNDS[event];
  if (tones === undefined || !soundOn.value || !navigator.userActivation.hasBeenActive || document.hidden) return;
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  for (const tone of tones) playTone(context, tone);
}

/** A square wave that dies away, as the piezo of a board has it. */
function playTone(audio: AudioContext, { hz, ms, afterMs = 0 }: Tone): void {
  const from = audio.currentTime + afterMs / 1000;
  const to = from + ms / 1000;
  const oscillator = new OscillatorNode(audio, { type: 'square', frequency: hz });
  const gain = new GainNode(audio, { gain: LOUDNESS });
  gain.gain.setValueAtTime(LOUDNESS, from);
  gain.gain.exponentialRampToValueAtTime(0.001, to);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(from);
  oscillator.stop(to);
}

function kept(): boolean {
  try {
    return localStorage.getItem(KEPT_AS) !== 'off';
  } catch {
    return true;
  }
}
