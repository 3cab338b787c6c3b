/** A court on a canvas: as large as there is room, drawn once a frame, with the own side at the bottom if it is turned. */
import type { ReadonlySignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { PongView } from '../../../shared/games/pong/view.ts';
import { layoutOf, outline } from '../court/geometry.ts';
import { stageCourt, type StagedBoard } from '../court/stage.ts';
import type { Effects } from '../live/effects.ts';
import type { Turn } from './steering.ts';

export interface CourtViewProps {
  readonly scoreboard: ReadonlySignal<StagedBoard>;
  readonly effects: Effects;
  readonly view: (now: number) => PongView | null;
  readonly turn: Turn;
  readonly label: string;
}

export function CourtView({ scoreboard, effects, view, turn, label }: CourtViewProps): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return undefined;
    return stageCourt(canvas.current, { scoreboard, effects, playout: { sample: view }, turn });
  }, [scoreboard, effects, view, turn]);
  const { width, height } = outline(layoutOf(scoreboard.value.parameters));
  const aspect = turn % 2 === 0 ? width / height : height / width;
  return (
    <div class="play-stage" style={{ '--aspect': String(aspect) }}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
