/** What can be done to a device. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { useDoing, type Doing } from '../../live/doing.ts';
import { lead } from '../../live/lead.ts';
import { confirmed } from '../../live/questions.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { seatName, texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/devices.ts';
import type { DeviceDetailsProps } from './device-details.tsx';

export function DeviceHands(props: DeviceDetailsProps): VNode {
  const { id, name, badge, seat, changed } = props;
  const doing = useDoing();
  const [said, setSaid] = useState('');
  const there = { device: id };
  const act = async (work: () => Promise<unknown>, done = '', busy = ''): Promise<void> => {
    setSaid(busy);
    setSaid((await doing.run(work)) ? done : '');
    changed();
  };
  const banned = badge?.banned === true;
  const kick = async (): Promise<void> => {
    if (!(await confirmed(texts.kickTitle(name), texts.kickText, texts.kick))) return;
    await act(() => lead('POST /api/devices/{device}/kick', there));
  };
  const ban = async (): Promise<void> => {
    if (!banned && !(await confirmed(texts.banTitle(name), texts.banText, texts.ban))) return;
    await act(() => lead('POST /api/devices/{device}/ban', there, { banned: !banned }));
  };
  return (
    <section class="device-hands">
      {badge !== null && (
        <>
          <button
            type="button"
            onClick={() => void act(() => lead('POST /api/devices/{device}/identify', there), texts.found)}
          >
            {texts.find}
          </button>
          {badge.kind === 'board' && (
            <button
              type="button"
              onClick={() => void act(() => lead('POST /api/devices/{device}/self-test', there), texts.asked)}
            >
              {texts.selfTest}
            </button>
          )}
          {badge.update !== null && (
            <button
              type="button"
              class="main"
              disabled={doing.busy}
              onClick={() =>
                void act(() => lead('POST /api/devices/{device}/update', there), texts.updated, texts.updating)
              }
            >
              {texts.update(badge.update)}
            </button>
          )}
          {seat === null ? (
            !banned && <GiveSeat {...props} doing={doing} />
          ) : (
            <button
              type="button"
              onClick={() => void act(() => lead('POST /api/devices/{device}/seat', there, { room: '' }))}
            >
              {texts.takeSeat}
            </button>
          )}
          <button type="button" class="loses" onClick={() => void kick()}>
            {texts.kick}
          </button>
        </>
      )}
      <button type="button" class={banned ? '' : 'loses'} onClick={() => void ban()}>
        {banned ? texts.allow : texts.ban}
      </button>
      <Rename {...props} doing={doing} />
      <p class="said" role="status">
        {said}
      </p>
      <Trouble of={doing.trouble} />
    </section>
  );
}

interface FormProps extends DeviceDetailsProps {
  readonly doing: Doing;
}

function Rename({ id, name, changed, doing }: FormProps): VNode {
  const [typed, setTyped] = useState(name);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await doing.run(() => lead('POST /api/devices/{device}/rename', { device: id }, { name: typed }))) changed();
  };
  return (
    <form class="inline" onSubmit={(event) => void save(event)}>
      <label>
        {texts.newName}
        <input required maxLength={32} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      <button type="submit" disabled={typed === name || doing.busy}>
        {texts.rename}
      </button>
    </form>
  );
}

/** Room and seat as one choice: a free seat of any room, or whatever is free there. */
function GiveSeat({ id, live, changed, doing }: FormProps): VNode {
  const rooms = live.rooms.value;
  const [wish, setWish] = useState(JSON.stringify([rooms[0]?.name ?? '', '']));
  const give = async (event: Event): Promise<void> => {
    event.preventDefault();
    const [room, seat] = JSON.parse(wish) as [string, string];
    const body = { room, ...(seat !== '' && { seat }) };
    if (await doing.run(() => lead('POST /api/devices/{device}/seat', { device: id }, body))) changed();
  };
  return (
    <form class="inline" onSubmit={(event) => void give(event)}>
      <label>
        {texts.seat}
        <select value={wish} onChange={(event) => setWish(event.currentTarget.value)}>
          {rooms.map(({ name, scoreboard }) => (
            <optgroup key={name} label={common.room(name)}>
              <option value={JSON.stringify([name, ''])}>
                {name}: {texts.anySeat}
              </option>
              {scoreboard.value.seats
                .filter(({ device }) => device === null)
                .slice(0, 4)
                .map(({ seat }) => (
                  <option key={seat} value={JSON.stringify([name, seat])}>
                    {name}: {seatName(seat)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <button type="submit" disabled={doing.busy}>
        {texts.giveSeat}
      </button>
    </form>
  );
}
