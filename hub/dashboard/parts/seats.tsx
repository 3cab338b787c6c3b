/** Who plays: a card for each seat with its score in this match and what its device has won in all. */
import type { VNode } from 'preact';
import type { Live } from '../live/live.ts';
import type { SeatInfo } from '../live/model.ts';
import type { RoomLive } from '../live/room-live.ts';
import { seatName, texts as common } from '../texts/common.ts';
import { texts } from '../texts/projector.ts';
import { DotText } from './dot-text.tsx';

/** With more seats than a court has sides, free ones are not worth a card. */
const FEW_SEATS = 4;
/** A round trip that a player feels. */
const LONG_MS = 60;

export function Seats({ room, live }: { readonly room: RoomLive; readonly live: Live }): VNode {
  const { seats, target, lab } = room.scoreboard.value;
  const links = live.health.value?.links;
  return (
    <section class="seats" aria-label={texts.seatsHeading}>
      <h2>
        {texts.seatsHeading}
        {target !== null && <small>{texts.target(target)}</small>}
      </h2>
      <ul>
        {(seats.length > FEW_SEATS ? seats.filter(({ device }) => device !== null) : seats).map((seat) => (
          <SeatCard
            key={seat.seat}
            seat={seat}
            delayMs={links?.get(seat.device ?? '')?.roundTripMs ?? null}
            slowed={seat.seat in lab}
          />
        ))}
      </ul>
    </section>
  );
}

interface SeatCardProps {
  readonly seat: SeatInfo;
  readonly delayMs: number | null;
  /** Its network is made worse in the lab. */
  readonly slowed: boolean;
}

function SeatCard({ seat: info, delayMs, slowed }: SeatCardProps): VNode {
  const { seat, device, name, link, present, points, lifetimePoints, lifetimeWins } = info;
  if (device === null) {
    return (
      <li class={`seat free ${seat}`}>
        <SeatMark seat={seat} />
        <span class="name">{common.freeSeat}</span>
      </li>
    );
  }
  return (
    <li class={`seat ${seat}`}>
      <span class="head">
        <SeatMark seat={seat} />
        {link === 'bot' && <span class="badge">{texts.bot}</span>}
        {delayMs !== null && present && link !== 'bot' && (
          <span class={`badge delay ${delayMs > LONG_MS ? 'long' : ''}`} title={texts.delay(common.roundTrip(delayMs))}>
            {common.roundTrip(delayMs)}
          </span>
        )}
        {slowed && <span class="badge lab">{texts.inLab}</span>}
      </span>
      <span class="name">
        {name ?? device}
        {!present && <em>{common.linkLost}</em>}
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
      {seatName(seat)}
    </span>
  );
}
