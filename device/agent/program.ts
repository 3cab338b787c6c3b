/** An agent in any language: a program of its own that speaks MQTT. It is told where, and watched like any other. */
import { accessSync, constants } from 'node:fs';
import { dirname, extname } from 'node:path';
import { PaddlewireError } from '../../shared/errors.ts';
import { agentFile } from './agent-file.ts';
import { PROGRAM_LIMITS, type AgentLimits } from './limits.ts';
import { GuardedProcess } from './process/guarded-process.ts';

/** Where and as whom it is to play; a program finds it in its environment (docs/agents.md). */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly id: string;
  readonly token?: string | undefined;
  /** empty: the hub chooses. */
  readonly room: string;
  readonly seat: string;
}

export interface ProgramParts {
  readonly file: string;
  readonly args?: readonly string[];
  readonly place: Place;
  readonly limits?: AgentLimits;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly printed?: (line: string) => void;
}

/** Starts it. @throws PaddlewireError agent-missing, agent-shape */
export function startProgram({
  file,
  args = [],
  place,
  limits = PROGRAM_LIMITS,
  env,
  printed,
}: ProgramParts): GuardedProcess {
  const path = agentFile(file);
  const python = extname(path) === '.py';
  if (!python && !isExecutable(path))
    throw new PaddlewireError('agent-shape', `${file} is neither JavaScript, TypeScript or Python nor a program.`);
  return new GuardedProcess({
    command: python ? (env['PADDLEWIRE_PYTHON'] ?? 'python3') : path,
    // Unbuffered, so that its lines are seen as they are printed.
    args: [...(python ? ['-u', path] : []), ...args],
    folder: dirname(path),
    env,
    own: {
      PADDLEWIRE_HOST: place.host,
      PADDLEWIRE_PORT: String(place.port),
      PADDLEWIRE_ID: place.id,
      PADDLEWIRE_TOKEN: place.token ?? '',
      PADDLEWIRE_ROOM: place.room,
      PADDLEWIRE_SEAT: place.seat,
    },
    pipe: false,
    limits,
    printed: printed ?? (() => {}),
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
