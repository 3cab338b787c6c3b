/** Opens a room: a name, a game, its parameters. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Begins, HubInfo } from '../../../../shared/contract/api.ts';
import { useDoing } from '../../live/doing.ts';
import { lead } from '../../live/lead.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../texts/rooms.ts';
import { ParameterFields, taken, type Values } from './parameter-fields.tsx';
import { BeginsChoice, GameChoice } from './room-settings.tsx';

interface NewRoomProps {
  readonly games: HubInfo['games'];
  /** Names of the rooms that are there. */
  readonly taken: readonly string[];
}

export function NewRoom({ games, taken: names }: NewRoomProps): VNode {
  const doing = useDoing();
  const [name, setName] = useState(() => freeName(names));
  const [game, setGame] = useState(games[0]?.name ?? '');
  const [values, setValues] = useState<Values>({});
  const [begins, setBegins] = useState<Begins>('itself');
  const { parameters = {}, about = '' } = games.find((one) => one.name === game) ?? {};
  const create = async (event: Event): Promise<void> => {
    event.preventDefault();
    const body = { name, game, parameters: taken(parameters, values), begins };
    if (!(await doing.run(() => lead('POST /api/rooms', {}, body)))) return;
    setName(freeName([...names, name]));
    setValues({});
  };
  return (
    <article class="room-card new-room" aria-label={texts.newRoom}>
      <header>
        <h3>{texts.newRoom}</h3>
      </header>
      <form onSubmit={(event) => void create(event)}>
        <div class="parameters">
          <label>
            {texts.name}
            <input
              required
              maxLength={24}
              pattern="[a-z0-9\-]+"
              title={texts.nameHint}
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </label>
          <GameChoice games={games} game={game} choose={setGame} />
          <BeginsChoice begins={begins} choose={setBegins} />
        </div>
        <p class="about-game">{texts.aboutGames[game] ?? about}</p>
        <details class="settings">
          <summary>{texts.settings}</summary>
          <ParameterFields parameters={parameters} values={values} change={setValues} />
        </details>
        <p class="buttons">
          <button type="submit" class="main" disabled={doing.busy}>
            {texts.create}
          </button>
        </p>
        <Trouble of={doing.trouble} />
      </form>
    </article>
  );
}

/** One that nobody has to think of. */
function freeName(used: readonly string[]): string {
  for (let number = used.length + 1; ; number++) {
    if (!used.includes(`court-${number}`)) return `court-${number}`;
  }
}
