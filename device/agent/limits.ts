/** What an agent may use: so much that no honest one notices, so little that no other player does. */

export interface AgentLimits {
  /** Resident memory of all its processes, in MB. */
  readonly memoryMb: number;
  /** How many processes and children it may be. */
  readonly processes: number;
  /** Until it is loaded, in ms. */
  readonly loadMs: number;
  /** It is ended when it has not answered for so long, in ms, and for so many budgets. */
  readonly hungMs: number;
  readonly hungBudgets: number;
}

export const LIMITS: AgentLimits = { memoryMb: 256, processes: 1, loadMs: 20_000, hungMs: 5000, hungBudgets: 3 };

/** A program in another language may need a starter and its interpreter. */
export const PROGRAM_LIMITS: AgentLimits = { ...LIMITS, memoryMb: 512, processes: 8 };

/** Where the game is not known, and so not how long it lets one think: no game gives more than this without a word. */
export const UNKNOWN_HUNG_MS = 20_000;

/** How long without an answer is too long. */
export const hungAfterMs = ({ hungMs, hungBudgets }: AgentLimits, budgetMs: number): number =>
  Math.max(hungMs, hungBudgets * budgetMs);
