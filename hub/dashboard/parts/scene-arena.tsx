/** A game that draws itself, on the projector: its picture, the score for who cannot see it, and the notice. */
import type { VNode } from 'preact';
import type { RoomLive } from '../live/room-live.ts';
import { aspectOf, SceneCanvas, usePictures } from '../scene/scene-canvas.tsx';
import { gameName } from '../texts/common.ts';
import { texts } from '../texts/projector.ts';
import { Notice } from './notice.tsx';
import { scoreLine } from './score-line.ts';
import { Sheet } from './sheet.tsx';

export function SceneArena({ room }: { readonly room: RoomLive }): VNode {
  const pictures = usePictures(room);
  const scoreboard = room.scoreboard.value;
  const score = scoreLine(scoreboard);
  const name = gameName(scoreboard.game);
  return (
    <div class={`stage ${scoreboard.phase}`} style={{ '--aspect': String(aspectOf(pictures)) }}>
      <div class="court">
        <SceneCanvas room={room} pictures={pictures} label={texts.pictureOf(name, room.name, score)} />
      </div>
      <p class="unseen" role="status">
        {score}
      </p>
      {pictures === null ? <Sheet title={name}>{texts.otherGame(name)}</Sheet> : <Notice room={room} />}
    </div>
  );
}
