/** The lab: a network made worse on purpose, and what that does to a game, seen from both ends. */
import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Live } from '../../live/live.ts';
import type { RoomLive } from '../../live/room-live.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import type { LabSeat } from '../../play/lab-seat.ts';
import { PATHS } from '../../paths.ts';
import { go, place } from '../../router.ts';
import { seatName, texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/lab.ts';
import { Courts } from './courts.tsx';
import { Graphs } from './graphs.tsx';
import { NetworkSliders } from './network-sliders.tsx';
import type { LabPlayer } from './lab-player.ts';
import { Onlooker } from './onlooker.ts';
import { SitDown } from './sit-down.tsx';
import './lab.css';

export function LabPage({ live }: { readonly live: Live }): VNode {
  const rooms = live.rooms.value;
  const wished = place.value.query.get('room');
  const room = rooms.find(({ name }) => name === wished) ?? rooms[0];
  const tools = rooms.length > 1 && (
    <label class="choice">
      {texts.room}
      <select value={room?.name ?? ''} onChange={(event) => goTo(event.currentTarget.value)}>
        {rooms.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
  return (
    <PageFrame title={common.pages.lab} name="lab" tools={tools}>
      {room === undefined ? (
        <Sheet title={texts.noRoom}>
          <p>{texts.noRoomText}</p>
        </Sheet>
      ) : (
        <Bench key={room.name} live={live} room={room} />
      )}
    </PageFrame>
  );
}

const goTo = (room: string): void => go(`${PATHS.lab}?room=${encodeURIComponent(room)}`);

function Bench({ live, room }: { readonly live: Live; readonly room: RoomLive }): VNode {
  const { seats, lab, game } = room.scoreboard.value;
  const taken = seats.filter(({ device }) => device !== null);
  const [wished, choose] = useState<string | null>(null);
  const [own, sitDown] = useState<LabSeat | null>(null);
  const ownSeat = own?.seat.value?.side;
  const seat = ownSeat ?? taken.find((one) => one.seat === wished)?.seat ?? taken[0]?.seat ?? seats[0]?.seat ?? '';
  const player = useMemo((): LabPlayer => own ?? new Onlooker(room, seat), [room, own, own === null ? seat : null]);
  // No component is drawn anew for it, sixty times a second: the curve asks.
  const error = useMemo(() => signal<number | null>(null), [player]);
  useEffect(() => {
    player.start();
    return () => player.stop();
  }, [player]);
  return (
    <>
      {game === 'pong' ? (
        <>
          <Courts room={room} seat={seat} player={player} error={error} />
          <p class="lab-switches">
            <label class="choice">
              {texts.seat}
              <select value={seat} disabled={own !== null} onChange={(event) => choose(event.currentTarget.value)}>
                {(taken.length > 0 ? taken : seats).map((one) => (
                  <option key={one.seat} value={one.seat}>
                    {seatName(one.seat)}
                  </option>
                ))}
              </select>
            </label>
            <label class="choice">
              <input
                type="checkbox"
                checked={player.predicting.value}
                onChange={(event) => (player.predicting.value = event.currentTarget.checked)}
              />
              {texts.prediction}
            </label>
            <SitDown room={room.name} own={own} change={sitDown} />
            <span class="soft">{texts.ghost}</span>
          </p>
        </>
      ) : (
        <p class="soft">{texts.onlyPong}</p>
      )}
      {taken.length === 0 && <p>{texts.nobodyText}</p>}
      <div class="networks">
        {taken.map((one) => (
          <NetworkSliders key={one.seat} room={room.name} seat={one} lab={lab[one.seat]} />
        ))}
      </div>
      {taken.length > 0 && <p class="soft">{texts.both}</p>}
      <Graphs live={live} seats={taken} seat={seat} error={game === 'pong' ? error : null} />
    </>
  );
}
