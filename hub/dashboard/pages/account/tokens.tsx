/** Tokens: what an agent shows to play for its owner. A fresh one with the lines to paste. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Me } from '../../../../shared/contract/league-api.ts';
import { asUser } from '../../live/account.ts';
import { useDoing } from '../../live/doing.ts';
import { confirmed } from '../../live/questions.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { texts } from '../../texts/league.ts';
import { when } from '../../texts/scores.ts';
import { freshToken } from './fresh-token.ts';

interface TokensProps {
  readonly tokens: Me['tokens'];
  readonly changed: () => void;
}

export function Tokens({ tokens, changed }: TokensProps): VNode {
  const doing = useDoing();
  const [name, setName] = useState('laptop');
  const make = (event: Event): void => {
    event.preventDefault();
    void doing.run(async () => {
      freshToken.value = (await asUser('POST /api/league/me/tokens', {}, { name })).token;
      changed();
    });
  };
  return (
    <section class="sheet">
      <h3>{texts.tokens}</h3>
      <p class="soft">{texts.tokensText}</p>
      {freshToken.value !== '' && <Fresh token={freshToken.value} />}
      {tokens.length === 0 && <p>{texts.noTokens}</p>}
      <ul class="tokens">
        {tokens.map((token) => (
          <Token key={token.id} token={token} changed={changed} />
        ))}
      </ul>
      <form class="in-line" onSubmit={make}>
        <label>
          {texts.tokenName}
          <input required maxLength={32} value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <button type="submit" disabled={doing.busy}>
          {texts.newToken}
        </button>
      </form>
      <Trouble of={doing.trouble} />
    </section>
  );
}

function Token({ token, changed }: { readonly token: Me['tokens'][number]; readonly changed: () => void }): VNode {
  const doing = useDoing();
  const revoke = async (): Promise<void> => {
    if (!(await confirmed(texts.revokeTitle(token.name), texts.revokeText, texts.revoke))) return;
    const params = { token: String(token.id) };
    if (await doing.run(() => asUser('POST /api/league/me/tokens/{token}/revoke', params))) changed();
  };
  return (
    <li>
      <b>{token.name}</b> <code class="hint">{token.hint}</code>{' '}
      <small class="soft">{texts.madeAt(when(token.createdAt))}</small>
      <button type="button" class="loses" disabled={doing.busy} onClick={() => void revoke()}>
        {texts.revoke}
      </button>
      <Trouble of={doing.trouble} />
    </li>
  );
}

function Fresh({ token }: { readonly token: string }): VNode {
  const host = location.hostname;
  return (
    <div class="fresh" role="status">
      <h4>{texts.freshToken}</h4>
      <p>{texts.freshText}</p>
      <Line text={token} />
      <p>{texts.runIt}</p>
      <Line text={`npx paddlewire agent run my-agent.ts --token ${token} --host ${host}`} />
      <p>{texts.otherLanguages}</p>
      <Line text={`export PADDLEWIRE_HOST=${host} PADDLEWIRE_TOKEN=${token} PADDLEWIRE_ROOM=league`} />
      <button type="button" onClick={() => (freshToken.value = '')}>
        {texts.done}
      </button>
    </div>
  );
}

/** A line to copy. Where a page may not write to the clipboard (plain HTTP), it is marked so that two keys copy it. */
function Line({ text }: { readonly text: string }): VNode {
  const [copied, setCopied] = useState(false);
  const copy = (event: Event): void => {
    const line = (event.currentTarget as HTMLElement).parentElement?.querySelector('code');
    if (line === null || line === undefined) return;
    getSelection()?.selectAllChildren(line);
    setCopied(document.execCommand('copy'));
  };
  return (
    <p class="line">
      <code>{text}</code>
      <button type="button" onClick={copy}>
        {copied ? texts.copied : texts.copy}
      </button>
    </p>
  );
}
