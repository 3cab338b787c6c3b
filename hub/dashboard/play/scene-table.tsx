/** A game that draws itself: its picture, and whatever it is played with. */
import type { VNode } from 'preact';
import { useCallback } from 'preact/hooks';
import { gameNamed } from '../../../shared/games/registry.ts';
import type { RoomLive } from '../live/room-live.ts';
import { scoreLine } from '../parts/score-line.ts';
import { aspectOf, SceneCanvas, usePictures } from '../scene/scene-canvas.tsx';
import { gameName } from '../texts/common.ts';
import { texts } from '../texts/play.ts';
import { Choices } from './choices.tsx';
import { KeyHints } from './key-hints.tsx';
import { Pad } from './pad.tsx';
import type { Player } from './player.ts';
import { useMedia } from './use-media.ts';

export function SceneTable({ room, player }: { readonly room: RoomLive; readonly player: Player }): VNode {
  const scoreboard = room.scoreboard.value;
  const pictures = usePictures(room);
  const keyboard = useMedia('(any-pointer: fine)');
  const hold = useCallback((buttons: number, at: number) => player.hold(buttons, at), [player]);
  const { controls = {}, words } = gameNamed(scoreboard.game) ?? {};
  const label = texts.pictureOf(gameName(scoreboard.game), scoreLine(scoreboard));
  return (
    <div class={`scene-table ${words === undefined ? 'with-pad' : 'with-words'}`}>
      <div class="play-stage" style={{ '--aspect': String(aspectOf(pictures)) }}>
        <SceneCanvas room={room} pictures={pictures} label={label} />
      </div>
      {words !== undefined && <Choices words={words} turn={room.turns.value} choose={(word) => player.choose(word)} />}
      {words === undefined && navigator.maxTouchPoints > 0 && <Pad controls={controls} hold={hold} />}
      {keyboard && <KeyHints controls={controls} keys={player.keys} />}
    </div>
  );
}
