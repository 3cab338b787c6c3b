/** What is connected to the hub: each device with its link, its seat and how it is. */
import type { VNode } from 'preact';
import type { DeviceInfo } from '../live/model.ts';
import type { Live } from '../live/live.ts';
import { texts } from '../texts.ts';
import { SeatMark } from './seats.tsx';

/** Players first, then who is there, then who was. */
const ORDER: readonly DeviceInfo['state'][] = ['ready', 'init', 'sleeping', 'lost', 'disconnected'];

export function Devices({ live }: { readonly live: Live }): VNode {
  const devices = [...live.devices.value.values()].toSorted(byImportance);
  return (
    <section class="devices" aria-label={texts.devicesHeading}>
      <h2>{texts.devicesHeading}</h2>
      {devices.length === 0 ? (
        <p>{texts.noDevices}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a list that scrolls is reached by keyboard
        <ul tabIndex={0}>
          {devices.map((device) => (
            <Device key={device.id} device={device} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Device({ device: { state, name, kind, link, seat } }: { readonly device: DeviceInfo }): VNode {
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

function byImportance(a: DeviceInfo, b: DeviceInfo): number {
  const seated = Number(b.seat !== null) - Number(a.seat !== null);
  if (seated !== 0) return seated;
  return ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.name.localeCompare(b.name);
}
