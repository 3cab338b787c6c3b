/** A canvas with the picture of a room's game, and the loading of what draws it. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RoomLive } from '../live/room-live.ts';
import type { Pictures } from './pictures.ts';
import { stageScene } from './stage.ts';

/** How a room's game is drawn; `loading`: it is not known yet; null: not at all. */
export function usePictures(room: RoomLive): Pictures | 'loading' | null {
  const { game, parameters } = room.scoreboard.value;
  const [pictures, setPictures] = useState<Pictures | 'loading' | null>('loading');
  // Every scoreboard brings the parameters as a new object.
  const given = JSON.stringify(parameters);
  useEffect(() => {
    let gone = false;
    setPictures('loading');
    import('./pictures.ts').then(
      ({ picturesOf }) => !gone && setPictures(picturesOf(game, JSON.parse(given) as Record<string, unknown>)),
      () => !gone && setPictures(null),
    );
    return () => {
      gone = true;
    };
  }, [game, given]);
  return pictures;
}

interface SceneCanvasProps {
  readonly room: RoomLive;
  readonly pictures: Pictures | 'loading' | null;
  readonly label: string;
}

export function SceneCanvas({ room, pictures, label }: SceneCanvasProps): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null || pictures === null || pictures === 'loading') return undefined;
    return stageScene(canvas.current, pictures, room.views);
  }, [room, pictures]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}

/** Of a game that is not known yet: that of most screens. */
const USUAL_ASPECT = 1.6;

export const aspectOf = (pictures: Pictures | 'loading' | null): number =>
  pictures === null || pictures === 'loading' ? USUAL_ASPECT : pictures.aspect;
