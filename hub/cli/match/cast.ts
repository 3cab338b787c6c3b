/** The players of matches in the arena: processes of agents, programs and bots, kept from round to round. */
import { AgentProcess } from '../../../device/agent/agent-process.ts';
import { isAgentFile } from '../../../device/agent/agent-file.ts';
import { LIMITS, PROGRAM_LIMITS } from '../../../device/agent/limits.ts';
import type { GuardedProcess } from '../../../device/agent/process/guarded-process.ts';
import { startProgram } from '../../../device/agent/program.ts';
import { PaddlewireError } from '../../../shared/errors.ts';
import { botOf } from '../../../shared/games/bots.ts';
import type { AnyGame } from '../../../shared/games/registry.ts';
import { botPlayer } from '../../arena/bot-player.ts';
import type { Player } from '../../arena/player.ts';
import { ARENA_ROOM } from '../../arena/program-player.ts';
import { ProgramDoor } from '../../arena/program-door.ts';
import { endStats } from './end-stats.ts';
import type { Seated } from './wishes.ts';

export interface CastParts {
  readonly game: AnyGame;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A line that a player printed. */
  readonly printed: (player: Seated, line: string) => void;
}

/** One of them, and how it is sent home. */
interface Actor {
  readonly player: Player;
  /** It has ended, and cannot play another round. */
  over(): boolean;
  stop(): Promise<void>;
}

export class Cast {
  readonly #parts: CastParts;
  readonly #actors = new Map<number, Actor>();
  #door: Promise<ProgramDoor> | null = null;

  constructor(parts: CastParts) {
    this.#parts = parts;
  }

  /**
   * The players of a round, by seat: those that ended are started again.
   * @param seed of the round, for bots
   * @throws PaddlewireError agent-missing, agent-syntax and others of agents; game-without-bot
   */
  async players(seated: readonly Seated[], seed: number): Promise<(Player | null)[]> {
    const { game } = this.#parts;
    // All of them are waited for, even if one fails: whoever was started has to be sent home.
    const started = await Promise.allSettled(
      seated.map(async (one) => {
        const actor = this.#actors.get(one.index);
        if (actor !== undefined && !actor.over() && one.what !== 'bot') return;
        await actor?.stop();
        this.#actors.set(one.index, await this.#start(one, seed + one.index));
      }),
    );
    for (const one of started) if (one.status === 'rejected') throw one.reason;
    return game.seats.map((_, index) => this.#actors.get(index)?.player ?? null);
  }

  async stop(): Promise<void> {
    await Promise.allSettled([...this.#actors.values()].map((actor) => actor.stop()));
    await (await this.#door)?.stop();
  }

  async #start(one: Seated, seed: number): Promise<Actor> {
    if (one.what === 'bot') {
      return {
        player: botPlayer(botOf(this.#parts.game.name), seed),
        over: () => false,
        stop: () => Promise.resolve(),
      };
    }
    if (one.what !== 'file') throw new PaddlewireError('match-real-time');
    return isAgentFile(one.file) ? this.#agent(one, one.file) : this.#program(one, one.file);
  }

  async #agent(one: Seated, file: string): Promise<Actor> {
    const { env, printed } = this.#parts;
    const agent = new AgentProcess({ file, env, limits: LIMITS, printed: (line) => printed(one, line) });
    try {
      await agent.start();
    } catch (error) {
      await agent.stop();
      throw error;
    }
    const player: Player = {
      name: one.name,
      begin: ({ match }) => agent.begin(match),
      act: (tick, seen) => agent.step(tick, seen),
      told: (code, text) => agent.error(`${text} (${code})`),
      fail: (error) => agent.fail(error),
      end: (over) => {
        const stats = endStats(over, one.index);
        return agent.end(stats.result === 'win', stats);
      },
    };
    return { player, over: () => agent.failure !== null, stop: () => agent.stop() };
  }

  async #program(one: Seated, file: string): Promise<Actor> {
    const { env, printed, game } = this.#parts;
    const door = await this.#openDoor();
    const id = `player-${one.seat}`;
    const player = door.expect(id, one.name, game.seats, one.index);
    const child = startProgram({
      file,
      env,
      place: { host: '127.0.0.1', port: door.port, id, token: door.secret, room: ARENA_ROOM, seat: one.seat },
      printed: (line) => printed(one, line),
    });
    let over = false;
    void child.ended.then((error) => {
      over = true;
      player.lost(error ?? new PaddlewireError('agent-crashed', 'The program ended itself.'));
    });
    try {
      await arrived(player.arrived, child);
    } catch (error) {
      child.end();
      throw error;
    }
    const ending: Player = {
      name: one.name,
      begin: (placed) => player.begin(placed),
      act: (tick, seen) => player.act(tick, seen),
      told: (code, text) => player.told(code, text),
      fail: (error) => child.end(error),
      end: (overAll) => player.end(overAll),
    };
    const stop = async (): Promise<void> => {
      child.end();
      await child.ended;
    };
    return { player: ending, over: () => over, stop };
  }

  /** One for all of them. */
  #openDoor(): Promise<ProgramDoor> {
    return (this.#door ??= openDoor());
  }
}

async function openDoor(): Promise<ProgramDoor> {
  const door = new ProgramDoor();
  await door.start();
  return door;
}

/** Until a program has asked for its seat. @throws PaddlewireError why it never will */
async function arrived(arrival: Promise<void>, child: GuardedProcess): Promise<void> {
  const { loadMs } = PROGRAM_LIMITS;
  const hung = new PaddlewireError('agent-hung', `The program did not ask for a seat within ${loadMs / 1000} s.`);
  const timer = setTimeout(() => child.end(hung), loadMs);
  try {
    await arrival;
  } finally {
    clearTimeout(timer);
  }
}
