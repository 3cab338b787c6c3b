/** What was noted in a match, in its order: each line leads to its tick. */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { noteWords, texts } from '../../texts/replay.ts';
import type { Playback } from './playback.ts';

interface TimelineProps {
  readonly playback: Playback;
  readonly rate: number;
  readonly seats: readonly string[];
}

export function Timeline({ playback, rate, seats }: TimelineProps): VNode {
  const { film } = playback;
  const notes = useMemo(() => film.notes, [film]);
  const now = playback.tick.value;
  const current = notes.findLastIndex(({ tick }) => tick <= now);
  return (
    <section class="timeline sheet">
      <h3>{texts.timeline}</h3>
      {notes.length === 0 && <p class="soft">{texts.nothingNoted}</p>}
      <ol>
        {notes.map((note, index) => (
          <li key={index}>
            <button
              type="button"
              class="quiet"
              {...(index === current && { 'aria-current': 'true' as const })}
              onClick={() => playback.jump(note.tick)}
            >
              <span class="number">{((note.tick - film.first) / rate).toFixed(1)} s</span>
              <span class="note">{noteWords(note, seats)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
