/** The form of a new tournament: for who leads the class, or an administrator of the league. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { TOURNAMENT_KINDS } from '../../../../shared/contract/league-api.ts';
import { useAsked } from '../../live/asked.ts';
import { useDoing } from '../../live/doing.ts';
import { administer, mayAdminister } from '../../live/lead.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { go } from '../../router.ts';
import { gameName } from '../../texts/common.ts';
import { texts } from '../../texts/league.ts';
import { tournamentPath } from './page.tsx';

export function NewTournament({ made }: { readonly made: () => void }): VNode | null {
  const { answer: status } = useAsked('GET /api/league', {});
  const doing = useDoing();
  const [name, setName] = useState('');
  const [game, setGame] = useState('');
  const [kind, setKind] = useState<(typeof TOURNAMENT_KINDS)[number]>('elimination');
  const [who, setWho] = useState('');
  if (status === null || !mayAdminister()) return null;
  const make = (event: Event): void => {
    event.preventDefault();
    const players = who.split(/[\s,]+/).filter((one) => one !== '');
    void doing.run(async () => {
      const body = { name, game: game === '' ? status.game : game, kind, ...(players.length > 0 && { players }) };
      const { id } = await administer('POST /api/league/tournaments', {}, body);
      setName('');
      made();
      go(tournamentPath(id));
    });
  };
  return (
    <form class="sheet new-tournament" onSubmit={make}>
      <h3>{texts.newTournament}</h3>
      <label>
        {texts.title}
        <input required maxLength={64} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <label>
        {texts.game}
        <select value={game === '' ? status.game : game} onChange={(event) => setGame(event.currentTarget.value)}>
          {status.games.map((one) => (
            <option key={one} value={one}>
              {gameName(one)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {texts.kind}
        <select
          value={kind}
          onChange={(event) =>
            setKind(TOURNAMENT_KINDS.find((one) => one === event.currentTarget.value) ?? 'elimination')
          }
        >
          {TOURNAMENT_KINDS.map((one) => (
            <option key={one} value={one}>
              {texts.kinds[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {texts.who}
        <textarea rows={4} value={who} onInput={(event) => setWho(event.currentTarget.value)} />
      </label>
      <p class="buttons">
        <button type="submit" class="main" disabled={doing.busy}>
          {texts.make}
        </button>
      </p>
      <Trouble of={doing.trouble} />
    </form>
  );
}
