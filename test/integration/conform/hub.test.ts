/** The device's part of the kit against real hubs: ours, and ours with one fault each in what it says. */
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../hub/clock.ts';
import { judge, type Result } from '../../../hub/conform/assertion.ts';
import { HUB_ASSERTIONS } from '../../../hub/conform/hub/assertions.ts';
import { MqttHubWire } from '../../../hub/conform/hub/mqtt-hub-wire.ts';
import { playHub } from '../../../hub/conform/hub/script.ts';
import type { HubWire } from '../../../hub/conform/hub/wire.ts';
import { reportLines } from '../../../hub/conform/report.ts';
import { startHub } from '../../support/hubs.ts';
import { named } from '../../conformance/support/scripted-wires.ts';
import { hubFaults } from './hub-faults.ts';

async function conformHub(wrap: (wire: HubWire) => HubWire = (wire) => wire): Promise<Result[]> {
  const { url, hub } = await startHub();
  const wire = wrap(new MqttHubWire({ url, secret: null }));
  const results = judge(HUB_ASSERTIONS, await playHub({ wire, clock: systemClock, tag: 'test', say: () => {} }));
  await hub.stop();
  return results;
}

describe('our hub', () => {
  it('keeps every rule, and all are tried', async () => {
    const results = await conformHub();
    expect(reportLines(results).filter((line) => line.includes('FAILED'))).toEqual([]);
    expect(named(results, 'not tried')).toEqual([]);
  });

  // All at once: each plays for its own 20 s, of which it waits nearly all.
  it('with one fault fails its own assertion and no other, for each of them', { timeout: 120_000 }, async () => {
    const faults = hubFaults();
    const found = await Promise.all(faults.map(async ({ wrap }) => named(await conformHub(wrap), 'failed')));
    expect(faults.map(({ what }, index) => [what, found[index]])).toEqual(
      faults.map(({ what, fails }) => [what, [fails]]),
    );
  });
});
