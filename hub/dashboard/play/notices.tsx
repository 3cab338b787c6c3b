/** What is said over the table: why nobody plays now, what comes next, and what the player can do. */
import type { ComponentChildren, VNode } from 'preact';
import type { Scoreboard } from '../live/model.ts';
import type { RoomLive } from '../live/room-live.ts';
import { DotText } from '../parts/dot-text.tsx';
import { texts } from '../texts/play.ts';
import type { Player, Standing } from './player.ts';
import { useSecondsLeft } from '../parts/seconds-left.ts';

export interface SheetProps {
  readonly title: string;
  readonly seat?: string;
  readonly children?: ComponentChildren;
}

export function Sheet({ title, seat = '', children }: SheetProps): VNode {
  return (
    <section class={`play-sheet ${seat}`} role="status">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

type Said = { readonly title: string; readonly text: string; readonly again?: true };
const STANDINGS: Readonly<Record<Exclude<Standing, 'entering' | 'seated'>, Said>> = {
  full: { title: texts.full, text: texts.fullText },
  locked: { title: texts.locked, text: texts.lockedText },
  banned: { title: texts.banned, text: texts.bannedText },
  dismissed: { title: texts.dismissed, text: texts.dismissedText, again: true },
  left: { title: texts.left, text: texts.leftText, again: true },
  refused: { title: texts.refused, text: texts.noGame },
};

/** Between a player and its seat; null: it sits. */
export function StandingNotice({ player }: { readonly player: Player }): VNode | null {
  const standing = player.standing.value;
  if (player.wire.value !== 'up') {
    const before = player.seat.value !== null;
    return (
      <Sheet title={before ? texts.lost : texts.searching}>
        <p>{before ? texts.lostText : texts.searchingText}</p>
      </Sheet>
    );
  }
  if (standing === 'seated') return null;
  if (standing === 'entering') return <Sheet title={texts.entering} />;
  const { title, text, again } = STANDINGS[standing];
  return (
    <Sheet title={title}>
      <p>{text}</p>
      {again === true && (
        <button type="button" class="main" onClick={() => player.joinAgain()}>
          {texts.joinAgain}
        </button>
      )}
      {standing === 'refused' && (
        <button type="button" class="main" onClick={() => location.reload()}>
          {texts.reload}
        </button>
      )}
    </Sheet>
  );
}

/** What the room is doing; null: it plays. */
export function PhaseNotice({ room, player }: { readonly room: RoomLive; readonly player: Player }): VNode | null {
  const scoreboard = room.scoreboard.value;
  switch (scoreboard.phase) {
    case 'playing':
      return null;
    case 'countdown':
      return <Countdown ends={room.countdownEnds.value} />;
    case 'waiting': {
      const taken = scoreboard.seats.filter(({ device }) => device !== null).length;
      const { minSeats, begins } = scoreboard;
      const waits = begins === 'teacher' ? texts.waitingForTeacher : texts.waitingText(taken, minSeats);
      return (
        <Sheet title={texts.phases.waiting}>
          <p>{waits}</p>
        </Sheet>
      );
    }
    case 'paused':
      return (
        <Sheet title={texts.phases.paused}>
          <p>{texts.pausedBecause[scoreboard.reason ?? ''] ?? texts.pausedUnknown}</p>
        </Sheet>
      );
    case 'over':
      return <Over scoreboard={scoreboard} player={player} />;
  }
}

function Countdown({ ends }: { readonly ends: number }): VNode {
  const seconds = useSecondsLeft(ends);
  return (
    <section class="play-sheet countdown">
      <h2>{texts.phases.countdown}</h2>
      <DotText text={String(seconds)} />
    </section>
  );
}

function Over({ scoreboard, player }: { readonly scoreboard: Scoreboard; readonly player: Player }): VNode {
  const end = player.result.value;
  const next = scoreboard.begins === 'teacher' ? texts.nextByTeacher : texts.nextMatch;
  if (end === null) {
    return (
      <Sheet title={texts.phases.over}>
        <p>{scoreboard.final ? next : texts.saving}</p>
      </Sheet>
    );
  }
  const taken = scoreboard.seats.filter(({ device }) => device !== null);
  const own = end.scores[player.seat.value?.index ?? -1] ?? 0;
  const better = taken.filter(({ index }) => (end.scores[index] ?? 0) > own).length;
  const { points, wins } = player.lifetime.value;
  return (
    <Sheet title={texts.results[end.result]} seat={player.seat.value?.side ?? ''}>
      <p class="place">{texts.place(better + 1, taken.length)}</p>
      <p>{texts.lifetime(points, wins)}</p>
      <p>{next}</p>
    </Sheet>
  );
}
