/** Pairings: two names, how often each scored, who won, and whether they play just now. */
import type { VNode } from 'preact';
import type { TournamentState } from '../../../../shared/contract/league-api.ts';
import { PATHS } from '../../paths.ts';
import { texts } from '../../texts/league.ts';

export type PairingInfo = TournamentState['rounds'][number][number];

/** The pairings of a round. */
export function Pairings({ pairings }: { readonly pairings: readonly PairingInfo[] }): VNode {
  return (
    <ol class="pairings">
      {pairings.map((pairing, at) => (
        <li key={at}>
          <Pairing pairing={pairing} />
        </li>
      ))}
    </ol>
  );
}

function Pairing({ pairing }: { readonly pairing: PairingInfo }): VNode {
  const { players, scores, winner, state, room, forfeitMs } = pairing;
  return (
    <div class={`pairing ${state}`}>
      {players.map((player, index) => (
        <p key={index} class={player !== null && player === winner ? 'won' : ''}>
          <span>{player ?? (state === 'bye' ? texts.states['bye'] : texts.nobodyYet)}</span>
          <b>{scores[index]}</b>
        </p>
      ))}
      {room !== null && (
        <a class="watch" href={`${PATHS.projector}#${encodeURIComponent(room)}`}>
          {texts.watch}
        </a>
      )}
      {forfeitMs !== null && <small>{texts.forfeitIn(Math.ceil(forfeitMs / 1000))}</small>}
      {(state === 'draw' || state === 'forfeit') && <small>{texts.states[state]}</small>}
    </div>
  );
}
