/** What lies over the court while nobody plays: why, and what to do next. */
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { RoomPhase } from '../../../shared/contract/messages.ts';
import type { Scoreboard, SeatInfo } from '../live/model.ts';
import type { RoomLive } from '../live/room-live.ts';
import { texts } from '../texts.ts';
import { DotText } from './dot-text.tsx';
import { isDrawn } from './drawn-games.ts';

type Part = (props: { readonly room: RoomLive }) => VNode | null;

const PARTS: Record<RoomPhase, Part> = {
  waiting: ({ room }) => <Waiting scoreboard={room.scoreboard.value} />,
  countdown: ({ room }) => <Countdown room={room} />,
  playing: () => null,
  paused: ({ room }) => <Paused scoreboard={room.scoreboard.value} />,
  over: ({ room }) => <Over scoreboard={room.scoreboard.value} />,
};

export function Notice({ room }: { readonly room: RoomLive }): VNode | null {
  const { phase, game } = room.scoreboard.value;
  if (!isDrawn(game)) return <Sheet title={game}>{texts.otherGame(game)}</Sheet>;
  const For = PARTS[phase];
  return <For room={room} />;
}

interface SheetProps {
  readonly title: string;
  readonly seat?: string;
  readonly children?: ComponentChildren;
}

export function Sheet({ title, seat, children }: SheetProps): VNode {
  return (
    <section class={`notice ${seat ?? ''}`}>
      <h2>
        <DotText text={title} />
      </h2>
      {children}
    </section>
  );
}

function Waiting({ scoreboard: { seats, minSeats } }: { readonly scoreboard: Scoreboard }): VNode {
  const taken = seats.filter(({ device }) => device !== null).length;
  return (
    <Sheet title={texts.phases.waiting}>
      <p class="seats-taken">{texts.seatsTaken(taken, minSeats)}</p>
      <ul class="how-to">
        {texts.howToJoin(location.hostname).map(({ what, how, code }) => (
          <li key={what}>
            <strong>{what}</strong> {code === true ? <code>{how}</code> : how}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function Countdown({ room }: { readonly room: RoomLive }): VNode {
  const ends = room.countdownEnds.value;
  const [left, setLeft] = useState(() => ends - performance.now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(ends - performance.now()), 50);
    return () => clearInterval(timer);
  }, [ends]);
  return (
    <section class="notice countdown">
      <h2>
        <DotText text={texts.phases.countdown} />
      </h2>
      <DotText text={String(Math.max(1, Math.ceil(left / 1000)))} />
    </section>
  );
}

function Paused({ scoreboard: { reason, seats } }: { readonly scoreboard: Scoreboard }): VNode {
  const lost = seats.filter(({ device, present }) => device !== null && !present).map((seat) => nameOf(seat));
  const because = reason === null ? undefined : texts.pausedBecause[reason];
  const named = reason === 'device-lost' && lost.length > 0 ? texts.pausedLost(lost.join(', ')) : because;
  return (
    <Sheet title={texts.phases.paused}>
      <p>{named ?? texts.pausedUnknown}</p>
    </Sheet>
  );
}

function Over({ scoreboard: { final, winner, seats } }: { readonly scoreboard: Scoreboard }): VNode {
  if (!final) {
    return (
      <Sheet title={texts.phases.over}>
        <p>{texts.saving}</p>
      </Sheet>
    );
  }
  const best = seats.find(({ seat }) => seat === winner);
  if (best === undefined) return <Sheet title={texts.noWinner} />;
  return (
    <Sheet title={texts.winner} seat={best.seat}>
      <p class="who">{nameOf(best)}</p>
      <ul class="result">
        {seats
          .filter(({ device }) => device !== null)
          .toSorted(byPoints(seats.length > FEW_SEATS))
          .slice(0, FEW_SEATS)
          .map(({ seat, points }) => (
            <li key={seat} class={seat}>
              <DotText text={String(points)} quiet />
            </li>
          ))}
      </ul>
      <p>{texts.saved}</p>
    </Sheet>
  );
}

/** A court has its sides in their order; a class shows its best. */
const FEW_SEATS = 4;
const byPoints =
  (wanted: boolean) =>
  (a: SeatInfo, b: SeatInfo): number =>
    wanted ? b.points - a.points : 0;

const nameOf = ({ name, device, seat }: SeatInfo): string => name ?? device ?? texts.seats[seat] ?? seat;
