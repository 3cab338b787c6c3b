/** Matches of the league: who met whom, how it ended, and the way to the replay. */
import type { VNode } from 'preact';
import type { GameLine } from '../../../../shared/contract/league-api.ts';
import { replayPath } from '../../paths.ts';
import { gameName } from '../../texts/common.ts';
import { texts } from '../../texts/league.ts';
import { when } from '../../texts/scores.ts';

export function GameList({ games }: { readonly games: readonly GameLine[] }): VNode {
  return (
    <ul class="league-games">
      {games.map((game) => (
        <li key={game.match}>
          <p class="game-when">
            <span>{when(game.startedAt)}</span>{' '}
            <small class="soft">
              {gameName(game.game)}
              {game.tournament !== null && `, ${texts.inTournament}`}
            </small>
          </p>
          <ul class="game-players">
            {game.players.map(({ user, device, score }) => (
              <li key={device} class={user !== '' && user === game.winner ? 'won' : ''}>
                <span>{user === '' ? texts.removed : user}</span> <b>{score}</b> <Mark game={game} user={user} />
              </li>
            ))}
          </ul>
          <p class="game-ways">
            {game.end === 'draw' && <em>{texts.draw}</em>}{' '}
            {game.journal ? (
              <a href={replayPath(game.match)}>{texts.replay}</a>
            ) : (
              <span class="soft">{texts.noJournal}</span>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Mark({ game, user }: { readonly game: GameLine; readonly user: string }): VNode | null {
  if (user === '') return null;
  if (user === game.winner) return <em>{texts.won}</em>;
  return user === game.disconnected ? <em class="soft">{texts.gone}</em> : null;
}
