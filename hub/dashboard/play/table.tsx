/** Where it is played: the court of the first player with its controls, and the players at this keyboard. */
import { computed } from '@preact/signals';
import type { VNode } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { BUTTON } from '../../../shared/contract/messages.ts';
import type { RoomLive } from '../live/room-live.ts';
import { hasOwnPicture } from '../parts/drawn-games.ts';
import { texts } from '../texts/play.ts';
import { Buzzer } from './buzzer.tsx';
import { CourtView } from './court-view.tsx';
import { listenToKeys } from './keyboard.ts';
import { randomBelow, someNames } from './names.ts';
import { PhaseNotice, StandingNotice } from './notices.tsx';
import type { Player } from './player.ts';
import type { PlaySession } from './session.ts';
import { SceneTable } from './scene-table.tsx';
import { Slider } from './slider.tsx';
import { soundOn, switchSound } from '../live/speaker.ts';
import { onCourt, turnFor, zonesFor, type Turn } from './steering.ts';
import { TouchZones } from './touch-zones.tsx';
import { useMedia } from './use-media.ts';

/** A phone held upright: there the own side is at the bottom. */
const UPRIGHT = '(max-aspect-ratio: 4/5)';

export function Table({ session }: { readonly session: PlaySession }): VNode | null {
  const [player] = session.players.value;
  const upright = useMedia(UPRIGHT);
  const seat = player?.seat.value ?? null;
  const alone = session.players.value.length === 1;
  const turn: Turn = upright && alone && seat !== null ? turnFor(seat.side) : 0;
  useKeys(session, turn);
  if (player === undefined) return null;
  const room = seat === null ? undefined : session.rooms.all.value.find(({ name }) => name === seat.room);
  return (
    <div class={`table ${seat?.side ?? ''} light-${player.light.value}`}>
      <PlayerBar session={session} />
      <div class="board">
        {room !== undefined && <Play room={room} player={player} turn={turn} />}
        <Notices room={room} player={player} />
      </div>
      {player.silent.value && (
        <p class="play-banner" role="status">
          {texts.silent}
        </p>
      )}
      {player.light.value === 'identify' && <p class="identified">{texts.identified}</p>}
      <KeyPlayers session={session} />
    </div>
  );
}

function Notices({ room, player }: { readonly room: RoomLive | undefined; readonly player: Player }): VNode | null {
  const standing = <StandingNotice player={player} />;
  if (player.wire.value !== 'up' || player.standing.value !== 'seated') return standing;
  return room === undefined ? null : <PhaseNotice room={room} player={player} />;
}

/** The one place where this page tells games apart. */
function Play({ room, player, turn }: CourtProps): VNode {
  const { game } = room.scoreboard.value;
  if (game === 'pong') return <Court room={room} player={player} turn={turn} />;
  return hasOwnPicture(game) ? <Buzzer room={room} player={player} /> : <SceneTable room={room} player={player} />;
}

interface CourtProps {
  readonly room: RoomLive;
  readonly player: Player;
  readonly turn: Turn;
}

function Court({ room, player, turn }: CourtProps): VNode {
  const view = useCallback((now: number) => player.view(now), [player]);
  const touched = navigator.maxTouchPoints > 0;
  const side = player.seat.value?.side ?? '';
  const hold = useCallback((buttons: number, at: number) => player.hold(onCourt(buttons, turn), at), [player, turn]);
  // The own board says so: colours alone do not tell which paddle is one's own.
  const scoreboard = useMemo(
    () =>
      computed(() => {
        const told = room.scoreboard.value;
        const seats = told.seats.map((seat) =>
          seat.device === player.id ? { ...seat, name: texts.you(seat.name ?? '') } : seat,
        );
        return { ...told, seats };
      }),
    [room, player],
  );
  return (
    <>
      <CourtView
        scoreboard={scoreboard}
        effects={room.effects}
        view={view}
        turn={turn}
        label={texts.courtOf(room.name)}
      />
      {touched && <Steering side={side} turn={turn} player={player} hold={hold} />}
      {touched && player.serving.value && (
        <button
          type="button"
          class="serve"
          onPointerDown={(event) => player.hold(BUTTON.action, event.timeStamp)}
          onPointerUp={(event) => player.hold(0, event.timeStamp)}
          onPointerCancel={(event) => player.hold(0, event.timeStamp)}
        >
          {texts.serve}
        </button>
      )}
    </>
  );
}

