/** A player of hockey good enough for a break: it keeps its goal, gets behind the puck and shoots it. */
import { nextBelow, seedPrng } from '../../sim/prng.ts';
import type { HockeyObservation } from './observe.ts';

type Place = readonly [number, number];

/** Where it waits, from its own goal. */
const HOME_PX = 110;
/** How far behind the puck it goes before it strikes. */
const BEHIND_PX = 44;
/** It is not perfect: it aims this far beside the middle of the goal, at most. */
const MISS_PX = 110;
/** How fast it is on guard, of full speed. */
const GUARD = 0.5;
/** Within this it slows down; it stands still nearer than that. */
const SLOW_PX = 60;
const NEAR_PX = 4;
const STEPS = 8;

export function hockeyBot(seed: number): (seen: unknown) => readonly number[] | null {
  let random = seedPrng(seed);
  let aim = 0;
  let before = '';
  let attacking = false;
  return (seen) => {
    const now = seen as HockeyObservation;
    const attack = now.puck[0] < now.table[0] / 2 + 10;
    if (attack && !attacking) {
      const [drawn, next] = nextBelow(random, 2 * MISS_PX + 1);
      random = next;
      aim = drawn - MISS_PX;
    }
    attacking = attack;
    const action = decide(now, attack, aim);
    const said = action.join();
    if (said === before) return null;
    before = said;
    return action;
  };
}

function decide(now: HockeyObservation, attack: boolean, aim: number): readonly number[] {
  const { table, puck, puckVelocity, own } = now;
  const [, height] = table;
  // The puck comes fast: stand in its way.
  if (!attack || puckVelocity[0] < -500) return [...towards(own, [HOME_PX, guard(now)]).map((part) => part * GUARD), 0];
  const behind = puck[0] - own[0];
  // It lies behind the mallet: go around it, never through it into the own goal.
  if (behind < 10) {
    const around = own[1] < puck[1] ? -70 : 70;
    return [...towards(own, [puck[0] - 70, puck[1] + (puck[0] < 60 ? 0 : around)]), 0];
  }
  const goal: Place = [table[0], height / 2 + aim];
  const way = Math.hypot(goal[0] - puck[0], goal[1] - puck[1]);
  const at: Place = [
    puck[0] - ((goal[0] - puck[0]) / way) * BEHIND_PX,
    puck[1] - ((goal[1] - puck[1]) / way) * BEHIND_PX,
  ];
  const near = Math.hypot(at[0] - own[0], at[1] - own[1]) < 26;
  return near ? [...towards(own, puck), 1] : [...towards(own, at), 0];
}

/** The place before the goal that lies in the puck's way. It sees 0.3 s ahead and no bounce: it can be beaten. */
function guard({ puck, puckVelocity, table }: HockeyObservation): number {
  const [, height] = table;
  const time = puckVelocity[0] < 0 ? (puck[0] - HOME_PX) / -puckVelocity[0] : 0;
  const y = puck[1] + puckVelocity[1] * Math.min(0.3, Math.max(0, time));
  return Math.max(height / 2 - 60, Math.min(height / 2 + 60, y));
}

/** Full speed from afar, slower when near; in steps, so that it need not speak in every tick. */
function towards(from: Place, to: Place): [number, number] {
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  const way = Math.hypot(x, y);
  if (way < NEAR_PX) return [0, 0];
  const speed = Math.min(1, way / SLOW_PX);
  const step = (part: number): number => Math.round(((part * speed) / way) * STEPS) / STEPS + 0;
  return [step(x), step(y)];
}
