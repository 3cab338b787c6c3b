/** What must be so at every moment of a match: scores, outcome, what seats and spectators are told, the picture. */
import { encode } from '../../contract/codec.ts';
import { MAX_MESSAGE_BYTES, MESSAGES } from '../../contract/messages.ts';
import { PaddlewireError } from '../../errors.ts';
import type { Outcome, ParameterValues, Parameters } from '../game.ts';
import type { AnyGame } from '../registry.ts';
import type { Findings } from './findings.ts';
import { checkScene } from './scene.ts';

const MAX_VIEW_BYTES = 240;
const MAX_POINTS = 65_535;

export interface Moment {
  readonly game: AnyGame;
  readonly values: ParameterValues<Parameters>;
  readonly state: unknown;
  readonly tick: number;
  readonly taken: ReadonlySet<number>;
}

/** The quick ones: at each tick. */
export function checkTick(moment: Moment, findings: Findings): Outcome | null {
  const { game, state, tick } = moment;
  const scores = findings.call('scores', () => game.scores(state));
  const whole = (score: number): boolean => Number.isInteger(score) && score >= 0 && score <= MAX_POINTS;
  if (scores.length !== game.seats.length)
    findings.add(
      'scores',
      `scores gives ${scores.length} numbers at tick ${tick}; the game has ${game.seats.length} seats.`,
    );
  else if (!scores.every(whole))
    findings.add(
      'scores',
      `scores gives ${scores.join(', ')} at tick ${tick}; points are integers from 0 to ${MAX_POINTS}.`,
    );
  checkAwaits(moment, findings);
  const outcome = findings.call('outcome', () => game.outcome(state));
  if (outcome?.kind === 'win' && game.seats[outcome.winner] === undefined)
    findings.add('outcome', `outcome names seat ${outcome.winner} as winner at tick ${tick}; there is no such seat.`);
  return outcome;
}

function checkAwaits({ game, state, tick, taken }: Moment, findings: Findings): void {
  const awaited = findings.call('awaits', () => game.awaits?.(state)) ?? [];
  const wrong = awaited.find((seat) => !taken.has(seat));
  if (wrong !== undefined)
    findings.add(
      'awaits',
      `awaits names seat ${wrong} at tick ${tick}, which nobody has: its command would never come.`,
    );
}

/** The others: now and then. */
export function checkTold(moment: Moment, findings: Findings): void {
  for (const seat of moment.game.seats.keys()) checkSeat(moment, seat, findings);
  checkView(moment, findings);
}

function checkSeat({ game, state, tick, taken }: Moment, seat: number, findings: Findings): void {
  const name = game.seats[seat] ?? '';
  const value = findings.call('observe', () => game.observe(state, seat)) ?? null;
  if (!taken.has(seat)) {
    if (value !== null)
      findings.add(
        'observation',
        `observe tells seat ${name} something at tick ${tick}, though nobody has it; say null.`,
      );
    return;
  }
  if (value === null)
    findings.add('observation', `observe tells seat ${name} nothing at tick ${tick}, though it is taken.`);
  const stats = findings.call('stats', () => game.stats?.(state, seat)) ?? {};
  if (!Object.values(stats).every((number) => Number.isSafeInteger(number)))
    findings.add('stats', `stats of seat ${name} are ${JSON.stringify(stats)} at tick ${tick}; give integers only.`);
  const fault = unsendable(tick, value);
  if (fault !== null) findings.add('observation', `What observe tells seat ${name} at tick ${tick} ${fault}.`);
}

/** Why an observation cannot be sent in one of its forms; null: it can. */
function unsendable(tick: number, value: unknown): string | null {
  for (const form of ['cbor', 'json'] as const) {
    try {
      encode({ type: 'OBSERVE', tick, value }, form);
    } catch (error) {
      if (!(error instanceof PaddlewireError)) return `is nothing that ${form} can say: ${String(error)}`;
      return `does not fit into the ${MESSAGES.OBSERVE.maxBytes} bytes of OBSERVE (as JSON ${MAX_MESSAGE_BYTES})`;
    }
  }
  return null;
}

function checkView({ game, values, state, tick, taken }: Moment, findings: Findings): void {
  const view = findings.call('view', () => game.view(state));
  if (!(view instanceof Uint8Array) || view.length > MAX_VIEW_BYTES) {
    const length = view instanceof Uint8Array ? `${view.length} bytes` : 'no bytes';
    findings.add('view', `view gives ${length} at tick ${tick}; a snapshot has room for ${MAX_VIEW_BYTES}.`);
    return;
  }
  if (game.draw === undefined) {
    findings.add('draws-nothing', 'The game has no draw: no page can show it.');
    return;
  }
  const scene = findings.call('draw', () => game.draw?.(view, values));
  if (scene === undefined || (scene.shapes.length === 0 && taken.size > 0))
    findings.add('draws-nothing', `draw gives no shape at tick ${tick}, though ${taken.size} seats are taken.`);
  else checkScene(scene, game.seats.length, tick, findings);
}
