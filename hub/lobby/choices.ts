/**
 * The lifetime tally of programs that publish both choices of rock-paper-scissors as JSON on `game/player_choices`:
 * {"user_choice": "R", "AI_choice": "S"}. What is no choice is refused and counted, and wins for nobody.
 */
import { PaddlewireError } from '../../shared/errors.ts';
import type { ScoreBuffer } from '../store/score-buffer.ts';
import type { ScoreStore } from '../store/store.ts';

const BEATS: Readonly<Record<string, string>> = { R: 'S', P: 'R', S: 'P' };
const MAX_BYTES = 256;

export interface ChoicesParts {
  readonly store: Pick<ScoreStore, 'tallies'>;
  readonly buffer: ScoreBuffer;
  /** The tally on disk, imported wins included. */
  publish(tally: { human_score: number; AI_score: number }): void;
}

export class ChoicesTally {
  readonly #parts: ChoicesParts;
  /** Wins counted by this hub, ever. */
  readonly #own = { human: 0, AI: 0 };
  readonly #imported = { human: 0, AI: 0 };

  constructor(parts: ChoicesParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { own, all } = await this.#parts.store.tallies();
    for (const player of ['human', 'AI'] as const) {
      this.#own[player] = own.find((row) => row.player === player)?.wins ?? 0;
      this.#imported[player] = (all.find((row) => row.player === player)?.wins ?? 0) - this.#own[player];
    }
    this.#publish();
  }

  /** @throws PaddlewireError message-malformed, message-too-large, command-invalid */
  received(payload: Uint8Array): void {
    const winner = judge(parse(payload));
    if (winner === null) return;
    this.#own[winner]++;
    this.#parts.buffer.tally({ player: winner, wins: this.#own[winner] });
    void this.#parts.buffer.durable().then(() => this.#publish());
  }

  #publish(): void {
    const { human, AI } = this.#imported;
    this.#parts.publish({ human_score: this.#own.human + human, AI_score: this.#own.AI + AI });
  }
}

function parse(payload: Uint8Array): { user: unknown; ai: unknown } {
  if (payload.length > MAX_BYTES) throw new PaddlewireError('message-too-large');
  try {
    const choices = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
    return { user: choices['user_choice'], ai: choices['AI_choice'] };
  } catch {
    throw new PaddlewireError('message-malformed', 'Not the JSON of two choices.');
  }
}

function judge({ user, ai }: { user: unknown; ai: unknown }): 'human' | 'AI' | null {
  const isChoice = (choice: unknown): choice is string => typeof choice === 'string' && Object.hasOwn(BEATS, choice);
  if (!isChoice(user) || !isChoice(ai)) throw new PaddlewireError('command-invalid', 'A choice is "R", "P" or "S".');
  if (user === ai) return null;
  return BEATS[user] === ai ? 'human' : 'AI';
}
