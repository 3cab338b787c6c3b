/** What a command asks who sits before it, line by line; passwords are not shown. Works with a pipe, too. */
import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { PaddlewireError } from '../../../shared/errors.ts';
import type { Context } from '../context.ts';

export class Questions {
  readonly #context: Context;
  readonly #interface: Interface;
  readonly #lines: AsyncIterator<string>;
  readonly #ended: () => void;
  #hidden = false;

  constructor(context: Context) {
    this.#context = context;
    const output = new Writable({
      write: (chunk: Buffer, _, done) => {
        if (!this.#hidden) context.stderr.write(chunk);
        done();
      },
    });
    const terminal = context.stdin.isTTY === true;
    this.#interface = createInterface({ input: context.stdin, output, terminal });
    this.#lines = this.#interface[Symbol.asyncIterator]();
    this.#ended = () => this.#interface.close();
    this.#interface.on('SIGINT', this.#ended);
    context.stop.addEventListener('abort', this.#ended, { once: true });
  }

  close(): void {
    this.#context.stop.removeEventListener('abort', this.#ended);
    this.#interface.close();
  }

  /** The rest of what comes in, without empty lines. */
  async rest(): Promise<string[]> {
    const lines: string[] = [];
    for (let line = await this.#next(); line !== null; line = await this.#next())
      if (line.trim() !== '') lines.push(line.trim());
    return lines;
  }

  /** A new password, asked twice from a person and once from a pipe; an empty line: the program is to make one. */
  async password(): Promise<string | undefined> {
    const first = await this.#secret('Password (8 characters or more; empty: one is made): ');
    if (first === null) throw new PaddlewireError('not-confirmed', 'No password was given.');
    if (first === '') return undefined;
    if (this.#context.stdin.isTTY === true && (await this.#secret('Again: ')) !== first)
      throw new PaddlewireError('password-invalid', 'The two were not the same.');
    return first;
  }

  /** @throws PaddlewireError not-confirmed: nobody said yes */
  async confirm(question: string): Promise<void> {
    this.#context.stderr.write(`${question} [y/N] `);
    const said = await this.#next();
    if (!/^y(es)?$/i.test(said?.trim() ?? '')) throw new PaddlewireError('not-confirmed');
  }

  async #secret(prompt: string): Promise<string | null> {
    this.#context.stderr.write(prompt);
    this.#hidden = true;
    const line = await this.#next();
    this.#hidden = false;
    if (this.#context.stdin.isTTY === true) this.#context.stderr.write('\n');
    return line;
  }

  async #next(): Promise<string | null> {
    const { done, value } = await this.#lines.next();
    return done === true ? null : value;
  }
}

/** Runs a command that may ask, and lets go of its input afterwards. */
export async function asking<T>(context: Context, run: (questions: Questions) => Promise<T>): Promise<T> {
  const questions = new Questions(context);
  try {
    return await run(questions);
  } finally {
    questions.close();
  }
}
