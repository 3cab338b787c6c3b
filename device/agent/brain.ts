/** One interface over both shapes of agents: whoever runs an agent need not know which one it has. */
import { PaddlewireError } from '../../shared/errors.ts';
import type { Action, EndStats, Scene, SceneAgent, StepAgent } from './agent.ts';

export const SHAPES = ['scene', 'step'] as const;
export type Shape = (typeof SHAPES)[number];

/** An agent that is awake. What its methods throw is the agent's own fault. */
export interface Brain {
  readonly shape: Shape;
  begin(match: string): Promise<void> | void;
  step(tick: number, seen: unknown): Promise<Action> | Action;
  end(won: boolean, stats: EndStats): Promise<void>;
  ready(): Promise<boolean>;
  error(text: string): Promise<void>;
  message(text: string): Promise<void>;
  gone(): Promise<void>;
}

/** The sentence for a file in which no agent is found. */
const NO_AGENT =
  'export a class `MLPlay` with `update(scene)`, a class `Agent` with `getStep(observation)`, or either as default';

/**
 * Makes the agent that a module exports.
 * @param args what its constructor gets
 * @throws PaddlewireError agent-shape; and whatever its constructor throws
 */
export function wake(module: Readonly<Record<string, unknown>>, args: readonly string[]): Brain {
  const found = exported(module);
  if (found === undefined) throw new PaddlewireError('agent-shape', `The file exports no agent: ${NO_AGENT}.`);
  const agent: unknown =
    typeof found === 'function' ? new (found as new (...all: readonly string[]) => unknown)(...args) : found;
  if (has(agent, 'update')) return new SceneBrain(agent as SceneAgent);
  if (has(agent, 'getStep')) return new StepBrain(agent as StepAgent);
  throw new PaddlewireError('agent-shape', `What the file exports has neither update nor getStep: ${NO_AGENT}.`);
}

/** The class or object by its name, whatever the kind of module. */
function exported(module: Readonly<Record<string, unknown>>): unknown {
  const whole = module['default'];
  for (const place of [module, typeof whole === 'object' && whole !== null ? (whole as typeof module) : {}])
    for (const name of ['MLPlay', 'Agent']) if (place[name] !== undefined) return place[name];
  if (whole !== undefined) return whole;
  return typeof module['getStep'] === 'function' || typeof module['update'] === 'function' ? module : undefined;
}

const has = (agent: unknown, method: string): boolean =>
  typeof agent === 'object' && agent !== null && typeof (agent as Record<string, unknown>)[method] === 'function';

const RESET = 'RESET';

/** Shows each scene, the last one twice: in the second the game is over. */
class SceneBrain implements Brain {
  readonly shape = 'scene';
  readonly #agent: SceneAgent;
  #last: unknown = null;
  #frame = 0;
  /** Its reset was called, and nothing was shown since. */
  #fresh = true;

  constructor(agent: SceneAgent) {
    this.#agent = agent;
  }

  begin(): void {}

  step(tick: number, seen: unknown): Promise<Action> | Action {
    this.#last = seen;
    this.#frame = tick;
    this.#fresh = false;
    const answer = this.#agent.update(sceneOf(seen, tick, 'GAME_ALIVE'));
    if (answer instanceof Promise) return answer.then((value) => this.#taken(value));
    return this.#taken(answer);
  }

  async end(): Promise<void> {
    if (this.#fresh) return;
    await this.#agent.update(sceneOf(this.#last, this.#frame, 'GAME_OVER'));
    await this.#taken(RESET);
  }

  ready(): Promise<boolean> {
    return Promise.resolve(true);
  }

  error(text: string): Promise<void> {
    return said(undefined, text);
  }

  message(text: string): Promise<void> {
    return said(undefined, text);
  }

  async gone(): Promise<void> {}

  /** At once, unless its reset needs time. */
  #taken(answer: Action): Promise<Action> | Action {
    if (answer !== RESET) return answer;
    this.#fresh = true;
    const reset = this.#agent.reset?.();
    return reset instanceof Promise ? reset.then(() => null) : null;
  }
}

function sceneOf(seen: unknown, frame: number, status: Scene['status']): Scene {
  if (typeof seen !== 'object' || seen === null || Array.isArray(seen)) return { seen, frame, status } as Scene;
  return status === 'GAME_OVER' ? { frame, ...seen, status } : { frame, status, ...seen };
}

class StepBrain implements Brain {
  readonly shape = 'step';
  readonly #agent: StepAgent;

  constructor(agent: StepAgent) {
    this.#agent = agent;
  }

  async begin(match: string): Promise<void> {
    await this.#agent.onStartGame?.(match);
  }

  step(_tick: number, seen: unknown): Promise<Action> | Action {
    return this.#agent.getStep(seen);
  }

  async end(won: boolean, stats: EndStats): Promise<void> {
    await this.#agent.onEndGame?.(won, stats);
  }

  async ready(): Promise<boolean> {
    return (await this.#agent.isReady?.()) !== false;
  }

  error(text: string): Promise<void> {
    return said(this.#agent.onError?.bind(this.#agent), text);
  }

  message(text: string): Promise<void> {
    return said(this.#agent.onMessage?.bind(this.#agent), text);
  }

  async gone(): Promise<void> {
    await this.#agent.onDisconnect?.();
  }
}

/** Told to the agent, or printed where it does not listen. */
async function said(listener: ((text: string) => unknown) | undefined, text: string): Promise<void> {
  if (listener === undefined) console.log(text);
  else await listener(text);
}
