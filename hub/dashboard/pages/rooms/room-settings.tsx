/** Another game, other parameters, another policy for a room that is there. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { BEGINS, LOST_POLICIES, type Begins, type HubInfo } from '../../../../shared/contract/api.ts';
import { useDoing } from '../../live/doing.ts';
import { lead } from '../../live/lead.ts';
import { confirmed } from '../../live/questions.ts';
import type { RoomLive } from '../../live/room-live.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { gameName } from '../../texts/common.ts';
import { texts } from '../../texts/rooms.ts';
import { ParameterFields, taken, type Values } from './parameter-fields.tsx';

type Policy = (typeof LOST_POLICIES)[number];

interface RoomSettingsProps {
  readonly room: RoomLive;
  readonly games: HubInfo['games'];
}

export function RoomSettings(props: RoomSettingsProps): VNode {
  const [open, setOpen] = useState(false);
  return (
    <details class="settings" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.settings}</summary>
      {open && <Form {...props} />}
    </details>
  );
}

/** Begins with what the room has when it is opened: what somebody types is not typed over. */
function Form({ room, games }: RoomSettingsProps): VNode {
  const now = room.scoreboard.peek();
  const doing = useDoing();
  const [done, setDone] = useState(false);
  const [game, setGame] = useState(now.game);
  const [values, setValues] = useState<Values>(now.parameters);
  const [policy, setPolicy] = useState<Policy | ''>(LOST_POLICIES.find((one) => one === now.policy) ?? '');
  const [begins, setBegins] = useState<Begins>(now.begins);
  const parameters = games.find(({ name }) => name === game)?.parameters ?? {};
  const wanted = taken(parameters, values);
  const anew = game !== now.game || Object.entries(wanted).some(([name, value]) => now.parameters[name] !== value);
  const apply = async (event: Event): Promise<void> => {
    event.preventDefault();
    setDone(false);
    const running = room.scoreboard.peek().match !== null;
    if (anew && running && !(await confirmed(texts.applyTitle(room.name), texts.applyText, texts.apply))) return;
    const body = { ...(anew && { game, parameters: wanted }), ...(policy !== '' && { policy }), begins };
    setDone(await doing.run(() => lead('POST /api/rooms/{room}/settings', { room: room.name }, body)));
  };
  const choose = (chosen: string): void => {
    setGame(chosen);
    setValues(chosen === now.game ? now.parameters : {});
  };
  return (
    <form onSubmit={(event) => void apply(event)}>
      <div class="parameters">
        <GameChoice games={games} game={game} choose={choose} />
        <PolicyChoice policy={policy} choose={setPolicy} known={now.policy !== null} />
        <BeginsChoice begins={begins} choose={setBegins} />
      </div>
      <ParameterFields parameters={parameters} values={values} change={setValues} />
      <p class="buttons">
        <button type="submit" class="main" disabled={doing.busy}>
          {texts.apply}
        </button>
        <button type="button" onClick={() => setValues({ ...defaultsOf(parameters) })}>
          {texts.defaults}
        </button>
        <span role="status">{done && texts.applied}</span>
      </p>
      <Trouble of={doing.trouble} />
    </form>
  );
}

const defaultsOf = (parameters: HubInfo['games'][number]['parameters']): Values =>
  Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]));

interface GameChoiceProps {
  readonly games: HubInfo['games'];
  readonly game: string;
  readonly choose: (game: string) => void;
}

export function GameChoice({ games, game, choose }: GameChoiceProps): VNode {
  return (
    <label>
      {texts.game}
      <select value={game} onChange={(event) => choose(event.currentTarget.value)}>
        {games.map(({ name }) => (
          <option key={name} value={name}>
            {gameName(name)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface BeginsChoiceProps {
  readonly begins: Begins;
  readonly choose: (begins: Begins) => void;
}

export function BeginsChoice({ begins, choose }: BeginsChoiceProps): VNode {
  return (
    <label>
      {texts.begins}
      <select
        value={begins}
        onChange={(event) => choose(event.currentTarget.value === 'teacher' ? 'teacher' : 'itself')}
      >
        {BEGINS.map((one) => (
          <option key={one} value={one}>
            {texts.beginsBy[one]}
          </option>
        ))}
      </select>
    </label>
  );
}

interface PolicyChoiceProps {
  readonly policy: Policy | '';
  readonly choose: (policy: Policy | '') => void;
  /** Whether the hub said which one it has. */
  readonly known: boolean;
}

export function PolicyChoice({ policy, choose, known }: PolicyChoiceProps): VNode {
  return (
    <label>
      {texts.policy}
      <select
        value={policy}
        onChange={(event) => choose(LOST_POLICIES.find((one) => one === event.currentTarget.value) ?? '')}
      >
        {!known && <option value="">{texts.policyKept}</option>}
        {LOST_POLICIES.map((one) => (
          <option key={one} value={one}>
            {texts.policies[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
