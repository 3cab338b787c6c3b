/** The page's one speaker: square waves, as the piezo of a board has them. Whether it is on is remembered. */
import { signal } from '@preact/signals';

const KEPT_AS = 'paddlewire-sound';
const LOUDNESS = 0.08;
/** Where a tone is said to have died away. */
const SILENCE = 0.001;

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

/** Whether the page was touched or typed at; until then a browser refuses sound and vibration, and complains if asked. */
export const hasBeenTouched = (): boolean => (navigator as Partial<Navigator>).userActivation?.hasBeenActive ?? true;

/** Lets a tone be heard that dies away. @param afterMs after how long it begins */
export function tone(hertz: number, ms: number, afterMs = 0): void {
  if (!soundOn.value || hertz <= 0 || ms <= 0 || document.hidden || !hasBeenTouched()) return;
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  const from = context.currentTime + afterMs / 1000;
  const to = from + ms / 1000;
  const oscillator = new OscillatorNode(context, { type: 'square', frequency: hertz });
  const gain = new GainNode(context, { gain: LOUDNESS });
  gain.gain.setValueAtTime(LOUDNESS, from);
  gain.gain.exponentialRampToValueAtTime(SILENCE, to);
  oscillator.connect(gain).connect(context.destination);
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
