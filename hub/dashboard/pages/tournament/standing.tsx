/** How one tournament stands: as a tree where who loses is out, else round by round with a table. */
import type { VNode } from 'preact';
import type { TournamentState } from '../../../../shared/contract/league-api.ts';
import { useAsked } from '../../live/asked.ts';
import { useDoing } from '../../live/doing.ts';
import { administer, mayAdminister } from '../../live/lead.ts';
import { confirmed } from '../../live/questions.ts';
import { DotText } from '../../parts/dot-text.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { gameName } from '../../texts/common.ts';
import { texts } from '../../texts/league.ts';
import { Bracket } from './bracket.tsx';
import { Rounds } from './rounds.tsx';

const AGAIN_MS = 2000;

interface StandingProps {
  readonly id: string;
  readonly changed: () => void;
}

export function Standing({ id, changed }: StandingProps): VNode {
  const {
    answer: state,
    trouble,
    again,
  } = useAsked('GET /api/league/tournaments/{tournament}', { tournament: id }, AGAIN_MS);
  return (
    <>
      <Trouble of={trouble} />
      {state !== null && (
        <section class="standing" aria-label={state.name}>
          <header>
            <h3>{state.name}</h3>
            <span class="soft">
              {gameName(state.game)} · {texts.kinds[state.kind]} · {texts.phases[state.phase]}
            </span>
            <Hands
              state={state}
              changed={() => {
                again();
                changed();
              }}
            />
          </header>
          {state.winner !== null && (
            <p class="champion">
              <DotText text={texts.winner(state.winner)} />
            </p>
          )}
          {state.kind === 'elimination' ? <Bracket state={state} /> : <Rounds state={state} />}
        </section>
      )}
    </>
  );
}

/** For who leads, or an administrator of the league. */
function Hands({ state, changed }: { readonly state: TournamentState; readonly changed: () => void }): VNode | null {
  const doing = useDoing();
  const tournament = { tournament: String(state.id) };
  if (!mayAdminister() || state.phase === 'over') return null;
  const start = async (): Promise<void> => {
    if (await doing.run(() => administer('POST /api/league/tournaments/{tournament}/start', tournament))) changed();
  };
  const stop = async (): Promise<void> => {
    if (!(await confirmed(texts.stopTitle(state.name), texts.stopText, texts.stop))) return;
    if (await doing.run(() => administer('POST /api/league/tournaments/{tournament}/stop', tournament))) changed();
  };
  return (
    <span class="hands">
      {state.phase === 'open' ? (
        <button type="button" class="main" disabled={doing.busy} onClick={() => void start()}>
          {texts.start}
        </button>
      ) : (
        <button type="button" class="loses" disabled={doing.busy} onClick={() => void stop()}>
          {texts.stop}
        </button>
      )}
      <Trouble of={doing.trouble} />
    </span>
  );
}
