/** What a room's game looks like: the one place where the projector tells games apart. */
import type { VNode } from 'preact';
import type { RoomLive } from '../live/room-live.ts';
import { Court } from './court.tsx';
import { hasOwnPicture, type OwnPicture } from './drawn-games.ts';
import { PressBoard } from './press-board.tsx';
import { SceneArena } from './scene-arena.tsx';

const OWN: Readonly<Record<OwnPicture, (props: { readonly room: RoomLive }) => VNode>> = {
  pong: Court,
  reaction: PressBoard,
  buzzer: PressBoard,
};

export function Arena({ room }: { readonly room: RoomLive }): VNode {
  const { game } = room.scoreboard.value;
  const Of = hasOwnPicture(game) ? OWN[game] : SceneArena;
  return <Of room={room} />;
}
