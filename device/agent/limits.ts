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

/** For its first move it has a second, whatever the game: much is made ready then. */
export const FIRST_MOVE_MS = 1000;

/** How long without an answer is too long. */
export const hungAfterMs = ({ hungMs, hungBudgets }: AgentLimits, budgetMs: number): number =>
  Math.max(hungMs, hungBudgets * budgetMs);
