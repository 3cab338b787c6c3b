/** Who is there and has no seat; and what is wrong with a port, which keeps somebody from being there at all. */
import type { VNode } from 'preact';
import type { Live } from '../../live/live.ts';
import { texts } from '../../texts/projector.ts';

export function Waiting({ live }: { readonly live: Live }): VNode | null {
  const seated = new Set(live.rooms.value.flatMap((room) => room.scoreboard.value.seats.map(({ device }) => device)));
  const waiting = [...live.devices.value.values()]
    .filter(({ id, state }) => state === 'ready' && !seated.has(id))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const troubles = live.health.value?.troubles ?? [];
  if (waiting.length === 0 && troubles.length === 0) return null;
  return (
    <section class="waiting-list" aria-label={texts.waitingHeading}>
      {waiting.length > 0 && (
        <>
          <h2>
            {texts.waitingHeading} <small>{waiting.length}</small>
          </h2>
          <ul>
            {waiting.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
        </>
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
