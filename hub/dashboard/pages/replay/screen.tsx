/** The picture of the tick: the court, or the points of a game that has none. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { effect } from '@preact/signals';
import type { JournalHeader } from '../../../../shared/journal/calls.ts';
import { filmPicture } from '../../player/film-picture.ts';
import { nameOf } from '../../player/picture.ts';
import { texts } from '../../texts/replay.ts';
import type { Playback } from './playback.ts';

interface ScreenProps {
  readonly playback: Playback;
  readonly header: JournalHeader;
}

export function Screen({ playback, header }: ScreenProps): VNode {
  const [drawn, setDrawn] = useState(true);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const end = keepDrawn(canvas.current, playback, header);
    if (end === null) setDrawn(false);
    return end ?? undefined;
  }, [playback, header]);
  return (
    <div class="screen">
      {drawn ? <canvas ref={canvas} role="img" aria-label={texts.picture('')} /> : <Points playback={playback} />}
    </div>
  );
}

/** Draws each tick that is shown, and again when size or scheme change. @returns what ends it; null: there is no picture */
function keepDrawn(canvas: HTMLCanvasElement, playback: Playback, header: JournalHeader): (() => void) | null {
  const picture = filmPicture(canvas, header);
  if (picture === null) return null;
  const draw = (): void => {
    picture.draw(playback.film, playback.playing.peek());
    canvas.setAttribute('aria-label', texts.picture(scoresOf(playback).join(', ')));
  };
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const resized = new ResizeObserver(draw);
  const end = effect(() => {
    void playback.tick.value;
    draw();
  });
  scheme.addEventListener('change', draw);
  resized.observe(canvas);
  return () => {
    end();
    scheme.removeEventListener('change', draw);
    resized.disconnect();
  };
}

function Points({ playback }: { readonly playback: Playback }): VNode {
  void playback.tick.value;
  return (
    <ul class="replay-points sheet">
      {scoresOf(playback).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** Who sits, and the points: `left (board) 3`. */
function scoresOf({ film }: Playback): string[] {
  const { game, state } = film.replay;
  const points = game.scores(state);
  return film.seated.flatMap((kind, seat) =>
    kind === null ? [] : [`${nameOf(game.seats[seat] ?? '', kind)} ${points[seat] ?? 0}`],
  );
}
