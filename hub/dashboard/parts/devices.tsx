/** What is connected to the hub: each device with its link, its seat and how it is. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { mayLead, tellHub } from '../live/lead.ts';
import type { DeviceInfo, LinkInfo } from '../live/model.ts';
import type { Live } from '../live/live.ts';
import { texts } from '../texts.ts';
import { SeatMark } from './seats.tsx';

/** Players first, then who is there, then who was lost. Who said goodbye is not listed. */
const ORDER: readonly DeviceInfo['state'][] = ['ready', 'init', 'sleeping', 'lost', 'disconnected'];

export function Devices({ live }: { readonly live: Live }): VNode {
  const seats = seatsOf(live);
  const health = live.health.value;
  const troubles = health?.troubles ?? [];
  const devices = [...live.devices.value.values()]
    .map((device): Seated => ({ device, seat: seats.get(device.id) ?? null }))
    .filter(({ device, seat }) => device.state !== 'disconnected' || seat !== null)
    .toSorted(byImportance);
  return (
    <section class="devices" aria-label={texts.devicesHeading}>
      <h2>{texts.devicesHeading}</h2>
      {devices.length === 0 ? (
        <p>{texts.noDevices}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a list that scrolls is reached by keyboard
        <ul tabIndex={0}>
          {devices.map(({ device, seat }) => (
            <Device key={device.id} device={device} seat={seat} link={health?.links.get(device.id)} />
          ))}
        </ul>
      )}
      {troubles.length > 0 && (
        <ul class="troubles" role="alert">
          {troubles.map(({ path, text }) => (
            <li key={path}>{text}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface Seated {
  readonly device: DeviceInfo;
  readonly seat: string | null;
}

/** The seat of each device that has one, as the rooms tell: theirs is the newest word. */
const seatsOf = (live: Live): ReadonlyMap<string | null, string> =>
  new Map(live.rooms.value.flatMap((room) => room.scoreboard.value.seats.map(({ device, seat }) => [device, seat])));

interface DeviceProps extends Seated {
  /** How its link does, if it has one. */
  readonly link: LinkInfo | undefined;
}

function Device({ device, seat, link: badge }: DeviceProps): VNode {
  const { id, state, name, kind, link } = device;
  const kinds: Readonly<Record<string, string>> = texts.kinds;
  const how = [
    kinds[kind] ?? kind,
    link === null ? texts.noLink : link === 'serial' ? portName(badge) : (texts.links[link] ?? link),
    badge?.firmware ?? '',
    badge?.roundTripMs == null ? '' : texts.roundTrip(badge.roundTripMs),
  ];
  return (
    <li class={`device ${state}`}>
      <span class={`jack ${seat ?? ''}`} aria-hidden="true" />
      <span class="name">{name}</span>
      {seat === null ? <span class="mark">{texts.noSeat}</span> : <SeatMark seat={seat} />}
      <span class="how">{how.filter((word) => word !== '').join(', ')}</span>
      <span class="presence">{texts.presences[state]}</span>
      {badge !== undefined && mayLead(location) && <Hand id={id} kind={kind} update={badge.update} />}
    </li>
  );
}

/** The port without its folder: `ttyACM0`. */
const portName = (badge: LinkInfo | undefined): string =>
  badge === undefined ? (texts.links['serial'] ?? '') : (badge.address.split('/').at(-1) ?? badge.address);

interface HandProps {
  readonly id: string;
  readonly kind: string;
  readonly update: string | null;
}

/** What can be done to a device: find it, give it a newer program. */
function Hand({ id, kind, update }: HandProps): VNode {
  const [said, setSaid] = useState('');
  const act = async (what: string, busy: string): Promise<void> => {
    setSaid(busy);
    setSaid((await tellHub(`/api/devices/${encodeURIComponent(id)}/${what}`)) ?? '');
  };
  return (
    <span class="hand">
      {kind === 'board' && (
        <button type="button" onClick={() => void act('identify', '')}>
          {texts.identify}
        </button>
      )}
      {update !== null && (
        <button type="button" onClick={() => void act('update', texts.updating)}>
          {texts.update(update)}
        </button>
      )}
      {said !== '' && <em role="status">{said}</em>}
    </span>
  );
}

function byImportance(a: Seated, b: Seated): number {
  const seated = Number(b.seat !== null) - Number(a.seat !== null);
  if (seated !== 0) return seated;
  return ORDER.indexOf(a.device.state) - ORDER.indexOf(b.device.state) || a.device.name.localeCompare(b.device.name);
}
