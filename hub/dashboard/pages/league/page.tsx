/** The ladder of a game, and what goes on in the league just now. */
import type { VNode } from 'preact';
import type { LeagueStatus } from '../../../../shared/contract/league-api.ts';
import { useAsked } from '../../live/asked.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { PATHS } from '../../paths.ts';
import { place } from '../../router.ts';
import { gameName, texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/league.ts';
import { LadderTable } from './ladder-table.tsx';
import { LeagueTabs } from './league-tabs.tsx';
import { Now } from './now.tsx';

const AGAIN_MS = 3000;

export function LeaguePage(): VNode {
  const { answer: status, trouble } = useAsked('GET /api/league', {}, AGAIN_MS);
  const game = place.value.query.get('game') ?? status?.game ?? null;
  return (
    <PageFrame title={common.pages.league} name="league" tools={<LeagueTabs />}>
      <Trouble of={trouble} />
      {status !== null && game !== null && (
        <div class="league-columns">
          <section aria-label={texts.ladder}>
            <Games status={status} game={game} />
            <Ladder game={game} />
          </section>
          <Now status={status} />
        </div>
      )}
    </PageFrame>
  );
}

function Games({ status, game }: { readonly status: LeagueStatus; readonly game: string }): VNode | null {
  if (status.games.length < 2) return null;
  return (
    <ul class="tabs games" aria-label={texts.gamesHeading}>
      {status.games.map((one) => (
        <li key={one}>
          <a
            class="button"
            href={`${PATHS.league}?game=${encodeURIComponent(one)}`}
            {...(one === game && { 'aria-current': 'true' as const })}
          >
            {gameName(one)}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Ladder({ game }: { readonly game: string }): VNode {
  const { answer: lines, trouble } = useAsked('GET /api/league/ladder/{game}', { game }, AGAIN_MS);
  return (
    <>
      <Trouble of={trouble} />
      {lines?.length === 0 && (
        <Sheet title={texts.nobody}>
          <p>{texts.nobodyText}</p>
          <p>
            <a class="button" href={PATHS.account}>
              {texts.toAccount}
            </a>
          </p>
          <code>{texts.command}</code>
        </Sheet>
      )}
      {lines !== null && lines.length > 0 && (
        <>
          <LadderTable lines={lines} />
          <p class="soft">{texts.scoreIs}</p>
        </>
      )}
    </>
  );
}
