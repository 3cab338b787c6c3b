/** One round: who has chosen, who wins it, and what follows. */
import type { GameEvent } from '../game.ts';
import { ticksOf } from '../ticks.ts';
import { beats, type Choice } from './choice.ts';
import type { RpsPhase, RpsPlayer, RpsState } from './state.ts';

/** The next tick. */
export function step(state: RpsState, commands: readonly (Choice | null)[], events: GameEvent[]): RpsState {
  if (state.phase === 'over' || state.players.every(({ seated }) => seated === 0)) return state;
  const tick = state.tick + 1;
  if (state.phase === 'shown') return tick < state.until ? { ...state, tick } : nextRound({ ...state, tick }, events);
  const players = state.players.map((player, seat) => chosen(player, commands[seat] ?? 0));
  const next = { ...state, tick, players };
  const waiting = players.some(({ seated, choice }) => seated === 1 && choice === 0);
  return waiting && tick < state.until ? next : decide(next, events);
}

/** Until all have chosen a choice may be changed. */
const chosen = (player: RpsPlayer, choice: Choice): RpsPlayer =>
  player.seated === 0 || choice === 0 || choice === player.choice ? player : { ...player, choice };

/** Each plays against each: the point of the round goes to whoever has beaten more others than it has lost to. */
function decide(state: RpsState, events: GameEvent[]): RpsState {
  const counts = countChoices(state.players);
  const players = state.players.map((player) => judged(player, counts));
  const winners = state.players.flatMap((player, seat) => (isAhead(player, counts) ? [seat] : []));
  const against = winners.length === 1 ? theOther(state.players, winners[0] as number) : null;
  for (const seat of winners) events.push({ kind: 'point', seat, against });
  if (winners.length === 0) events.push({ kind: 'nobody', seat: null });
  const next = { ...state, players, winners };
  if (isOver(next)) return { ...next, phase: 'over' };
  return next.values.showMs === 0 ? nextRound(next, events) : enter(next, 'shown', next.values.showMs);
}

/** How many chose nothing, rock, paper, scissors. */
type Counts = readonly [number, number, number, number];

function countChoices(players: readonly RpsPlayer[]): Counts {
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (const { seated, choice } of players) if (seated === 1) counts[choice]++;
  return counts;
}

const CHOICES = [1, 2, 3] as const;
const sumWhere = (counts: Counts, holds: (choice: Choice) => boolean): number =>
  CHOICES.reduce((sum, choice) => (holds(choice) ? sum + counts[choice] : sum), 0);
const beatenBy = (choice: Choice, counts: Counts): number => sumWhere(counts, (other) => beats(choice, other));
const lostTo = (choice: Choice, counts: Counts): number => sumWhere(counts, (other) => beats(other, choice));

const isAhead = ({ seated, choice }: RpsPlayer, counts: Counts): boolean =>
  seated === 1 && choice !== 0 && beatenBy(choice, counts) > lostTo(choice, counts);

function judged(player: RpsPlayer, counts: Counts): RpsPlayer {
  const { seated, choice } = player;
  if (seated === 0 || choice === 0) return player;
  const tally: [number, number, number] = [...player.chosen];
  tally[choice - 1] = (tally[choice - 1] as number) + 1;
  const beaten = player.beaten + beatenBy(choice, counts);
  const score = player.score + (isAhead(player, counts) ? 1 : 0);
  return { ...player, score, chosen: tally, beaten, lost: player.lost + lostTo(choice, counts) };
}

/** With two players: who lost the point. */
function theOther(players: readonly RpsPlayer[], winner: number): number | null {
  const others = players.flatMap(({ seated }, seat) => (seated === 1 && seat !== winner ? [seat] : []));
  return others.length === 1 ? (others[0] as number) : null;
}

/** One leads alone with points enough, or all rounds are played. */
function isOver({ players, round, values }: RpsState): boolean {
  const leaders = leadersOf(players);
  const best = players[leaders[0] ?? -1]?.score ?? 0;
  return (leaders.length === 1 && best >= values.target) || round >= values.rounds;
}

/** The seats with the most points, of those that are taken. */
export function leadersOf(players: readonly RpsPlayer[]): number[] {
  const scores = players.map(({ seated, score }) => (seated === 1 ? score : -1));
  const best = Math.max(0, ...scores);
  return scores.flatMap((score, seat) => (score === best ? [seat] : []));
}

const enter = (state: RpsState, phase: RpsPhase, ms: number): RpsState => ({
  ...state,
  phase,
  until: state.tick + ticksOf(ms, state.rate),
});

/** Ready to choose anew. Most seats of a room for thirty are empty, and stay what they are. */
const forgotten = (player: RpsPlayer): RpsPlayer =>
  player.choice === 0 && player.last === 0 ? player : { ...player, last: player.choice, choice: 0 };

function nextRound(state: RpsState, events: GameEvent[]): RpsState {
  events.push({ kind: 'go', seat: null });
  const players = state.players.map(forgotten);
  return enter({ ...state, players, winners: [], round: state.round + 1 }, 'choose', state.values.chooseMs);
}
