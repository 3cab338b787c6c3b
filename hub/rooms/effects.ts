/** What players see and hear on their devices: lights and tones for bounce, point and result. */
import type { DownMessage } from '../../shared/contract/messages.ts';
import { resultFor, type Outcome } from '../../shared/games/game.ts';

interface Occupied {
  readonly index: number;
  readonly device: string | null;
}

const tone = (hertz: number, ms: number): DownMessage => ({ type: 'EFFECT', effect: 'tone', value: hertz, ms });
const flash = (ms: number): DownMessage => ({ type: 'EFFECT', effect: 'light', value: 2, ms });

/** For the device whose paddle hit the ball: a short tick. */
export const bounceEffects = (): DownMessage[] => [tone(880, 30)];

/** A point: high and bright for who scored, low for who was beaten, nothing for others. */
export function pointEffects(
  taken: readonly Occupied[],
  scorer: Occupied,
  against: number | null,
): [string, DownMessage][] {
  const effects: [string, DownMessage][] = [];
  for (const seat of taken) {
    if (seat.device === null) continue;
    if (seat.index === scorer.index) effects.push([seat.device, tone(1320, 150)], [seat.device, flash(600)]);
    else if (seat.index === against) effects.push([seat.device, tone(220, 200)]);
  }
  return effects;
}

/** The result for one seat: END, and a tone that says the same. */
export function endEffects(
  outcome: Outcome,
  seat: Occupied,
  seatNames: readonly string[],
  scores: number[],
  stats: Readonly<Record<string, number>> | null = null,
): DownMessage[] {
  const winner = outcome.kind === 'win' ? (seatNames[outcome.winner] as string) : '';
  const result = resultFor(outcome, seat.index);
  return [{ type: 'END', result, winner, scores, stats }, result === 'win' ? tone(1760, 500) : tone(330, 400)];
}
