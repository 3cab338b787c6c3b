/** What an assertion is: a sentence, its clause, what to change where it fails, and a judge of what was observed. */

export type Verdict =
  | { readonly outcome: 'ok' }
  /** @param came what was seen instead, bytes in hex and in words */
  | { readonly outcome: 'failed'; readonly came: string }
  | { readonly outcome: 'not tried'; readonly why: string };

/** @typeParam Seen what a judge looks at */
export interface Assertion<Seen> {
  /** Stable name: kebab-case. */
  readonly id: string;
  /** What has to hold, in one sentence. */
  readonly says: string;
  /** Page and anchor under docs/, e.g. `contract.md#hello`. */
  readonly clause: string;
  /** What its maker has to change if it does not. */
  readonly change: string;
  readonly judge: (seen: Seen) => Verdict;
}

export interface Result {
  /** From 1, in the order of the list. */
  readonly number: number;
  readonly id: string;
  readonly says: string;
  readonly clause: string;
  readonly change: string;
  readonly verdict: Verdict;
}

export const OK: Verdict = { outcome: 'ok' };
export const failed = (came: string): Verdict => ({ outcome: 'failed', came });
export const notTried = (why: string): Verdict => ({ outcome: 'not tried', why });

/** OK, or failed if something came that says so. */
export const unless = (came: string | null | undefined): Verdict =>
  came === null || came === undefined ? OK : failed(came);

/** Judges all that was seen. */
export const judge = <Seen>(assertions: readonly Assertion<Seen>[], seen: Seen): Result[] =>
  assertions.map(({ judge: look, ...assertion }, index) => ({
    number: index + 1,
    ...assertion,
    verdict: look(seen),
  }));

export const hasFailed = (results: readonly Result[]): boolean =>
  results.some(({ verdict }) => verdict.outcome === 'failed');
