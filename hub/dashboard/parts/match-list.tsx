/** Matches: when, who, how it ended, and the way to the replay. */
import type { VNode } from 'preact';
import type { MatchLine } from '../../../shared/contract/api.ts';
import { useDoing } from '../live/doing.ts';
import { lead } from '../live/lead.ts';
import { replayPath } from '../paths.ts';
import { gameName, texts as common } from '../texts/common.ts';
import { texts, when } from '../texts/scores.ts';
import { SeatMark } from './seats.tsx';
import { Trouble } from './trouble.tsx';
import './match-list.css';

interface MatchListProps {
  readonly matches: readonly MatchLine[];
  /** A star was set or taken. */
  readonly changed: () => void;
}

export function MatchList({ matches, changed }: MatchListProps): VNode {
  return (
    <ul class="match-list">
      {matches.map((match) => (
        <Match key={match.match} match={match} changed={changed} />
      ))}
    </ul>
  );
}

function Match({ match, changed }: { readonly match: MatchLine; readonly changed: () => void }): VNode {
  return (
    <li class="match">
      <p class="match-when">
        <b>{when(match.startedAt)}</b>
        <span>
          {gameName(match.game)}, {common.room(match.room)}, {lastedOf(match)}
        </span>
      </p>
      <ul class="match-players">
        {match.players.map(({ seat, device, name, points, won }) => (
          <li key={`${seat} ${device}`} class={won ? 'won' : ''}>
            <SeatMark seat={seat} />
            <span class="name">{name === '' ? device : name}</span>
            <b>{texts.pointsOf(points)}</b>
            {won && <em>{texts.won}</em>}
          </li>
        ))}
      </ul>
      <Ways match={match} changed={changed} />
    </li>
  );
}

function Ways({ match: { match, journal, starred }, changed }: Parameters<typeof Match>[0]): VNode {
  const doing = useDoing();
  const star = async (): Promise<void> => {
    const body = { starred: !starred };
    if (await doing.run(() => lead('POST /api/matches/{match}/star', { match }, body))) changed();
  };
  const label = starred ? texts.unstar : texts.star;
  return (
    <p class="match-ways">
      {journal ? (
        <>
          <button
            type="button"
            class="star"
            aria-pressed={starred}
            aria-label={label}
            title={label}
            onClick={() => void star()}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M12 2l3 7 7.5.6-5.7 5 1.8 7.4L12 18l-6.600 4 1.800-7.400-5.700-5L9 9z" />
            </svg>
          </button>
          <a class="button" href={replayPath(match)}>
            {texts.replay}
          </a>
        </>
      ) : (
        <span class="soft">{texts.noJournal}</span>
      )}
      <Trouble of={doing.trouble} />
    </p>
  );
}

function lastedOf({ startedAt, endedAt, outcome }: MatchLine): string {
  if (endedAt === null) return texts.going;
  const seconds = Math.max(0, Math.round((endedAt - startedAt) / 1000));
  const lasted = texts.lasted(Math.floor(seconds / 60), seconds % 60);
  return outcome === null || outcome === 'win' ? lasted : `${lasted}, ${texts.outcomes[outcome] ?? outcome}`;
}
