/** All users of the league: for an administrator of it, or for who leads the class. */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ROLES, type UserInfo } from '../../../../shared/contract/league-api.ts';
import { ApiError } from '../../live/api.ts';
import { useDoing } from '../../live/doing.ts';
import { administer } from '../../live/lead.ts';
import { confirmed } from '../../live/questions.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/league.ts';
import { when } from '../../texts/scores.ts';
import { LeagueTabs } from '../league/league-tabs.tsx';
import './users.css';

/** What the hub said once of a user. */
interface Fresh {
  readonly name: string;
  readonly password: string | null;
  readonly token: string | null;
}

export function UsersPage(): VNode {
  const [users, setUsers] = useState<readonly UserInfo[] | null>(null);
  const [trouble, setTrouble] = useState<ApiError | null>(null);
  const [fresh, setFresh] = useState<Fresh | null>(null);
  const load = async (): Promise<void> => {
    try {
      setUsers(await administer('GET /api/league/users', {}));
      setTrouble(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setTrouble(error);
    }
  };
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the page opens
  useEffect(() => void load(), []);
  const changed = (made: Fresh | null): void => {
    if (made !== null) setFresh(made);
    void load();
  };
  return (
    <PageFrame title={common.pages.users} name="users" tools={<LeagueTabs />}>
      <Trouble of={trouble} />
      {fresh !== null && <FreshSecrets fresh={fresh} done={() => setFresh(null)} />}
      {users !== null && (
        <div class="user-columns">
          <AddUser changed={changed} />
          {users.length === 0 ? <p>{texts.noUsers}</p> : <Table users={users} changed={changed} />}
        </div>
      )}
    </PageFrame>
  );
}

function FreshSecrets({ fresh, done }: { readonly fresh: Fresh; readonly done: () => void }): VNode {
  return (
    <section class="sheet fresh-secrets" role="status">
      <h3>{texts.fresh(fresh.name)}</h3>
      {fresh.password !== null && (
        <p>
          {texts.password}: <code>{fresh.password}</code>
        </p>
      )}
      {fresh.token !== null && (
        <p>
          {texts.freshToken}: <code>{fresh.token}</code>
        </p>
      )}
      <button type="button" onClick={done}>
        {texts.done}
      </button>
    </section>
  );
}

interface Changes {
  readonly changed: (made: Fresh | null) => void;
}

function AddUser({ changed }: Changes): VNode {
  const doing = useDoing();
  const [name, setName] = useState('');
  const add = (event: Event): void => {
    event.preventDefault();
    void doing.run(async () => {
      changed(await administer('POST /api/league/users', {}, { name }));
      setName('');
    });
  };
  return (
    <form class="sheet" onSubmit={add}>
      <h3>{texts.addUser}</h3>
      <p class="soft">{texts.addText}</p>
      <label>
        {texts.name}
        <input
          required
          maxLength={32}
          pattern="[A-Za-z0-9_\-]+"
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <p class="buttons">
        <button type="submit" class="main" disabled={doing.busy}>
          {texts.add}
        </button>
      </p>
      <Trouble of={doing.trouble} />
    </form>
  );
}

function Table({ users, changed }: Changes & { readonly users: readonly UserInfo[] }): VNode {
  return (
    <table class="sheet users-table">
      <thead>
        <tr>
          <th scope="col">{texts.name}</th>
          <th scope="col">{texts.role}</th>
          <th scope="col" class="since">
            {texts.since}
          </th>
          <th scope="col">
            <span class="unseen">{texts.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <Row key={user.name} user={user} changed={changed} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ user: { name, role, createdAt }, changed }: Changes & { readonly user: UserInfo }): VNode {
  const doing = useDoing();
  const user = { user: name };
  const setRole = async (wanted: string): Promise<void> => {
    await doing.run(() => administer('POST /api/league/users/{user}/role', user, { role: wanted }));
    changed(null);
  };
  const reset = async (): Promise<void> => {
    if (!(await confirmed(texts.resetTitle(name), texts.resetText, texts.reset))) return;
    await doing.run(async () => {
      const { password } = await administer('POST /api/league/users/{user}/password', user, {});
      changed({ name, password, token: null });
    });
  };
  const remove = async (): Promise<void> => {
    if (!(await confirmed(texts.removeTitle(name), texts.removeText, texts.remove))) return;
    if (await doing.run(() => administer('POST /api/league/users/{user}/remove', user))) changed(null);
  };
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <select
          aria-label={`${texts.role}: ${name}`}
          value={role}
          disabled={doing.busy}
          onChange={(event) => void setRole(event.currentTarget.value)}
        >
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {texts.roles[one]}
            </option>
          ))}
        </select>
      </td>
      <td class="since soft">{when(createdAt)}</td>
      <td>
        <div class="hands">
          <button type="button" disabled={doing.busy} onClick={() => void reset()}>
            {texts.reset}
          </button>
          <button type="button" class="loses" disabled={doing.busy} onClick={() => void remove()}>
            {texts.remove}
          </button>
        </div>
        <Trouble of={doing.trouble} />
      </td>
    </tr>
  );
}
