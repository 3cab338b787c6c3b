/** Tournaments: how one stands, for the projector; all of them, and for who leads the way to make one. */
import type { VNode } from 'preact';
import type { TournamentLine } from '../../../../shared/contract/league-api.ts';
import { useAsked } from '../../live/asked.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { PATHS } from '../../paths.ts';
import { place } from '../../router.ts';
import { gameName, texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/league.ts';
import { LeagueTabs } from '../league/league-tabs.tsx';
import { NewTournament } from './new-tournament.tsx';
import { Standing } from './standing.tsx';
import './tournament.css';

const AGAIN_MS = 5000;

export const tournamentPath = (id: number): string => `${PATHS.tournament}?id=${id}`;

export function TournamentPage(): VNode {
  const { answer: all, trouble, again } = useAsked('GET /api/league/tournaments', {}, AGAIN_MS);
  const asked = place.value.query.get('id');
  // Without a choice, what an evening is about: the one that runs, or the newest.
  const shown = asked ?? String((all?.find(({ phase }) => phase === 'running') ?? all?.[0])?.id ?? '');
  return (
    <PageFrame title={common.pages.tournament} name="tournament" tools={<LeagueTabs />}>
      <Trouble of={trouble} />
      {all?.length === 0 && (
        <Sheet title={texts.noTournaments}>
          <p>{texts.noTournamentsText}</p>
        </Sheet>
      )}
      {shown !== '' && <Standing key={shown} id={shown} changed={again} />}
      <div class="below">
        {all !== null && all.length > 0 && <All all={all} shown={shown} />}
        <NewTournament made={again} />
      </div>
    </PageFrame>
  );
}

function All({ all, shown }: { readonly all: readonly TournamentLine[]; readonly shown: string }): VNode {
  return (
    <section class="sheet">
      <h3>{texts.tournaments}</h3>
      <ul class="tournaments">
        {all.map(({ id, name, game, phase, players, winner }) => (
          <li key={id}>
            <a href={tournamentPath(id)} {...(String(id) === shown && { 'aria-current': 'true' as const })}>
              {name}
            </a>{' '}
            <small class="soft">
              {gameName(game)}, {texts.players(players)}, {texts.phases[phase]}
            </small>
            {winner !== null && <b> {texts.winner(winner)}</b>}
          </li>
        ))}
      </ul>
    </section>
  );
}
