/** A knock-out as a tree: each round a column, who wins goes to the right. */
import type { VNode } from 'preact';
import type { TournamentState } from '../../../../shared/contract/league-api.ts';
import { texts } from '../../texts/league.ts';
import { Pairings, type PairingInfo } from './pairings.tsx';

const NOBODY: PairingInfo = {
  players: [null, null],
  scores: [],
  winner: null,
  state: 'waiting',
  room: null,
  forfeitMs: null,
};

export function Bracket({ state: { rounds, players } }: { readonly state: TournamentState }): VNode {
  const columns = columnsOf(rounds, players.length);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide tree scrolls, by keyboard too
    <div class="bracket scrolls" style={{ '--first': String(columns[0]?.length ?? 1) }} tabIndex={0}>
      {columns.map((pairings, index) => (
        <section key={index} aria-label={texts.round(index + 1, columns.length)}>
          <h4>{texts.round(index + 1, columns.length)}</h4>
          <Pairings pairings={pairings} />
        </section>
      ))}
    </div>
  );
}

/** The rounds that are paired, and those to come with nobody in them yet. */
function columnsOf(rounds: TournamentState['rounds'], players: number): PairingInfo[][] {
  const first = rounds[0]?.length ?? 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(2, players))) - 1);
  const columns: PairingInfo[][] = [];
  for (let size = first; size >= 1; size /= 2) {
    const known = rounds[columns.length] ?? [];
    columns.push(Array.from({ length: Math.floor(size) }, (_, at) => known[at] ?? NOBODY));
    if (size === 1) break;
  }
  return columns;
}
