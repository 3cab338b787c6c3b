/** `paddlewire match GAME`: matches on this computer, of agents, programs, bots, keyboards and boards in any mix. */
import { randomInt } from 'node:crypto';
import { PaddlewireError } from '../../shared/errors.ts';
import { positional } from '../../shared/games/positional.ts';
import { INVALID_POLICIES, type InvalidPolicy } from '../rooms/invalid-policy.ts';
import type { Command } from './context.ts';
import { called } from './games.ts';
import { parseOptions } from './hub-options.ts';
import { playInArena, type Plan } from './match/arena-rounds.ts';
import { Results } from './match/results.ts';
import { seatAll } from './match/wishes.ts';
import { integerOf } from './option-values.ts';

const OPTIONS = {
  seed: { type: 'string' },
  fps: { type: 'string', default: '60' },
  rate: { type: 'string', default: '60' },
  rounds: { type: 'string', default: '1' },
  record: { type: 'string' },
  invalid: { type: 'string', default: 'ignore' },
  json: { type: 'boolean', default: false },
} as const;

const UINT32 = 0xffff_ffff;
/** What a room may have (rooms.rate). */
const RATES = [10, 250] as const;

export const match: Command = async (args, context) => {
  const [plan, fps] = planOf(args);
  const results = new Results(context, plan.json, plan.players, plan.rounds);
  const hands = plan.players.find(({ what }) => what === 'keyboard' || what === 'board');
  if (fps === 'max') {
    if (hands !== undefined)
      throw new PaddlewireError('match-real-time', `A ${hands.what} cannot play at \`--fps max\`.`);
    await playInArena(plan, context, results);
  } else {
    const { playInHub } = await import('./match/hub-rounds.ts');
    await playInHub(plan, context, results);
  }
  results.summary();
  return results.exitCode;
};

/** @throws PaddlewireError usage, game-unknown, parameter-invalid and others of players */
function planOf(args: readonly string[]): [Plan, string] {
  const [rest, players] = withoutPlayers(args);
  const { values, positionals } = parseOptions(rest, OPTIONS, true);
  const [name, ...texts] = positionals;
  if (name === undefined || players.length === 0)
    throw new PaddlewireError(
      'usage',
      'Say `match GAME --players ONE OTHER`, e.g. `paddlewire match pong --players a.ts bot`.',
    );
  const game = called(name);
  const fps = values['fps'] as string;
  const [min, max] = RATES;
  const rate = integerOf(fps === 'max' ? 'rate' : 'fps', fps === 'max' ? (values['rate'] as string) : fps, min, max);
  const invalid = values['invalid'] as InvalidPolicy;
  if (!INVALID_POLICIES.includes(invalid))
    throw new PaddlewireError('usage', `--invalid is one of ${INVALID_POLICIES.join(', ')}.`);
  const seed = values['seed'] as string | undefined;
  const plan: Plan = {
    game,
    parameters: positional(game, texts),
    players: seatAll(game, players),
    seed: seed === undefined ? randomInt(UINT32) : integerOf('seed', seed, 0, UINT32),
    rounds: integerOf('rounds', values['rounds'] as string, 1, 1_000_000),
    rate,
    record: (values['record'] as string | undefined) ?? null,
    invalid,
    json: values['json'] === true,
  };
  return [plan, fps];
}

/** Players stand after `--players`, up to the next option. */
function withoutPlayers(args: readonly string[]): [string[], string[]] {
  const rest: string[] = [];
  const players: string[] = [];
  let taking = false;
  for (const text of args) {
    if (text.startsWith('--')) taking = text === '--players';
    if (text === '--players') continue;
    (taking ? players : rest).push(text);
  }
  return [rest, players];
}
