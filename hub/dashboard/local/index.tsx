/** Pong without a hub: two to four at one keyboard, by the same rules. Once it is loaded it asks nobody for anything. */
import { signal, type Signal } from '@preact/signals';
import { render, type VNode } from 'preact';
import { useCallback } from 'preact/hooks';
import type { GameEvent } from '../../../shared/games/game.ts';
import { SEATS } from '../../../shared/games/pong/sides.ts';
import { Effects } from '../live/effects.ts';
import { tone } from '../live/speaker.ts';
import '../styles/play.css';
import { LocalMatch, type LocalPlayers } from './local-match.ts';
import { LocalTable } from './local-table.tsx';
import { Setup } from './setup.tsx';

const FIRST_PLAYERS: LocalPlayers = ['wasd', 'arrows', null, null];

interface State {
  readonly players: Signal<LocalPlayers>;
  /** null: the players are being chosen. */
  readonly match: Signal<LocalMatch | null>;
  readonly effects: Effects;
}

/** Draws the page into an element. @returns what ends it */
export function mountLocal(root: HTMLElement): () => void {
  const state: State = { players: signal(FIRST_PLAYERS), match: signal(null), effects: new Effects() };
  render(<Local state={state} />, root);
  return () => render(null, root);
}

function Local({ state }: { readonly state: State }): VNode {
  const { players, match, effects } = state;
  const begin = useCallback(() => (match.value = newMatch(players.value, effects)), [players, match, effects]);
  const change = useCallback(() => (match.value = null), [match]);
  return (
    <main class="play" tabIndex={-1}>
      {match.value === null ? (
        <Setup players={players.value} change={(chosen) => (players.value = chosen)} begin={begin} />
      ) : (
        <LocalTable match={match.value} effects={effects} again={begin} change={change} />
      )}
    </main>
  );
}

const newMatch = (players: LocalPlayers, effects: Effects): LocalMatch =>
  new LocalMatch({
    players,
    seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    event: (event, now) => {
      const seat = event.seat === null ? null : (SEATS[event.seat] ?? null);
      effects.note({ event: event.kind, seat }, now);
      hear(event);
    },
  });

/** The tones that the hub gives to paddles. */
function hear({ kind }: GameEvent): void {
  if (kind === 'bounce') tone(880, 30);
  else if (kind === 'serve') tone(440, 60);
  else if (kind === 'point') tone(1320, 150);
}