interface SteeringProps {
  readonly side: string;
  readonly turn: Turn;
  readonly player: Player;
  readonly hold: (buttons: number, at: number) => void;
}

/** Touch zones, or a slider for who likes that better. */
function Steering({ side, turn, player, hold }: SteeringProps): VNode {
  const [slides, setSlides] = useState(false);
  const slide = useCallback((axis: number | null) => player.slide(axis), [player]);
  const zones = zonesFor(side, turn);
  return (
    <>
      {slides ? <Slider zones={zones} turn={turn} slide={slide} /> : <TouchZones zones={zones} hold={hold} />}
      <button type="button" class="steer-with" onClick={() => setSlides(!slides)}>
        {slides ? texts.withZones : texts.withSlider}
      </button>
    </>
  );
}

/** Who the first player is, with the score and what can be switched. */
function PlayerBar({ session }: { readonly session: PlaySession }): VNode | null {
  const [player] = session.players.value;
  if (player === undefined) return null;
  const seat = player.seat.value;
  const room = seat === null ? undefined : session.rooms.all.value.find(({ name }) => name === seat.room);
  const points = room?.scoreboard.value.seats.filter(({ device }) => device !== null) ?? [];
  return (
    <header class="player-bar">
      <p class="own-name">
        {player.name.value}
        {seat !== null && <small>{seatText(seat.side)}</small>}
      </p>
      {points.length <= 4 && (
        <ul class="own-score" aria-label={texts.score}>
          {points.map(({ seat: side, points: scored, device }) => (
            <li key={side} class={`${side} ${device === player.id ? 'own' : ''}`}>
              {scored}
            </li>
          ))}
        </ul>
      )}
      <button type="button" onClick={() => switchSound(!soundOn.value)}>
        <SoundSign on={soundOn.value} />
        <span class="unseen">{soundOn.value ? texts.soundOff : texts.soundOn}</span>
      </button>
      {player.standing.value === 'seated' && (
        <button type="button" onClick={() => session.leave(player)}>
          {texts.leave}
        </button>
      )}
    </header>
  );
}

function SoundSign({ on }: { readonly on: boolean }): VNode {
  return (
    <svg class="sound-sign" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M3 9h5l6-5v16l-6-5H3z" />
      <path class="waves" d={on ? 'M17 8q3 4 0 8M20 5q5 7 0 14' : 'M17 9l5 6M22 9l-5 6'} />
    </svg>
  );
}

const seatText = (side: string): string => texts.youAre(texts.seats[side] ?? texts.seatNumber(side));

/** Further players at this keyboard, and how one more sits down. Where nothing shows a keyboard, nothing is offered. */
function KeyPlayers({ session }: { readonly session: PlaySession }): VNode | null {
  const fine = useMedia('(any-pointer: fine)');
  const [adding, setAdding] = useState(false);
  const players = session.players.value;
  if (!fine && players.length < 2) return null;
  const add = (keys: Player['keys']): void => {
    session.addPlayer(keys, someNames(1, randomBelow)[0] ?? '');
    setAdding(false);
  };
  return (
    <footer class="key-players">
      <ul>
        {players.map((player, index) => (
          <li key={player.id} class={player.seat.value?.side ?? ''}>
            <strong>{player.name.value}</strong> <span>{texts.keys[player.keys]}</span>
            {index > 0 && player.standing.value === 'full' && <small>{texts.full}</small>}
            {index > 0 && (
              <button type="button" onClick={() => session.leave(player)}>
                {texts.removePlayer(player.name.value)}
              </button>
            )}
          </li>
        ))}
      </ul>
      {adding ? (
        <p class="add-player">
          {session.freeKeys.map((keys) => (
            <button type="button" key={keys} onClick={() => add(keys)}>
              {texts.addWith(texts.keys[keys])}
            </button>
          ))}
          <button type="button" onClick={() => setAdding(false)}>
            {texts.cancel}
          </button>
        </p>
      ) : (
        session.freeKeys.length > 0 && (
          <button type="button" onClick={() => setAdding(true)}>
            {texts.addPlayer}
          </button>
        )
      )}
    </footer>
  );
}

function useKeys(session: PlaySession, turn: Turn): void {
  useEffect(
    () =>
      listenToKeys(() =>
        session.players.value.map((player) => ({
          keys: player.keys,
          hold: (buttons, at) => player.hold(onCourt(buttons, turn), at),
        })),
      ),
    [session, turn],
  );
}
