/** Every device: what it is, how its link does, what it senses just now, and what can be done to it. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BadgeInfo } from '../../../../shared/contract/api.ts';
import { useAsked } from '../../live/asked.ts';
import { History } from '../../live/history.ts';
import type { Live } from '../../live/live.ts';
import type { DeviceInfo } from '../../live/model.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/devices.ts';
import { DeviceRow } from './device-row.tsx';
import './devices.css';

const AGAIN_MS = 1000;
const SHOWN_MS = 120_000;

export function Devices({ live }: { readonly live: Live }): VNode {
  const { answer: badges, trouble, again } = useAsked('GET /api/devices', {}, AGAIN_MS);
  const histories = useDelays(badges);
  const [open, setOpen] = useState<string | null>(null);
  const seats = seatsOf(live);
  const listed = everybody(live, badges ?? []).toSorted((a, b) => order(a, seats) - order(b, seats) || byName(a, b));
  const troubles = live.health.value?.troubles ?? [];
  return (
    <PageFrame title={common.pages.devices} name="devices-page">
      <Trouble of={trouble} />
      {troubles.length > 0 && (
        <ul class="troubles" role="alert">
          {troubles.map(({ path, text }) => (
            <li key={path}>{text}</li>
          ))}
        </ul>
      )}
      {badges !== null && listed.length === 0 && (
        <Sheet title={texts.none}>
          <p>{texts.noneText}</p>
        </Sheet>
      )}
      <ul class="device-list" aria-label={texts.heading}>
        {listed.map((one) => (
          <DeviceRow
            key={one.id}
            {...one}
            live={live}
            seat={seats.get(one.id) ?? null}
            history={histories.get(one.id) ?? null}
            open={open === one.id}
            toggle={() => setOpen(open === one.id ? null : one.id)}
            changed={again}
          />
        ))}
      </ul>
    </PageFrame>
  );
}

/** A device as its presence tells of it, and its badge where it has a link. */
export interface Listed {
  readonly id: string;
  readonly device: DeviceInfo;
  readonly badge: BadgeInfo | null;
}

/** Who has a link, and who had one and did not say goodbye. */
function everybody(live: Live, badges: readonly BadgeInfo[]): Listed[] {
  const linked = new Map(badges.map((badge) => [badge.device, badge]));
  const told = [...live.devices.value.values()].filter(({ id, state }) => linked.has(id) || state !== 'disconnected');
  const known = new Set(told.map(({ id }) => id));
  const untold = badges.filter(({ device }) => !known.has(device)).map(presenceOf);
  return [...told, ...untold].map((device) => ({ id: device.id, device, badge: linked.get(device.id) ?? null }));
}

const presenceOf = ({ device, name, kind, link }: BadgeInfo): DeviceInfo => ({
  id: device,
  state: 'ready',
  name,
  kind,
  link,
});

/** Players first, then who is there, then who was lost. */
const order = ({ id, badge }: Listed, seats: ReadonlyMap<string | null, unknown>): number =>
  (seats.has(id) ? 0 : 2) + (badge === null ? 1 : 0);
const byName = (a: Listed, b: Listed): number => a.device.name.localeCompare(b.device.name);

export interface SeatedAt {
  readonly room: string;
  readonly seat: string;
}

/** The seat of each device that has one, as the rooms tell: theirs is the newest word. */
const seatsOf = (live: Live): ReadonlyMap<string | null, SeatedAt> =>
  new Map(
    live.rooms.value.flatMap(({ name, scoreboard }) =>
      scoreboard.value.seats.map(({ device, seat }) => [device, { room: name, seat }] as const),
    ),
  );

/** The round trips of each device, for as long as this page is open. */
function useDelays(badges: readonly BadgeInfo[] | null): ReadonlyMap<string, History> {
  const histories = useRef(new Map<string, History>());
  const [, drawn] = useState(0);
  useEffect(() => {
    const now = performance.now();
    for (const { device, roundTripMs } of badges ?? []) {
      const history = histories.current.get(device) ?? new History(SHOWN_MS, 2);
      histories.current.set(device, history);
      history.take(now, [roundTripMs?.p50 ?? null, roundTripMs?.p95 ?? null]);
    }
    drawn((times) => times + 1);
  }, [badges]);
  return histories.current;
}
