/** The court of a match in the page, its score, and what can be done: pause, again, other players. */
import { computed } from '@preact/signals';
import type { VNode } from 'preact';
import { useCallback, useEffect, useMemo } from 'preact/hooks';
import { SEATS, type SeatName } from '../../../shared/games/pong/sides.ts';
import type { StagedBoard } from '../court/stage.ts';
import type { Effects } from '../live/effects.ts';
import { CourtView } from '../play/court-view.tsx';
import { listenToKeys, type KeyPlayer } from '../play/keyboard.ts';
import { soundOn, switchSound } from '../live/speaker.ts';
import { texts } from '../texts/play.ts';
import type { LocalMatch } from './local-match.ts';

export interface LocalTableProps {
  readonly match: LocalMatch;
  readonly effects: Effects;
  readonly again: () => void;
  readonly change: () => void;
}

export function LocalTable({ match, effects, again, change }: LocalTableProps): VNode {
  const view = useCallback((now: number) => match.view(now), [match]);
  const board = useMemo(() => computed(() => boardOf(match)), [match]);
  useControls(match, again);
  const { winner, paused } = match;
  const won = winner.value === null ? null : (SEATS[winner.value] ?? null);
  return (
    <div class="table local">
      <header class="player-bar">
        <Score match={match} />
        <span class="bar-space" />
        {won === null && (
          <button type="button" onClick={() => (paused.value = !paused.value)}>
            {paused.value ? texts.local.goOn : texts.local.pause}
          </button>
        )}
        <button type="button" onClick={again}>
          {texts.local.restart}
        </button>
        <button type="button" onClick={change}>
          {texts.local.change}
        </button>
        <button type="button" onClick={() => switchSound(!soundOn.value)}>
          {soundOn.value ? texts.soundOff : texts.soundOn}
        </button>
      </header>
      <div class="board">
        <CourtView scoreboard={board} effects={effects} view={view} turn={0} label={texts.local.title} />
        {won !== null && (
          <section class={`play-sheet ${won}`} role="status">
            <h2>{texts.local.won(texts.local.seat[won] ?? won)}</h2>
            <button type="button" class="main" onClick={again}>
              {texts.local.restart}
            </button>
          </section>
        )}
        {won === null && paused.value && (
          <section class="play-sheet" role="status">
            <h2>{texts.local.paused}</h2>
          </section>
        )}
      </div>
      <footer class="key-players">
        <ul>
          {match.players.map(
            (player, seat) => player !== null && <Line key={seat} seat={seatName(seat)} who={player} />,
          )}
        </ul>
      </footer>
    </div>
  );
}

function Score({ match }: { readonly match: LocalMatch }): VNode {
  const scores = match.scores.value;
  return (
    <ul class="own-score" aria-label={texts.score}>
      {match.players.map(
        (player, seat) =>
          player !== null && (
            <li key={seat} class={seatName(seat)}>
              {scores[seat]}
            </li>
          ),
      )}
    </ul>
  );
}

function Line({ seat, who }: { readonly seat: SeatName; readonly who: keyof typeof texts.keys | 'bot' }): VNode {
  const keys = who === 'bot' ? texts.local.bot : texts.keys[who];
  return <li class={seat}>{texts.local.keysOf(texts.local.seat[seat] ?? seat, keys)}</li>;
}

/** Keys of the players, P and R; and a page that nobody sees stands still. */
function useControls(match: LocalMatch, again: () => void): void {
  useEffect(() => {
    const players = match.players.flatMap((player, seat): KeyPlayer[] =>
      player === null || player === 'bot' ? [] : [{ keys: player, hold: (buttons) => match.hold(seat, buttons) }],
    );
    const ended = new AbortController();
    const { signal } = ended;
    const unlisten = listenToKeys(() => players);
    addEventListener(
      'keydown',
      (event) => {
        if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
        if (event.code === 'KeyP') match.paused.value = !match.paused.value;
        else if (event.code === 'KeyR') again();
      },
      { signal },
    );
    document.addEventListener('visibilitychange', () => (match.paused.value ||= document.hidden), { signal });
    return () => {
      unlisten();
      ended.abort();
    };
  }, [match, again]);
}

function boardOf(match: LocalMatch): StagedBoard {
  const scores = match.scores.value;
  const seats = match.players.map((player, seat) => {
    const name = player === 'bot' ? texts.local.bot : (texts.local.seat[seatName(seat)] ?? null);
    const device = player === null ? null : seatName(seat);
    return {
      seat: seatName(seat),
      index: seat,
      device,
      name: device && name,
      present: true,
      points: scores[seat] ?? 0,
    };
  });
  return { parameters: match.parameters, phase: match.winner.value === null ? 'playing' : 'over', seats };
}

const seatName = (seat: number): SeatName => SEATS[seat] ?? 'left';
