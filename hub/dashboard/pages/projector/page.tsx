/** The projector: one room as large as the screen allows, or all rooms as tiles; who plays, who waits, how to join. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { useSignalEffect } from '@preact/signals';
import type { Live } from '../../live/live.ts';
import type { RoomLive } from '../../live/room-live.ts';
import { sound } from '../../live/sounds.ts';
import { soundOn, switchSound } from '../../live/speaker.ts';
import { Arena } from '../../parts/arena.tsx';
import { Seats } from '../../parts/seats.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { place } from '../../router.ts';
import { texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/projector.ts';
import { JoinPanel } from './join-panel.tsx';
import { Waiting } from './waiting.tsx';

export function Projector({ live }: { readonly live: Live }): VNode {
  const rooms = live.rooms.value;
  const room = rooms.length === 1 ? rooms[0] : rooms.find(({ name }) => name === place.value.hash);
  useSignalEffect(() => {
    const happened = live.event.value;
    if (happened !== null) sound(happened.event);
  });
  if (room !== undefined) return <OneRoom live={live} room={room} alone={rooms.length === 1} />;
  return rooms.length > 0 ? <Tiles live={live} rooms={rooms} /> : <NoRoom live={live} />;
}

interface OneRoomProps {
  readonly live: Live;
  readonly room: RoomLive;
  /** There is no other. */
  readonly alone: boolean;
}

function OneRoom({ live, room, alone }: OneRoomProps): VNode {
  const main = useRef<HTMLElement>(null);
  return (
    <main class="one-room" ref={main} tabIndex={-1}>
      <Arena key={room.name} room={room} />
      <aside>
        {!alone && (
          <p class="room-title">
            <a href="#">{texts.allRooms}</a> <span>{common.room(room.name)}</span>
          </p>
        )}
        <Seats room={room} live={live} />
        <Waiting live={live} />
        <JoinPanel live={live} room={room.name} />
        <p class="switches">
          <SoundSwitch />
          {document.fullscreenEnabled && (
            <button type="button" onClick={() => showFullScreen(main.current)}>
              {texts.fullScreen}
            </button>
          )}
        </p>
      </aside>
    </main>
  );
}

function Tiles({ live, rooms }: { readonly live: Live; readonly rooms: readonly RoomLive[] }): VNode {
  return (
    <main class="all-rooms" tabIndex={-1}>
      <div class="tiles" style={gridOf(rooms.length)}>
        {rooms.map((room) => (
          <article class="tile" key={room.name}>
            <h2>
              <a href={`#${encodeURIComponent(room.name)}`}>{common.room(room.name)}</a>
              <small>{common.phases[room.scoreboard.value.phase]}</small>
            </h2>
            <Arena room={room} />
            <Seats room={room} live={live} />
          </article>
        ))}
      </div>
      <aside>
        <JoinPanel live={live} room={null} />
        <Waiting live={live} />
        <p class="switches">
          <SoundSwitch />
        </p>
      </aside>
    </main>
  );
}

/** As nearly in a square as they go: so each is as large as it can be, and a wide screen shows them all at once. */
function gridOf(rooms: number): Record<string, string> {
  const columns = Math.ceil(Math.sqrt(rooms));
  return { '--columns': String(columns), '--rows': String(Math.ceil(rooms / columns)) };
}

function NoRoom({ live }: { readonly live: Live }): VNode {
  const connected = live.connection.value === 'up';
  return (
    <main class="no-room" tabIndex={-1}>
      <Sheet title={connected ? texts.noRooms : common.connection.waiting}>
        <p>{connected ? texts.noRoomsText : texts.connectingText}</p>
      </Sheet>
    </main>
  );
}

function SoundSwitch(): VNode {
  const on = soundOn.value;
  return (
    <button type="button" aria-pressed={on} onClick={() => switchSound(!on)}>
      {on ? texts.soundOn : texts.soundOff}
    </button>
  );
}

/** The court alone, for the projector. Escape leads back. */
function showFullScreen(element: HTMLElement | null): void {
  // A browser may refuse; the page then stays as it is.
  element?.requestFullscreen().catch(() => {});
}
