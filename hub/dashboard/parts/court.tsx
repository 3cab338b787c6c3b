/** The place of a court on the page: the canvas that draws itself, and the notice that lies over it. */
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { layoutOf, outline } from '../court/geometry.ts';
import { stageCourt } from '../court/stage.ts';
import type { RoomLive } from '../live/room-live.ts';
import { texts } from '../texts/projector.ts';
import { Notice } from './notice.tsx';
import { scoreLine } from './score-line.ts';

export function Court({ room }: { readonly room: RoomLive }): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => (canvas.current === null ? undefined : stageCourt(canvas.current, room)), [room]);
  const scoreboard = room.scoreboard.value;
  const { width, height } = outline(layoutOf(scoreboard.parameters));
  const score = scoreLine(scoreboard);
  return (
    <div class={`stage ${scoreboard.phase}`} style={{ '--aspect': String(width / height) }}>
      <div class="court">
        <canvas ref={canvas} role="img" aria-label={texts.courtOf(room.name, score)} />
      </div>
      <p class="unseen" role="status">
        {score}
      </p>
      <Notice room={room} />
    </div>
  );
}
