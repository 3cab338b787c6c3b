/** A match that must end: played by the game's bots where it has some, else by chance. */
import { withDefaults, type Outcome } from '../game.ts';
import type { AnyGame } from '../registry.ts';
import type { Findings } from './findings.ts';
import { botPlayers, Dice, RandomPlayers } from './players.ts';

const RATE = 60;
/** An hour at 60 ticks a second. */
const MOST_TICKS = 216_000;
const HOST_TICKS = 40;

export interface WholeMatch {
  readonly outcome: Outcome;
  readonly ticks: number;
}

/** Plays with as few seats as the game allows. null: it never ended, which is a finding */
export function checkWholeMatch(game: AnyGame, seed: number, findings: Findings): WholeMatch | null {
  const values = withDefaults(game.parameters);
  const seats = Array.from(game.seats.keys()).slice(0, game.minSeats);
  let state = findings.call('initial', () => game.initial(values, seed, RATE));
  for (const seat of seats) state = findings.call('join', () => game.join(state, seat));
  const chance = new RandomPlayers(game, seed, findings);
  const bots = botPlayers(game, seats, seed, findings);
  const dice = new Dice(seed);
  for (let tick = 1; tick <= MOST_TICKS; tick++) {
    const commands = bots === null ? chance.commands(tick, RATE) : bots(state, tick, RATE);
    const before = state;
    state = findings.call('step', () => game.step(before, commands, []));
    if (game.host !== undefined && game.hostWords !== undefined && dice.below(HOST_TICKS) === 0) {
      const [now, word] = [state, dice.pick(game.hostWords)];
      state = findings.call('host', () => game.host?.(now, word, []) ?? now);
    }
    const decided = state;
    const outcome = findings.call('outcome', () => game.outcome(decided));
    if (outcome !== null) return { outcome, ticks: tick };
  }
  const who = bots === null ? 'players of chance' : 'bots';
  findings.add(
    'never-ends',
    `A match of ${seats.length} ${who} has no outcome after ${MOST_TICKS} ticks, an hour of play.`,
  );
  return null;
}
