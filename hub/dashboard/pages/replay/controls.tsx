/** Play, pause, steps, speed, and the bar to scrub on, with what was noted marked along it. */
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { texts } from '../../texts/replay.ts';
import { SPEEDS, type Playback } from './playback.ts';

interface ControlsProps {
  readonly playback: Playback;
  readonly rate: number;
}

export function Controls({ playback, rate }: ControlsProps): VNode {
  useKeys(playback);
  const { film } = playback;
  const tick = playback.tick.value;
  const seconds = ((tick - film.first) / rate).toFixed(2);
  return (
    <div class="replay-controls">
      <div class="scrub">
        <Marks playback={playback} />
        <input
          type="range"
          min={film.first}
          max={film.last}
          step="1"
          value={tick}
          aria-label={texts.tick}
          aria-valuetext={texts.place(seconds, tick, film.last)}
          onInput={(event) => playback.jump(Number(event.currentTarget.value))}
        />
      </div>
      <div class="replay-buttons">
        <button type="button" class="main" onClick={() => playback.toggle()}>
          {playback.playing.value ? texts.pause : texts.play}
        </button>
        <SignButton sign="−1" words={texts.stepBack} press={() => playback.jump(tick - 1)} />
        <SignButton sign="+1" words={texts.stepOn} press={() => playback.jump(tick + 1)} />
        <SignButton sign="‹" words={texts.noteBack} press={() => playback.toNote(-1)} />
        <SignButton sign="›" words={texts.noteOn} press={() => playback.toNote(1)} />
        <select
          aria-label={texts.speed}
          value={String(playback.speed.value)}
          onChange={(event) => (playback.speed.value = Number(event.currentTarget.value))}
        >
          {SPEEDS.map((speed) => (
            <option key={speed} value={String(speed)}>
              {speed}×
            </option>
          ))}
        </select>
        <output>{texts.place(seconds, tick, film.last)}</output>
      </div>
      <p class="soft">{texts.keys}</p>
    </div>
  );
}

interface SignButtonProps {
  readonly sign: string;
  /** What the sign means, for who cannot see it or wonders. */
  readonly words: string;
  readonly press: () => void;
}

function SignButton({ sign, words, press }: SignButtonProps): VNode {
  return (
    <button type="button" title={words} onClick={press}>
      <span aria-hidden="true">{sign}</span>
      <span class="unseen">{words}</span>
    </button>
  );
}

/** A line for each note, in the colour of its seat. */
function Marks({ playback: { film } }: { readonly playback: Playback }): VNode {
  const length = Math.max(1, film.last - film.first);
  const { seats } = film.replay.game;
  return (
    <svg class="marks" viewBox={`0 0 ${length} 1`} preserveAspectRatio="none" aria-hidden="true">
      {film.notes.map((note, index) => {
        const seat = note.op === 'mark' && typeof note.data === 'number' ? (seats[note.data] ?? '') : '';
        const at = note.tick - film.first;
        return <line key={index} class={seat} x1={at} x2={at} y1="0" y2="1" />;
      })}
    </svg>
  );
}

/** Keys of the whole page; those of a control that has the focus are its own. */
function useKeys(playback: Playback): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { target } = event;
      if (target instanceof Element && target.closest('input, select, button, a, summary, dialog') !== null) return;
      if (event.key === ' ') playback.toggle();
      else if (event.key === 'ArrowLeft') playback.jump(playback.tick.value - 1);
      else if (event.key === 'ArrowRight') playback.jump(playback.tick.value + 1);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [playback]);
}
