/** What lies over the court while nobody plays: why, and what to do next. */
import type { VNode } from 'preact';
import type { RoomPhase } from '../../../shared/contract/messages.ts';
import type { Scoreboard, SeatInfo } from '../live/model.ts';
import type { RoomLive } from '../live/room-live.ts';
import { seatName, texts as common } from '../texts/common.ts';
import { texts } from '../texts/projector.ts';
import { lead } from '../live/lead.ts';
import { useDoing } from '../live/doing.ts';
import { DotText } from './dot-text.tsx';
import { Sheet } from './sheet.tsx';
import { Trouble } from './trouble.tsx';
import { useSecondsLeft } from './seconds-left.ts';

type Part = (props: { readonly room: RoomLive }) => VNode | null;

const PARTS: Record<RoomPhase, Part> = {
  waiting: ({ room }) => <Waiting scoreboard={room.scoreboard.value} />,
  countdown: ({ room }) => <Countdown room={room} />,
  playing: () => null,
  paused: ({ room }) => <Paused scoreboard={room.scoreboard.value} />,
  over: ({ room }) => <Over scoreboard={room.scoreboard.value} />,
};

export function Notice({ room }: { readonly room: RoomLive }): VNode | null {
  const { phase } = room.scoreboard.value;
  const For = PARTS[phase];
  return <For room={room} />;
}

function Waiting({ scoreboard }: { readonly scoreboard: Scoreboard }): VNode {
  const { room, seats, minSeats, begins } = scoreboard;
  const taken = seats.filter(({ device }) => device !== null).length;
  if (begins === 'teacher' && taken >= minSeats) {
    return (
      <Sheet title={texts.ready}>
        <p class="seats-taken">{texts.seatsTaken(taken, minSeats)}</p>
        <Start room={room} label={texts.start} />
      </Sheet>
    );
  }
  return (
    <Sheet title={common.phases.waiting}>
      <p class="seats-taken">{texts.seatsTaken(taken, minSeats)}</p>
      <ul class="how-to">
        {texts.howToJoin(location.hostname).map(({ what, how, code }) => (
          <li key={what}>
            <strong>{what}</strong> {code === true ? <code>{how}</code> : how}
          </li>
        ))}
        <li>
          <Opponents room={room} missing={Math.max(1, minSeats - taken)} />
        </li>
      </ul>
    </Sheet>
  );
}

/** The match waits for who leads: who stands before the hub can say the word here. */
function Start({ room, label }: { readonly room: string; readonly label: string }): VNode {
  const doing = useDoing();
  return (
    <div class="start">
      <button
        type="button"
        class="main"
        disabled={doing.busy}
        onClick={() => void doing.run(() => lead('POST /api/rooms/{room}/start', { room }))}
      >
        {label}
      </button>
      <Trouble of={doing.trouble} />
    </div>
  );
}

/** Bots on so many seats as are missing. */
function Opponents({ room, missing }: { readonly room: string; readonly missing: number }): VNode {
  const doing = useDoing();
  const start = (): Promise<boolean> =>
    doing.run(() => lead('POST /api/rooms/{room}/bots', { room }, { count: missing }));
  return (
    <>
      <strong>{texts.nobodyToPlay}</strong>{' '}
      <button type="button" disabled={doing.busy} onClick={() => void start()}>
        {texts.startBots}
      </button>
      <Trouble of={doing.trouble} />
    </>
  );
}

function Countdown({ room }: { readonly room: RoomLive }): VNode {
  const ends = room.countdownEnds.value;
  const seconds = useSecondsLeft(ends);
  return (
    <section class="notice countdown">
      <h2>
        <DotText text={common.phases.countdown} />
      </h2>
      <DotText text={String(seconds)} />
    </section>
  );
}

function Paused({ scoreboard: { reason, seats } }: { readonly scoreboard: Scoreboard }): VNode {
  const lost = seats.filter(({ device, present }) => device !== null && !present).map((seat) => nameOf(seat));
  const because = reason === null ? undefined : texts.pausedBecause[reason];
  const named = reason === 'device-lost' && lost.length > 0 ? texts.pausedLost(lost.join(', ')) : because;
  return (
    <Sheet title={common.phases.paused}>
      <p>{named ?? texts.pausedUnknown}</p>
    </Sheet>
  );
}

function Over({ scoreboard: { room, final, winner, seats, begins } }: { readonly scoreboard: Scoreboard }): VNode {
  const next = begins === 'teacher' ? <Start room={room} label={texts.startNext} /> : null;
  if (!final) {
    return (
      <Sheet title={common.phases.over}>
        <p>{texts.saving}</p>
      </Sheet>
    );
  }
  const best = seats.find(({ seat }) => seat === winner);
  if (best === undefined) return <Sheet title={texts.noWinner}>{next}</Sheet>;
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
      {next}
    </Sheet>
  );
}

/** A court has its sides in their order; a class shows its best. */
const FEW_SEATS = 4;
const byPoints =
  (wanted: boolean) =>
  (a: SeatInfo, b: SeatInfo): number =>
    wanted ? b.points - a.points : 0;

const nameOf = ({ name, device, seat }: SeatInfo): string => name ?? device ?? seatName(seat);
