/** A task of the pool, played in the thread it was sent to. */
import { PaddlewireError } from '../../shared/errors.ts';
import { botOf } from '../../shared/games/bots.ts';
import { withDefaults } from '../../shared/games/game.ts';
import { gameNamed } from '../../shared/games/registry.ts';
import { playMatchAtOnce } from './arena.ts';
import { botPlayer } from './bot-player.ts';
import type { Player } from './player.ts';
import type { PlayerSpec, PoolReply, PoolTask } from './pool.ts';

/** Makes the player of an agent; null: this thread knows none. */
export type AgentMaker = (spec: Extract<PlayerSpec, { kind: 'agent' }>) => Promise<Player> | null;

export async function playTask(task: PoolTask, agent: AgentMaker): Promise<PoolReply> {
  try {
    const game = gameNamed(task.game);
    if (game === undefined) throw new PaddlewireError('game-unknown');
    const players = await Promise.all(task.players.map((spec) => playerOf(task, spec, agent)));
    const chunks: Uint8Array[] = [];
    const report = playMatchAtOnce({
      game,
      parameters: withDefaults(game.parameters, task.parameters),
      players,
      seed: task.seed,
      rate: task.rate,
      id: task.id,
      ...(task.limits !== undefined && { limits: task.limits }),
      ...(task.record === true && { record: (bytes: Uint8Array) => void chunks.push(bytes) }),
    });
    return { report: { ...report, journal: task.record === true ? joined(chunks) : null } };
  } catch (error) {
    if (error instanceof PaddlewireError) return { error: { code: error.code, text: error.message } };
    return { error: { code: 'agent-threw', text: error instanceof Error ? error.message : String(error) } };
  }
}

async function playerOf({ game }: PoolTask, spec: PlayerSpec | null, agent: AgentMaker): Promise<Player | null> {
  if (spec === null) return null;
  if (spec.kind === 'bot') {
    return botPlayer(botOf(game), spec.seed, spec.name);
  }
  const player = agent(spec);
  if (player === null) throw new PaddlewireError('player-unknown', 'No agents play in these threads.');
  return player;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
