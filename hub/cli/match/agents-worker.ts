/** A thread of the pool that plays agents of students too: without a fence, so only for who runs their own. */
import { parentPort } from 'node:worker_threads';
import type { EndStats } from '../../../device/agent/agent.ts';
import { wake, type Brain } from '../../../device/agent/brain.ts';
import { loadModule } from '../../../device/agent/load.ts';
import type { Player } from '../../arena/player.ts';
import { playTask, type AgentMaker } from '../../arena/pool-task.ts';
import type { PoolTask } from '../../arena/pool.ts';
import { endStats } from './end-stats.ts';

/** Loaded once each, made anew for each match. */
const modules = new Map<string, ReturnType<typeof loadModule>>();

const agentPlayer: AgentMaker = async ({ name, file, args }): Promise<Player> => {
  const loading = modules.get(file) ?? loadModule(file);
  modules.set(file, loading);
  const brain: Brain = wake(await loading, args);
  let seat = 0;
  return {
    name,
    begin: ({ match, index }) => {
      seat = index;
      void brain.begin(match);
    },
    act: (tick, seen) => brain.step(tick, seen),
    told: (code, text) => void brain.error(`${text} (${code})`),
    end: (over) => {
      const stats: EndStats = endStats(over, seat);
      return brain.end(stats.result === 'win', stats);
    },
  };
};

parentPort?.on('message', (task: PoolTask) => {
  void playTask(task, agentPlayer).then((reply) => parentPort?.postMessage(reply));
});
