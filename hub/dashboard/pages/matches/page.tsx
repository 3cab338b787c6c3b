/** The matches of this hub, the newest first. */
import type { VNode } from 'preact';
import { useAsked } from '../../live/asked.ts';
import { MatchList } from '../../parts/match-list.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/scores.ts';

const AGAIN_MS = 5000;

export function Matches(): VNode {
  const { answer: matches, trouble, again } = useAsked('GET /api/matches', {}, AGAIN_MS);
  return (
    <PageFrame title={common.pages.matches} name="matches">
      <Trouble of={trouble} />
      {matches?.length === 0 && (
        <Sheet title={texts.noMatches}>
          <p>{texts.noMatchesText}</p>
        </Sheet>
      )}
      <MatchList matches={matches ?? []} changed={again} />
    </PageFrame>
  );
}
