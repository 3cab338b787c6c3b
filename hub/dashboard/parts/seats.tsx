/** Who plays: a card for each seat with its score in this match and what its device has won in all. */
import type { VNode } from 'preact';
import type { SeatInfo } from '../live/model.ts';
import type { RoomLive } from '../live/room-live.ts';
import { texts } from '../texts.ts';
import { DotText } from './dot-text.tsx';

/** With more seats than a court has sides, free ones are not worth a card. */
const FEW_SEATS = 4;

export function Seats({ room }: { readonly room: RoomLive }): VNode {
  const { seats, target } = room.scoreboard.value;
  return (
    <section class="seats" aria-label={texts.seatsHeading}>
      <h2>
        {texts.seatsHeading}
        {target !== null && <small>{texts.target(target)}</small>}
      </h2>
      <ul>
        {(seats.length > FEW_SEATS ? seats.filter(({ device }) => device !== null) : seats).map((seat) => (
          <SeatCard key={seat.seat} seat={seat} />
        ))}
      </ul>
    </section>
  );
}

function SeatCard({ seat: info }: { readonly seat: SeatInfo }): VNode {
  const { seat, device, name, present, points, lifetimePoints, lifetimeWins } = info;
  if (device === null) {
    return (
      <li class={`seat free ${seat}`}>
        <SeatMark seat={seat} />
        <span class="name">{texts.freeSeat}</span>
      </li>
    );
  }
  return (
    <li class={`seat ${seat}`}>
      <SeatMark seat={seat} />
      <span class="name">
        {name ?? device}
        {!present && <em>{texts.linkLost}</em>}
      </span>
      <span class="points">
        <span class="unseen">{texts.pointsOf(points)}</span>
        <DotText text={String(points)} quiet />
      </span>
      <span class="lifetime">{texts.lifetime(lifetimePoints, lifetimeWins)}</span>
    </li>
  );
}

const POINTING: Readonly<Record<string, string>> = {
  left: 'M8 1v10l-7-5z',
  right: 'M4 1v10l7-5z',
  up: 'M1 8h10l-5-7z',
  down: 'M1 4h10l-5 7z',
};

/** A triangle that points to the seat's side, and its word: colour is never the only sign. */
export function SeatMark({ seat }: { readonly seat: string }): VNode {
  return (
    <span class={`mark ${seat}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d={POINTING[seat] ?? 'M2 2h8v8h-8z'} fill="currentColor" />
      </svg>
      {texts.seats[seat] ?? seat}
    </span>
  );
}
