/** The process of one agent: loads its file, asks it step by step, and says what it answers. */
import { Socket } from 'node:net';
import { PaddlewireError } from '../../../shared/errors.ts';
import { checkAction } from '../action.ts';
import type { Action } from '../agent.ts';
import { wake, type Brain } from '../brain.ts';
import { loadModule } from '../load.ts';
import { HOST_FD, Lines, type Said, type Told } from './protocol.ts';

const pipe = new Socket({ fd: HOST_FD, readable: true, writable: true });
const say = (said: Said): void => void pipe.write(`${JSON.stringify(said)}\n`);

/** The last it says. What the agent printed before is on its way already: pipes are written at once. */
function fail(error: unknown): void {
  const { code, text } = failure(error);
  console.error(error instanceof Error && !(error instanceof PaddlewireError) ? error.stack : text);
  pipe.end(`${JSON.stringify({ did: 'failed', code, text } satisfies Said)}\n`, () => process.exit(1));
}

/** What Node's own fence refuses has a code of its own. */
function failure(error: unknown): { code: PaddlewireError['code']; text: string } {
  if (error instanceof PaddlewireError) return { code: error.code, text: error.message };
  const { code, permission, resource } = error as { code?: string; permission?: string; resource?: string };
  if (code === 'ERR_ACCESS_DENIED') {
    const text = `The agent may not use ${permission}${resource === '' ? '' : `: ${resource}`}.`;
    return { code: 'agent-forbidden', text };
  }
  return { code: 'agent-threw', text: `The agent threw: ${error instanceof Error ? error.message : String(error)}` };
}

let brain: Brain | null = null;

async function take(told: Told): Promise<void> {
  if (told.do === 'load') {
    brain = wake(await loadModule(told.file), told.args);
    say({ did: 'loaded', shape: brain.shape });
  } else if (brain !== null) await drive(brain, told);
}

async function drive(agent: Brain, told: Exclude<Told, { do: 'load' }>): Promise<void> {
  switch (told.do) {
    case 'begin':
      await agent.begin(told.match);
      break;
    case 'step':
      answer(told.tick, await agent.step(told.tick, told.seen));
      break;
    case 'end':
      await agent.end(told.won, told.stats);
      say({ did: 'ended' });
      break;
    case 'ready':
      say({ did: 'ready', ready: await agent.ready() });
      break;
    case 'error':
      await agent.error(told.text);
      break;
    case 'message':
      await agent.message(told.text);
      break;
    case 'gone':
      await agent.gone();
      break;
  }
}

function answer(tick: number, action: Action): void {
  const checked = checkAction(action);
  if (checked.code !== undefined) say({ did: 'refused', tick, code: checked.code, text: checked.text });
  else pipe.write(`{"did":"acted","tick":${tick},"value":${checked.json}}\n`);
}

const lines = new Lines();
let queue: Promise<void> = Promise.resolve();
pipe.on('data', (chunk: Uint8Array) => {
  for (const line of lines.push(chunk)) {
    const told = JSON.parse(line) as Told;
    queue = queue.then(() => take(told)).catch(fail);
  }
});
// Whoever started it is gone, or wants it gone.
pipe.on('end', () => void queue.finally(() => process.exit(0)));
pipe.on('error', () => process.exit(0));
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
