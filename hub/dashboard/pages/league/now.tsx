/** Who plays, who waits and why, and how the newest matches ended. */
import type { VNode } from 'preact';
import type { LeagueStatus } from '../../../../shared/contract/league-api.ts';
import { useAsked } from '../../live/asked.ts';
import { PATHS } from '../../paths.ts';
import { gameName } from '../../texts/common.ts';
import { texts } from '../../texts/league.ts';
import { GameList } from './game-list.tsx';

const AGAIN_MS = 5000;
const SHOWN = 6;

export function Now({ status }: { readonly status: LeagueStatus }): VNode {
  const { answer: page } = useAsked('GET /api/league/games/{page}', { page: '1' }, AGAIN_MS);
  return (
    <aside class="league-now" aria-label={texts.now}>
      <h3>{texts.running}</h3>
      {status.running.length === 0 && <p class="soft">{texts.nobodyPlays}</p>}
      <ul class="running">
        {status.running.map(({ room, game, players }) => (
          <li key={room}>
            <a href={`${PATHS.projector}#${encodeURIComponent(room)}`}>
              {texts.against(players.map(({ user }) => user))}
            </a>{' '}
            <small class="soft">{gameName(game)}</small>
          </li>
        ))}
      </ul>
      <h3>{texts.waiting}</h3>
      {status.waiting.length === 0 && <p class="soft">{texts.nobodyWaits}</p>}
      <ul class="queue">
        {status.waiting.map(({ user, device, name, waitedMs, note }) => (
          <li key={device}>
            <b>{user}</b> {name !== '' && <small class="soft">{name}</small>}{' '}
            <small>{texts.waited(Math.round(waitedMs / 1000))}</small>
            {note !== '' && <p class="soft">{note}</p>}
          </li>
        ))}
      </ul>
      <p class="soft">{texts.rules(status.settings)}</p>
      {page !== null && page.games.length > 0 && (
        <>
          <h3>{texts.recent}</h3>
          <GameList games={page.games.slice(0, SHOWN)} />
        </>
      )}
    </aside>
  );
}
