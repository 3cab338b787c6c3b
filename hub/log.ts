/** The hub's log: lines of JSON, written behind the caller's back, so that no tick waits for a line. */
import pino, { type Logger } from 'pino';

export type Log = (code: string, detail?: Record<string, unknown>) => void;

const WARNINGS = new Set(['store-failed', 'store-full', 'score-buffer-full', 'http-failed', 'internal-error']);

/** @param level of pino: `silent` for none */
export function createLog(level: string): { readonly write: Log; readonly flush: () => void } {
  const destination = pino.destination({ dest: 2, sync: false });
  // A terminal that was closed takes no more lines; that must not end the hub before its scores are on disk.
  destination.on('error', () => {});
  const logger: Logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    write: (code, detail = {}) => (WARNINGS.has(code) ? logger.warn(detail, code) : logger.info(detail, code)),
    flush: () => {
      try {
        destination.flushSync();
      } catch {
        // Nobody is left to read it.
      }
    },
  };
}
