/** One room: who sits there, what it does, and what can be done to it. */
import type { VNode } from 'preact';
import type { HubInfo } from '../../../../shared/contract/api.ts';
import { MAX_SEATS } from '../../live/limits.ts';
import { useDoing } from '../../live/doing.ts';
import { lead } from '../../live/lead.ts';
import type { SeatInfo } from '../../live/model.ts';
import { confirmed } from '../../live/questions.ts';
import type { RoomLive } from '../../live/room-live.ts';
import { SeatMark } from '../../parts/seats.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { PATHS } from '../../paths.ts';
import { gameName, texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/rooms.ts';
import { RoomSettings } from './room-settings.tsx';

export interface RoomCardProps {
  readonly room: RoomLive;
  readonly games: HubInfo['games'];
}

export function RoomCard({ room, games }: RoomCardProps): VNode {
  const scoreboard = room.scoreboard.value;
  const game = games.find(({ name }) => name === scoreboard.game);
  const taken = scoreboard.seats.filter(({ device }) => device !== null);
  const address = encodeURIComponent(room.name);
  return (
    <article class="room-card" aria-label={common.room(room.name)}>
      <header>
        <h3>{common.room(room.name)}</h3>
        <p>
          {gameName(scoreboard.game)} · <span class="phase">{common.phases[scoreboard.phase]}</span>
        </p>
        <p class="ways">
          <a href={`${PATHS.projector}#${address}`}>{texts.watch}</a>{' '}
          <a href={`${PATHS.lab}?room=${address}`}>{texts.toLab}</a>
        </p>
      </header>
      <Controls room={room} bots={game?.bots === true} />
      {taken.length === 0 ? (
        <p class="soft">{texts.nobody}</p>
      ) : (
        <ul class="sitting">
          {taken.map((seat) => (
            <Sitting key={seat.device} seat={seat} />
          ))}
        </ul>
      )}
      {games.length > 0 && <RoomSettings room={room} games={games} />}
    </article>
  );
}

function Controls({ room, bots }: { readonly room: RoomLive; readonly bots: boolean }): VNode {
  const doing = useDoing();
  const { phase, seats, reason, begins, minSeats } = room.scoreboard.value;
  const there = { room: room.name };
  const held = phase === 'paused' && reason === 'teacher';
  const reset = async (): Promise<void> => {
    if (!(await confirmed(texts.resetTitle(room.name), texts.resetText, texts.reset))) return;
    await doing.run(() => lead('POST /api/rooms/{room}/reset', there));
  };
  const close = async (): Promise<void> => {
    if (!(await confirmed(texts.closeTitle(room.name), texts.closeText, texts.close))) return;
    await doing.run(() => lead('POST /api/rooms/{room}/close', there));
  };
  const stopsOrGoes = held ? 'POST /api/rooms/{room}/resume' : 'POST /api/rooms/{room}/pause';
  const enough = seats.filter(({ device }) => device !== null).length >= minSeats;
  const still = phase === 'waiting' || phase === 'over';
  const count = seats.filter(({ link }) => link === 'bot').length;
  return (
    <div class="controls">
      {begins === 'teacher' && (
        <button
          type="button"
          class={still && enough ? 'main' : ''}
          disabled={doing.busy || !still || !enough}
          onClick={() => void doing.run(() => lead('POST /api/rooms/{room}/start', there))}
        >
          {texts.start}
        </button>
      )}
      <button
        type="button"
        class={held ? 'main' : ''}
        disabled={doing.busy || phase === 'waiting' || phase === 'over'}
        onClick={() => void doing.run(() => lead(stopsOrGoes, there))}
      >
        {held ? texts.resume : texts.pause}
      </button>
      <button type="button" disabled={doing.busy || phase === 'waiting'} onClick={() => void reset()}>
        {texts.reset}
      </button>
      {bots && (
        <Bots
          count={count}
          busy={doing.busy}
          most={Math.min(MAX_SEATS, seats.length)}
          set={(wanted) => void doing.run(() => lead('POST /api/rooms/{room}/bots', there, { count: wanted }))}
        />
      )}
      <button type="button" class="loses" onClick={() => void close()}>
        {texts.close}
      </button>
      <Trouble of={doing.trouble} />
    </div>
  );
}

interface BotsProps {
  readonly count: number;
  readonly busy: boolean;
  readonly most: number;
  readonly set: (count: number) => void;
}

function Bots({ count, busy, most, set }: BotsProps): VNode {
  return (
    <span class="stepper" role="group" aria-label={texts.bots}>
      <button type="button" aria-label={texts.fewerBots} disabled={busy || count === 0} onClick={() => set(count - 1)}>
        −
      </button>
      <output>{texts.botsCount(count)}</output>
      <button type="button" aria-label={texts.moreBots} disabled={busy || count >= most} onClick={() => set(count + 1)}>
        +
      </button>
    </span>
  );
}

/** Who sits on a seat. Bots come and go by their number. */
function Sitting({ seat: { seat, device, name, link, present, points } }: { readonly seat: SeatInfo }): VNode {
  const doing = useDoing();
  const whom = { device: device ?? '' };
  const called = name ?? whom.device;
  const kick = async (): Promise<void> => {
    if (!(await confirmed(texts.kickTitle(called), texts.kickText, texts.kick))) return;
    await doing.run(() => lead('POST /api/devices/{device}/kick', whom));
  };
  const ban = async (): Promise<void> => {
    if (!(await confirmed(texts.banTitle(called), texts.banText, texts.ban))) return;
    await doing.run(() => lead('POST /api/devices/{device}/ban', whom, { banned: true }));
  };
  return (
    <li class={seat}>
      <SeatMark seat={seat} />
      <span class="name">
        {called} {!present && <em>{common.linkLost}</em>}
      </span>
      <b>{points}</b>
      {link !== 'bot' && (
        <span class="hands">
          <button
            type="button"
            onClick={() => void doing.run(() => lead('POST /api/devices/{device}/seat', whom, { room: '' }))}
          >
            {texts.takeSeat}
          </button>
          <button type="button" onClick={() => void kick()}>
            {texts.kick}
          </button>
          <button type="button" class="loses" onClick={() => void ban()}>
            {texts.ban}
          </button>
        </span>
      )}
      <Trouble of={doing.trouble} />
    </li>
  );
}
