/** All that is known of a device: its delays as curves, its counters, and its hands. */
import type { VNode } from 'preact';
import type { BadgeInfo } from '../../../../shared/contract/api.ts';
import type { History } from '../../live/history.ts';
import { Chart } from '../../parts/chart/chart.tsx';
import { texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/devices.ts';
import { DeviceHands } from './device-hands.tsx';
import type { DeviceRowProps } from './device-row.tsx';

export interface DeviceDetailsProps extends DeviceRowProps {
  readonly name: string;
}

export function DeviceDetails(props: DeviceDetailsProps): VNode {
  const { badge, history } = props;
  return (
    <div class="device-details">
      {badge !== null && <Delays badge={badge} history={history} />}
      {badge !== null && <Counters badge={badge} />}
      <DeviceHands {...props} />
    </div>
  );
}

interface DelaysProps {
  readonly badge: BadgeInfo;
  readonly history: History | null;
}

function Delays({ badge: { roundTripMs }, history }: DelaysProps): VNode {
  if (roundTripMs === null || history === null) return <p class="soft">{texts.noDelay}</p>;
  const { p50, p95 } = roundTripMs;
  const said = `${texts.delayHeading}: ${texts.half} ${common.roundTrip(p50)}, ${texts.most} ${common.roundTrip(p95)}`;
  return (
    <section>
      <h3>{texts.delayHeading}</h3>
      <Chart
        curves={[
          { label: `${texts.half} ${common.roundTrip(p50)}`, colour: 'left' },
          { label: `${texts.most} ${common.roundTrip(p95)}`, colour: 'right', dashed: true },
        ]}
        unit="ms"
        rows={history.rows}
        label={said}
      />
    </section>
  );
}

function Counters({ badge }: { readonly badge: BadgeInfo }): VNode {
  return (
    <section>
      <h3>{texts.counters}</h3>
      <dl>
        {countersOf(badge).map(([word, figure]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function countersOf(badge: BadgeInfo): (readonly [string, string])[] {
  const { pressToHubMs, clock, report } = badge;
  const lost = Object.entries(badge.lost).filter(([, frames]) => frames > 0);
  const all: (readonly [string, string | null])[] = [
    [texts.address, badge.address],
    [texts.firmware, badge.firmware === '' ? null : badge.firmware],
    [texts.restarts, String(badge.restarts)],
    [texts.inputs, `${badge.inputs}, ${texts.perSecond(badge.inputsPerSecond)}`],
    [texts.pressToHub, pressToHubMs === null ? null : common.roundTrip(pressToHubMs.p50)],
    [texts.clock, clock === null ? null : `± ${common.roundTrip(clock.boundMs)}`],
    [texts.drift, clock === null ? null : `${clock.driftPpm} ppm`],
    [texts.lost, lost.length === 0 ? '0' : lost.map(([cause, frames]) => `${cause} ${frames}`).join(', ')],
    [texts.lostOnDevice, String(badge.lostOnDevice)],
    [texts.missed, String(badge.missedInputs)],
    [texts.late, badge.kind === 'agent' ? String(badge.late) : null],
    [texts.refused, String(badge.refused)],
    [texts.bounce, report === null ? null : report.bounceUs.map((us) => `${us} µs`).join(', ')],
    [texts.stuck, report === null ? null : namesOf(report.stuck)],
  ];
  return all.flatMap(([word, figure]) => (figure === null ? [] : [[word, figure] as const]));
}

/** The names of held buttons. */
function namesOf(bits: number): string {
  const held = Object.entries(texts.buttonNames).filter(([bit]) => (bits & Number(bit)) !== 0);
  return held.length === 0 ? texts.noButtons : held.map(([, name]) => name).join(', ');
}
