/** A tournament in which everybody plays every round: the rounds, the newest first, beside the table. */
import type { VNode } from 'preact';
import type { TournamentState } from '../../../../shared/contract/league-api.ts';
import { texts } from '../../texts/league.ts';
import { Pairings } from './pairings.tsx';

export function Rounds({ state: { rounds, standings, players } }: { readonly state: TournamentState }): VNode {
  return (
    <div class="rounds">
      {standings.length > 0 ? (
        <Standings standings={standings} />
      ) : (
        <ul class="sheet">
          {players.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      )}
      <div>
        {rounds
          .map((pairings, index) => (
            <section key={index} aria-label={texts.plainRound(index + 1)}>
              <h4>{texts.plainRound(index + 1)}</h4>
              <Pairings pairings={pairings} />
            </section>
          ))
          .toReversed()}
      </div>
    </div>
  );
}

function Standings({ standings }: Pick<TournamentState, 'standings'>): VNode {
  return (
    <table class="sheet standings">
      <caption class="unseen">{texts.standings}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.place}</th>
          <th scope="col">{texts.name}</th>
          <th scope="col" class="number">
            {texts.points}
          </th>
          <th scope="col" class="number">
            {texts.wins}
          </th>
          <th scope="col" class="number wide">
            {texts.draws}
          </th>
          <th scope="col" class="number wide">
            {texts.losses}
          </th>
          <th scope="col" class="number wide">
            {texts.opponents}
          </th>
        </tr>
      </thead>
      <tbody>
        {standings.map(({ rank, name, points, wins, draws, losses, opponents }) => (
          <tr key={name}>
            <td>{rank}</td>
            <th scope="row">{name}</th>
            <td class="number">{points}</td>
            <td class="number">{wins}</td>
            <td class="number wide">{draws}</td>
            <td class="number wide">{losses}</td>
            <td class="number wide">{opponents}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
