/** What can be wrong with a port, told apart and said in one sentence. */
import { PaddlewireError, type ErrorCode } from '../../../shared/errors.ts';
import type { Heard } from './dialects.ts';

export interface Trouble {
  readonly code: ErrorCode;
  readonly text: string;
}

/**
 * Why a port could not be opened. serialport 13 gives only a text: `Error <what strerror says> Cannot lock port` where
 * another program has locked it, `Error: <what strerror says>, cannot open <path>` else (serialport_unix.cpp).
 */
export function openTrouble(path: string, error: Error): Trouble {
  if (error instanceof PaddlewireError) return { code: error.code, text: error.message };
  if (/Cannot lock port|resource busy|Access denied/i.test(error.message))
    return { code: 'port-busy', text: `Another program has ${path} open: close it there.` };
  if (/Permission denied|Operation not permitted/i.test(error.message))
    return { code: 'port-forbidden', text: `This user may not open ${path}: it is not in the group dialout.` };
  if (/No such file/i.test(error.message))
    return { code: 'port-open-failed', text: `There is no port ${path}: plug the board in, or look for its name.` };
  return { code: 'port-open-failed', text: `${path}: ${error.message.trim()}` };
}

/** A board that was listened to at every rate, asked in every dialect, and said nothing that we know. */
export function unknownTrouble(path: string, { bytes, line }: Heard): Trouble {
  if (bytes === 0) return { code: 'port-silent', text: `The board on ${path} says nothing, also when it is asked.` };
  const what = line === null ? 'what comes is neither text nor frames' : `it prints "${quotable(line)}"`;
  return { code: 'dialect-unknown', text: `The board on ${path} speaks nothing we know: ${what}.` };
}

export const floodTrouble = (path: string): Trouble => ({
  code: 'port-flooding',
  text: `The board on ${path} sends more than anybody can mean; it is not read until it calms down.`,
});

export const restartTrouble = (path: string, times: number): Trouble => ({
  code: 'board-restarts',
  text: `The board on ${path} started ${times} times within a few seconds: look at its power and its wiring.`,
});

const quotable = (line: string): string => line.replaceAll(/[^\u0020-\u007e]/g, '?').slice(0, 40);
