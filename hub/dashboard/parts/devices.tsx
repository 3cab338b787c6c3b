/** What is connected to the hub: each device with its link, its seat and how it is. */
import type { VNode } from 'preact';
import type { DeviceInfo } from '../live/model.ts';
import type { Live } from '../live/live.ts';
import { texts } from '../texts.ts';
import { SeatMark } from './seats.tsx';

/** Players first, then who is there, then who was lost. Who said goodbye is not listed. */
const ORDER: readonly DeviceInfo['state'][] = ['ready', 'init', 'sleeping', 'lost', 'disconnected'];

export function Devices({ live }: { readonly live: Live }): VNode {
  const seats = seatsOf(live);
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
            <Device key={device.id} device={device} seat={seat} />
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

function Device({ device: { state, name, kind, link }, seat }: Seated): VNode {
  const kinds: Readonly<Record<string, string>> = texts.kinds;
  const how = [kinds[kind] ?? kind, link === null ? texts.noLink : (texts.links[link] ?? link)];
  return (
    <li class={`device ${state}`}>
      <span class={`jack ${seat ?? ''}`} aria-hidden="true" />
      <span class="name">{name}</span>
      {seat === null ? <span class="mark">{texts.noSeat}</span> : <SeatMark seat={seat} />}
      <span class="how">{how.filter((word) => word !== '').join(', ')}</span>
      <span class="presence">{texts.presences[state]}</span>
    </li>
  );
}

function byImportance(a: Seated, b: Seated): number {
  const seated = Number(b.seat !== null) - Number(a.seat !== null);
  if (seated !== 0) return seated;
  return ORDER.indexOf(a.device.state) - ORDER.indexOf(b.device.state) || a.device.name.localeCompare(b.device.name);
}
