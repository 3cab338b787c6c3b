/** Two ways in: log in, or make an account. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { LeagueStatus } from '../../../../shared/contract/league-api.ts';
import { keepAccount } from '../../live/account.ts';
import { call } from '../../live/api.ts';
import { useAsked } from '../../live/asked.ts';
import { useDoing } from '../../live/doing.ts';
import { mayLead } from '../../live/teacher.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../texts/league.ts';
import { Field } from './field.tsx';
import { freshToken } from './fresh-token.ts';

export function Entry(): VNode {
  const { answer: status, trouble } = useAsked('GET /api/league', {});
  return (
    <div class="entries">
      <Trouble of={trouble} />
      <Login />
      {status !== null && <Register registration={status.registration} />}
    </div>
  );
}

function Login(): VNode {
  const doing = useDoing();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const login = (event: Event): void => {
    event.preventDefault();
    void doing.run(async () => keepAccount(await call('POST /api/league/login', {}, { name, password })));
  };
  return (
    <form class="sheet" onSubmit={login}>
      <h3>{texts.login}</h3>
      <Field label={texts.name} value={name} change={setName} complete="username" />
      <Field label={texts.password} value={password} change={setPassword} complete="current-password" />
      <button type="submit" class="main" disabled={doing.busy}>
        {texts.login}
      </button>
      <Trouble of={doing.trouble} />
    </form>
  );
}

function Register({ registration }: Pick<LeagueStatus, 'registration'>): VNode {
  const doing = useDoing();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [key, setKey] = useState('');
  if (registration === 'closed' && !mayLead()) {
    return (
      <section class="sheet">
        <h3>{texts.register}</h3>
        <p>{texts.registerClosed}</p>
      </section>
    );
  }
  const differ = again !== '' && again !== password;
  const register = (event: Event): void => {
    event.preventDefault();
    if (again !== password) return;
    void doing.run(async () => {
      const body = { name, password, ...(key !== '' && { key }) };
      const { token, ...opened } = await call('POST /api/league/register', {}, body);
      freshToken.value = token;
      keepAccount(opened);
    });
  };
  return (
    <form class="sheet" onSubmit={register}>
      <h3>{texts.register}</h3>
      <p class="soft">{texts.registerText}</p>
      <Field label={texts.name} value={name} change={setName} complete="username" pattern="[A-Za-z0-9_\-]+" />
      <Field label={texts.password} value={password} change={setPassword} complete="new-password" least={8}>
        {texts.passwordHint}
      </Field>
      <Field label={texts.passwordAgain} value={again} change={setAgain} complete="new-password">
        {differ && <span class="differ">{texts.passwordsDiffer}</span>}
      </Field>
      {registration !== 'closed' && (
        <Field label={texts.key[registration]} value={key} change={setKey} complete="off" needed={false}>
          {texts.keyHint}
        </Field>
      )}
      <button type="submit" class="main" disabled={doing.busy || differ}>
        {texts.create}
      </button>
      <Trouble of={doing.trouble} />
    </form>
  );
}
