/** What is wrong with a game: each kind once, in a sentence that names the place. */

export const FINDING_CODES = [
  'description',
  'parameters',
  'throws',
  'not-plain',
  'changes-state',
  'not-deterministic',
  'reset',
  'takes-nonsense',
  'scores',
  'outcome',
  'outcome-changes',
  'never-ends',
  'observation',
  'view',
  'draws-nothing',
  'drawing',
  'awaits',
  'stats',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export interface Finding {
  readonly code: FindingCode;
  /** A sentence for whoever wrote the game. */
  readonly text: string;
}

/** Thrown to leave a check that has found what makes going on pointless. */
export class Stopped extends Error {}

export class Findings {
  readonly #byCode = new Map<FindingCode, Finding>();

  get all(): Finding[] {
    return [...this.#byCode.values()];
  }

  add(code: FindingCode, text: string): void {
    if (!this.#byCode.has(code)) this.#byCode.set(code, { code, text });
  }

  /** Calls a function of the game. @throws Stopped if that throws, which is a finding */
  call<T>(where: string, run: () => T): T {
    try {
      return run();
    } catch (error) {
      const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      // A frozen state was written to: that is what strict mode says of it.
      const writes = error instanceof TypeError && /read only|not extensible|cannot delete/i.test(error.message);
      if (writes)
        this.add('changes-state', `${where} changes the state it is given (${said}); make a new one instead.`);
      else this.add('throws', `${where} throws ${said}.`);
      throw new Stopped();
    }
  }

  /** Does one check; what stops it stops no other. */
  part(check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    }
  }
}
