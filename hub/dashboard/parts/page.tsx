/** The page: one room with its players and devices beside it, or all rooms as tiles. */
import type { VNode } from 'preact';
import type { Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Live } from '../live/live.ts';
import type { RoomLive } from '../live/room-live.ts';
import { texts } from '../texts.ts';
import { Arena } from './arena.tsx';
import { Devices } from './devices.tsx';
import { Banner, Masthead } from './masthead.tsx';
import { Sheet } from './notice.tsx';
import { Seats } from './seats.tsx';

export interface PageProps {
  readonly live: Live;
  /** The room named in the address; empty: none. */
  readonly wished: Signal<string>;
}

export function Page({ live, wished }: PageProps): VNode {
  const rooms = live.rooms.value;
  const room = rooms.length === 1 ? rooms[0] : rooms.find(({ name }) => name === wished.value);
  return (
    <>
      <Masthead live={live} />
      <Banner live={live} />
      {room !== undefined && <OneRoom live={live} room={room} alone={rooms.length === 1} />}
      {room === undefined && rooms.length > 0 && <Tiles live={live} rooms={rooms} />}
      {rooms.length === 0 && <NoRoom live={live} />}
    </>
  );
}

function OneRoom({ live, room, alone }: { live: Live; room: RoomLive; alone: boolean }): VNode {
  const main = useRef<HTMLElement>(null);
  return (
    <main class="one-room" ref={main}>
      <Arena key={room.name} room={room} />
      <aside>
        {!alone && (
          <p class="room-title">
            <a href="#">{texts.allRooms}</a> <span>{texts.room(room.name)}</span>
          </p>
        )}
        <Seats room={room} />
        <Devices live={live} />
        {document.fullscreenEnabled && (
          <button type="button" onClick={() => showFullScreen(main.current)}>
            {texts.fullScreen}
          </button>
        )}
      </aside>
    </main>
  );
}

function Tiles({ live, rooms }: { live: Live; rooms: readonly RoomLive[] }): VNode {
  return (
    <main class="all-rooms">
      <div class="tiles">
        {rooms.map((room) => (
          <article class="tile" key={room.name}>
            <h2>
              <a href={`#${encodeURIComponent(room.name)}`}>{texts.room(room.name)}</a>
              <small>{texts.phases[room.scoreboard.value.phase]}</small>
            </h2>
            <Arena room={room} />
            <Seats room={room} />
          </article>
        ))}
      </div>
      <aside>
        <Devices live={live} />
      </aside>
    </main>
  );
}

function NoRoom({ live }: { live: Live }): VNode {
  const connected = live.connection.value === 'up';
  return (
    <main class="no-room">
      <Sheet title={connected ? texts.noRooms : texts.connection.waiting}>
        <p>{connected ? texts.noRoomsText : texts.connectingText}</p>
      </Sheet>
    </main>
  );
}

/** The court alone, for the projector. Escape leads back. */
function showFullScreen(element: HTMLElement | null): void {
  // A browser may refuse; the page then stays as it is.
  element?.requestFullscreen().catch(() => {});
}
