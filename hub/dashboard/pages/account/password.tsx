/** A new password; all other pages of this user are logged out by it. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { asUser, keepAccount } from '../../live/account.ts';
import { useDoing } from '../../live/doing.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../texts/league.ts';
import { Field } from './field.tsx';

export function Password(): VNode {
  const doing = useDoing();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const change = (event: Event): void => {
    event.preventDefault();
    void doing.run(async () => {
      keepAccount(await asUser('POST /api/league/me/password', {}, { old, password }));
    });
  };
  return (
    <details class="sheet">
      <summary>{texts.newPassword}</summary>
      <form onSubmit={change}>
        <Field label={texts.oldPassword} value={old} change={setOld} complete="current-password" />
        <Field label={texts.newPassword} value={password} change={setPassword} complete="new-password" least={8}>
          {texts.passwordHint}
        </Field>
        <button type="submit" disabled={doing.busy}>
          {texts.change}
        </button>
        <Trouble of={doing.trouble} />
      </form>
    </details>
  );
}
