/** Two courts side by side: what the hub believes, and what stands on a player's screen. */
import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { PongView } from '../../../../shared/games/pong/view.ts';
import { layoutOf, outline } from '../../court/geometry.ts';
import { stageCourt, type Staged } from '../../court/stage.ts';
import type { RoomLive } from '../../live/room-live.ts';
import { seatName } from '../../texts/common.ts';
import { texts } from '../../texts/lab.ts';
import { Ghost } from './ghost.ts';
import type { LabPlayer } from './lab-player.ts';

export interface CourtsProps {
  readonly room: RoomLive;
  readonly seat: string;
  readonly player: LabPlayer;
  /** How far off the player's ball is now, in px of the court. */
  readonly error: Signal<number | null>;
}

export function Courts({ room, seat, player, error }: CourtsProps): VNode {
  return (
    <div class="lab-courts">
      <Court title={texts.hubSees} staged={room} />
      <Seen room={room} seat={seat} player={player} error={error} />
    </div>
  );
}

function Seen({ room, seat, player, error }: CourtsProps): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useMemo(() => oncePerFrame(player), [player]);
  const staged = useMemo(
    (): Staged => ({ scoreboard: room.scoreboard, effects: room.effects, playout: { sample: view } }),
    [room, view],
  );
  useEffect(() => {
    const ghost = canvas.current === null ? null : new Ghost(canvas.current);
    let frame = 0;
    const draw = (now: number): void => {
      frame = requestAnimationFrame(draw);
      const [believed, shown] = [room.newest.peek()?.view ?? null, view(now)];
      error.value = player.ballError === undefined ? distance(believed, shown) : player.ballError;
      ghost?.show(believed, room.scoreboard.peek().parameters);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [room, player, view, error]);
  return (
    <Court title={texts.playerSees(seatName(seat))} staged={staged}>
      <canvas class="ghost" ref={canvas} aria-hidden="true" />
    </Court>
  );
}

/** The court asks what it shows, and so does who compares: what is played ahead is reckoned once for both. */
function oncePerFrame(player: LabPlayer): (now: number) => PongView | null {
  let [at, view]: [number | null, PongView | null] = [null, null];
  return (now) => {
    if (now !== at) [at, view] = [now, player.view(now)];
    return view;
  };
}

function distance(believed: PongView | null, shown: PongView | null): number | null {
  if (believed === null || shown === null) return null;
  return Math.hypot(believed.ball.x - shown.ball.x, believed.ball.y - shown.ball.y);
}

interface CourtProps {
  readonly title: string;
  readonly staged: Staged;
  readonly children?: VNode;
}

function Court({ title, staged, children }: CourtProps): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => (canvas.current === null ? undefined : stageCourt(canvas.current, staged)), [staged]);
  const { width, height } = outline(layoutOf(staged.scoreboard.value.parameters));
  return (
    <figure class="lab-court" style={{ '--aspect': String(width / height) }}>
      <figcaption>{title}</figcaption>
      <div class="layers">
        <canvas ref={canvas} role="img" aria-label={texts.courtOf(title)} />
        {children}
      </div>
    </figure>
  );
}
