/**
 * Whether a game keeps to its contract (docs/games.md), so that any room, journal, page and agent can go on with it.
 * `paddlewire games check` runs it, and a test runs it over all games.
 */
import { stateHash } from '../sim/state-hash.ts';
import { checkDescription } from './check/description.ts';
import { Findings, type Finding } from './check/findings.ts';
import { checkNonsense } from './check/nonsense.ts';
import { checkRandomPlay } from './check/random-play.ts';
import { checkWholeMatch } from './check/whole-match.ts';
import { withDefaults } from './game.ts';
import type { AnyGame } from './registry.ts';

export type { Finding, FindingCode } from './check/findings.ts';

const RATE = 60;

export interface CheckOptions {
  /** Ticks of matches of chance. */
  readonly ticks?: number;
  readonly seed?: number;
}

/** What is wrong with a game, each kind once; empty: nothing was found. */
export function checkGame(game: AnyGame, { ticks = 10_000, seed = 1 }: CheckOptions = {}): Finding[] {
  const findings = new Findings();
  findings.part(() => checkDescription(game, findings));
  findings.part(() => checkNonsense(game, findings));
  findings.part(() => checkReset(game, seed, findings));
  findings.part(() => checkRandomPlay(game, ticks, seed, findings));
  // What throws or is no plain data would only be found once more.
  if (findings.all.length === 0) findings.part(() => void checkWholeMatch(game, seed, findings));
  return findings.all;
}

/** A match can be begun anew at any time, and is then as any other of its seed; nobody sits there, nothing is decided. */
function checkReset(game: AnyGame, seed: number, findings: Findings): void {
  const values = withDefaults(game.parameters);
  const begin = (): unknown => findings.call('initial', () => game.initial(values, seed, RATE));
  const first = begin();
  let played = findings.call('join', () => game.join(first, 0));
  for (let tick = 0; tick < RATE; tick++) {
    const before = played;
    played = findings.call('step', () =>
      game.step(
        before,
        game.seats.map(() => null),
        [],
      ),
    );
  }
  if (stateHash(begin()) !== stateHash(first))
    findings.add('reset', 'initial gives another state the second time: something is kept outside the state.');
  if (findings.call('outcome', () => game.outcome(first)) !== null)
    findings.add('reset', 'A match that nobody has played yet has an outcome already.');
  const told = Array.from(game.seats.keys()).find((seat) => game.observe(first, seat) !== null);
  if (told !== undefined)
    findings.add('observation', `observe tells seat ${game.seats[told]} something though nobody is seated; say null.`);
}
