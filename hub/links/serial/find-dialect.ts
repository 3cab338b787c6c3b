/** Runs a DialectFinder on an open line. */
import { PaddlewireError } from '../../../shared/errors.ts';
import type { Cancel, Clock } from '../../clock.ts';
import { DialectFinder } from './dialect-finder.ts';
import type { Dialect } from './dialects.ts';
import type { Line } from './line.ts';

/**
 * Listens and asks until it is clear what the board speaks, however long that takes. Then the line is at the rate of
 * the dialect, and has all bytes that were read at it still to give.
 * @param nobody is called after each round without success
 * @throws PaddlewireError port-lost when the line ends
 */
export function findDialect(line: Line, clock: Clock, nobody: (finder: DialectFinder) => void): Promise<Dialect> {
  return new Promise((resolve, reject) => {
    const finder = new DialectFinder(clock.now());
    let timer: Cancel | null = null;
    const end = (): void => {
      timer?.();
      line.off('data', take);
      line.off('close', lost);
    };
    const lost = (): void => {
      end();
      reject(new PaddlewireError('port-lost'));
    };
    const take = (chunk: Buffer): void => {
      if (!finder.push(chunk)) return;
      end();
      line.unread(finder.unread);
      resolve(finder.dialect as Dialect);
    };
    const tick = async (): Promise<void> => {
      const before = finder.rounds;
      const { baud, write } = finder.tick(clock.now());
      if (finder.rounds > before) nobody(finder);
      if (baud !== null) await line.setBaud(baud);
      if (line.ended || finder.dialect !== null) return;
      if (write !== null) line.write(write);
      timer = clock.after(finder.wakeAt - clock.now(), () => void tick());
    };
    line.on('close', lost);
    line.on('data', take);
    timer = clock.after(finder.wakeAt - clock.now(), () => void tick());
  });
}
