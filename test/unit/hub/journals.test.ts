import { describe, expect, it } from 'vitest';
import type { JournalCall } from '../../../hub/journal/journal-worker.ts';
import { Journals } from '../../../hub/journal/journals.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

describe('a worker of journals that ends', () => {
  it('costs its matches their journals, which is said once each; nobody waits for it', async () => {
    const said: unknown[] = [];
    const deaths: (() => void)[] = [];
    const journals = new Journals({
      folder: '/journals',
      clock: new VirtualClock(),
      limits: { days: 1, files: 1, megabytes: 1 },
      log: (code, { match }) => said.push(`${code} ${String(match)}`),
      connect: (_folder, onDeath) => {
        deaths.push(onDeath);
        return { ended: Promise.resolve(), call: <T>(_call: JournalCall) => Promise.resolve([] as T) };
      },
    });
    await journals.start();
    const file = journals.file('main-1');
    file.write(Uint8Array.of(1));
    await journals.sync();
    expect(said).toEqual([]);
    for (const die of deaths) die();
    for (let round = 0; round < 3; round++) {
      file.write(Uint8Array.of(2));
      await journals.sync();
    }
    expect(said).toEqual(['journal-failed main-1']);
  });
});
