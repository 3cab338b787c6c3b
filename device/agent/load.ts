/** Loads the file of an agent. What is wrong with it is a sentence. */
import { pathToFileURL } from 'node:url';
import { PaddlewireError } from '../../shared/errors.ts';
import { agentFile } from './agent-file.ts';
import { importModule, type Exports } from './modules.ts';

/** @returns what the module exports. @throws PaddlewireError agent-missing, agent-syntax, agent-forbidden */
export async function loadModule(file: string): Promise<Exports> {
  const url = pathToFileURL(agentFile(file));
  try {
    return await importModule(url);
  } catch (error) {
    if (error instanceof PaddlewireError || (error as { code?: string }).code === 'ERR_ACCESS_DENIED') throw error;
    throw new PaddlewireError('agent-syntax', `${file} cannot be loaded: ${whatIsWrong(error)}`);
  }
}

/** The message, and where: of a syntax error the first line of the stack is its place. */
function whatIsWrong(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place = /file:\/\/(\/[^\s()]+:\d+)/.exec(error.stack ?? '')?.[1];
  return `${error.message}${place === undefined ? '' : ` (${place})`}`;
}
