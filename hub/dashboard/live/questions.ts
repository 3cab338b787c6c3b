/** What the page asks of its reader before it goes on. One question at a time; parts/question.tsx shows it. */
import { signal } from '@preact/signals';

export interface Confirmation {
  readonly kind: 'confirm';
  readonly title: string;
  readonly text: string;
  /** The word on the button that does it. */
  readonly yes: string;
  readonly answer: (answer: string | null) => void;
}

export interface PasswordQuestion {
  readonly kind: 'password';
  /** One was given already, and was wrong. */
  readonly wrong: boolean;
  readonly answer: (answer: string | null) => void;
}

export type Question = Confirmation | PasswordQuestion;

export const question = signal<Question | null>(null);

/** Whether it is to be done: for whatever loses something. */
export const confirmed = async (title: string, text: string, yes: string): Promise<boolean> =>
  (await put((answer) => ({ kind: 'confirm', title, text, yes, answer }))) !== null;

/** @returns null: it was not given */
export const askPassword = (wrong: boolean): Promise<string | null> =>
  put((answer) => ({ kind: 'password', wrong, answer }));

function put(make: (answer: Question['answer']) => Question): Promise<string | null> {
  // Whoever asks while another question stands has it taken down: nobody answers what cannot be seen.
  question.value?.answer(null);
  return new Promise((resolve) => {
    question.value = make((answer) => {
      question.value = null;
      resolve(answer);
    });
  });
}
