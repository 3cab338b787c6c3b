/** Agents as students write them, for tests: files of this folder, or made on the spot. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { AgentProcess, type AgentProcessParts } from '../../../device/agent/agent-process.ts';
import { LIMITS } from '../../../device/agent/limits.ts';
import { packageUrl } from '../../../shared/package-files.ts';
import { temporaryFolder } from '../hubs.ts';

/** The path of an agent of this folder. */
export const agentPath = (name: string): string => fileURLToPath(packageUrl(`test/support/agents/${name}`));

/** Writes an agent. @returns its path */
export function agentWith(text: string, name = 'agent.mjs'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

/** An agent of the first shape whose `update` has this body. */
export const updating = (body: string, before = ''): string =>
  agentWith(`${before}\nexport class MLPlay { update(scene) { ${body} } }\n`);

/** A process of it, ended after the test. A machine may stop for a while: only what is meant to hang is taken to hang. */
export function agentProcess(file: string, parts: Partial<AgentProcessParts> = {}): AgentProcess {
  const limits = { ...LIMITS, loadMs: 100_000, hungMs: 100_000 };
  const agent = new AgentProcess({ file, env: process.env, limits, ...parts });
  onTestFinished(() => agent.stop());
  return agent;
}
