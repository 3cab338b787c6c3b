/** The device's part of the kit against our hub, and its judges on what a hub with one fault would have shown. */
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../hub/clock.ts';
import { judge } from '../../../hub/conform/assertion.ts';
import { HUB_ASSERTIONS } from '../../../hub/conform/hub/assertions.ts';
import { MqttHubWire } from '../../../hub/conform/hub/mqtt-hub-wire.ts';
import { playHub, type HubTranscript } from '../../../hub/conform/hub/script.ts';
import type { HubEntry } from '../../../hub/conform/hub/wire.ts';
import { reportLines } from '../../../hub/conform/report.ts';
import { Transcript } from '../../../hub/conform/transcript.ts';
import { named } from '../../conformance/support/scripted-wires.ts';
import { startHub } from '../../support/hubs.ts';
import { hubFaults, type HubFault } from './hub-faults.ts';

describe('our hub', () => {
  it('keeps every rule, all of them tried; with one fault it fails that assertion and no other', async () => {
    const { url } = await startHub();
    const wire = new MqttHubWire({ url, secret: null });
    const seen = await playHub({ wire, clock: systemClock, tag: 'test', say: () => {} });
    const results = judge(HUB_ASSERTIONS, seen);
    expect(reportLines(results).filter((line) => line.includes('FAILED'))).toEqual([]);
    expect(named(results, 'not tried')).toEqual([]);
    const faults = hubFaults();
    expect(HUB_ASSERTIONS.map(({ id }) => id).filter((id) => !faults.some(({ fails }) => fails === id))).toEqual([]);
    const found = faults.map(({ wrap, what }) => [what, named(judge(HUB_ASSERTIONS, withFault(seen, wrap)), 'failed')]);
    expect(found).toEqual(faults.map(({ what, fails }) => [what, [fails]]));
  });
});

/** What the kit would have seen. */
function withFault(seen: HubTranscript, wrap: HubFault['wrap']): HubTranscript {
  const other = Object.assign(new Transcript<HubEntry>(systemClock), { tag: seen.tag });
  for (const step of seen.steps) other.begin(step);
  other.entries.push(...seen.entries.flatMap(wrap));
  return other;
}
