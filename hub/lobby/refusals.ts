/** What was refused: counted by code, said in the log once a second and link, answered with ERROR within a budget. */
import type { PaddlewireError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { Link } from '../links/link.ts';

/** ERRORs sent to one link in a second: garbage must not be answered with more garbage. */
const MAX_ERRORS_PER_SECOND = 10;
/** ERROR.text is at most 200 bytes; a character that was cut in two may become one of three. */
const MAX_TEXT_BYTES = 196;

export class Refusals {
  readonly #clock: Clock;
  readonly #log: (code: string, detail: Record<string, unknown>) => void;
  readonly #budget = new Map<Link, { second: number; sent: number }>();
  /** How often each code was given, since the hub started. */
  readonly counts = new Map<string, number>();

  constructor(clock: Clock, log: (code: string, detail: Record<string, unknown>) => void) {
    this.#clock = clock;
    this.#log = log;
  }

  /** @param device id of who is on the link, if known */
  refuse(link: Link, device: string | null, error: PaddlewireError): void {
    this.counts.set(error.code, (this.counts.get(error.code) ?? 0) + 1);
    const second = Math.floor(this.#clock.now() / 1000);
    const budget = this.#budget.get(link);
    const sent = budget?.second === second ? budget.sent + 1 : 1;
    this.#budget.set(link, { second, sent });
    if (sent > MAX_ERRORS_PER_SECOND) return;
    if (sent === 1) this.#log(error.code, { link: link.address, device, text: error.message });
    link.send({ type: 'ERROR', code: error.code, text: sayable(error.message), detail: error.detail });
  }

  forget(link: Link): void {
    this.#budget.delete(link);
  }
}

/** What a device sent may be quoted in the text: without control characters, and no longer than a text may be. */
function sayable(text: string): string {
  const plain = text.replaceAll(/[\u0000-\u001f\u007f]/g, '?');
  return Buffer.from(plain).subarray(0, MAX_TEXT_BYTES).toString('utf8');
}
