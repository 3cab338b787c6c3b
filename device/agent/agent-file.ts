/** The file of an agent, before anything of it is loaded. */
import { realpathSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { PaddlewireError } from '../../shared/errors.ts';

/** Whether a file is an agent for this SDK, and not a program that speaks MQTT itself. */
export const isAgentFile = (file: string): boolean => ['.js', '.mjs', '.cjs', '.ts', '.mts'].includes(extname(file));

/** @returns its real path, because what an agent may read is given by folders. @throws PaddlewireError agent-missing */
export function agentFile(file: string): string {
  try {
    const path = realpathSync(resolve(file));
    if (statSync(path).isFile()) return path;
  } catch {
    // Said below.
  }
  throw new PaddlewireError('agent-missing', `There is no file ${file}.`);
}
