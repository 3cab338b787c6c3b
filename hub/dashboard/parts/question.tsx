/** The one dialog of the page. The browser keeps the keyboard inside it, and Escape says no. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { question, type Question } from '../live/questions.ts';
import { texts } from '../texts/common.ts';

export function QuestionDialog(): VNode | null {
  const asked = question.value;
  return asked === null ? null : <Dialog key={asked} asked={asked} />;
}

function Dialog({ asked }: { readonly asked: Question }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');
  useEffect(() => dialog.current?.showModal(), []);
  const confirms = asked.kind === 'confirm';
  const submit = (event: Event): void => {
    event.preventDefault();
    if (confirms || typed !== '') asked.answer(typed);
  };
  return (
    <dialog class="question" ref={dialog} aria-labelledby="question" onCancel={() => asked.answer(null)}>
      <form onSubmit={submit}>
        <h2 id="question">{confirms ? asked.title : texts.teacherHeading}</h2>
        <p>{confirms ? asked.text : texts.teacherText}</p>
        {!confirms && (
          <label>
            {texts.password}
            <input type="password" autocomplete="current-password" onInput={(event) => setTyped(valueOf(event))} />
          </label>
        )}
        {!confirms && asked.wrong && <p class="trouble">{texts.passwordWrong}</p>}
        <p class="buttons">
          <button type="button" onClick={() => asked.answer(null)}>
            {texts.cancel}
          </button>
          <button type="submit" class={confirms ? 'loses' : 'main'}>
            {confirms ? asked.yes : texts.ok}
          </button>
        </p>
      </form>
    </dialog>
  );
}

const valueOf = (event: Event): string => (event.currentTarget as HTMLInputElement).value;
