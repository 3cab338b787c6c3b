/** One device in the list: a line that says how it is, and below it all that is known, once asked for. */
import type { VNode } from 'preact';
import type { History } from '../../live/history.ts';
import type { Live } from '../../live/live.ts';
import { SeatMark } from '../../parts/seats.tsx';
import { texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/devices.ts';
import { DeviceDetails } from './device-details.tsx';
import type { Listed, SeatedAt } from './page.tsx';
import { Pad } from './pad.tsx';

export interface DeviceRowProps extends Listed {
  readonly live: Live;
  readonly seat: SeatedAt | null;
  readonly history: History | null;
  readonly open: boolean;
  readonly toggle: () => void;
  /** Something was done to it: the list is asked for anew. */
  readonly changed: () => void;
}

export function DeviceRow(props: DeviceRowProps): VNode {
  const { id, device, badge, seat, open, toggle } = props;
  const name = badge?.name ?? device.name;
  return (
    <li class={`device ${device.state} ${open ? 'open' : ''}`}>
      <div class="device-line">
        <span class={`jack ${seat?.seat ?? ''}`} aria-hidden="true" />
        <span class="name">{name}</span>
        <span class="how">{howOf(props)}</span>
        <span class="state">
          {seat === null ? <span class="mark">{common.noSeat}</span> : <SeatMark seat={seat.seat} />}
          <span class="presence">{badge?.banned === true ? texts.banned : common.presences[device.state]}</span>
        </span>
        {badge === null ? <span /> : <Pad buttons={badge.buttons} axis={badge.axis} />}
        <span class="delay">{badge?.roundTripMs != null && common.roundTrip(badge.roundTripMs.p50)}</span>
        <button type="button" class="more" aria-expanded={open} aria-label={texts.more(name)} onClick={toggle}>
          <span class="triangle" aria-hidden="true" />
        </button>
      </div>
      {open && <DeviceDetails {...props} key={id} name={name} />}
    </li>
  );
}

/** What it is and how it is attached: `board, ttyACM0, uno 0.1.0`. */
function howOf({ device: { kind, link }, badge }: DeviceRowProps): string {
  const port = badge?.address?.split('/').at(-1) ?? '';
  const attached =
    link === null ? common.noLink : link === 'serial' && port !== '' ? port : (common.links[link] ?? link);
  return [common.kinds[kind] ?? kind, attached, badge?.firmware ?? ''].filter((word) => word !== '').join(', ');
}
