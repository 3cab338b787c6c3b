/** What a room's game looks like: the one place where the page tells games apart. */
import type { VNode } from 'preact';
import type { RoomLive } from '../live/room-live.ts';
import { Court } from './court.tsx';
import { isDrawn, type DrawnGame } from './drawn-games.ts';
import { PressBoard } from './press-board.tsx';

const DRAWN: Readonly<Record<DrawnGame, (props: { readonly room: RoomLive }) => VNode>> = {
  pong: Court,
  reaction: PressBoard,
  buzzer: PressBoard,
};

export function Arena({ room }: { readonly room: RoomLive }): VNode {
  const { game } = room.scoreboard.value;
  // Of a game that it cannot draw the court at least tells the score.
  const Of = isDrawn(game) ? DRAWN[game] : Court;
  return <Of room={room} />;
}
