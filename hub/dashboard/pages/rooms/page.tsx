/** Rooms, for who leads the class: everything at a glance, and one big button that stops it all. */
import type { VNode } from 'preact';
import type { HubInfo } from '../../../../shared/contract/api.ts';
import { useAsked } from '../../live/asked.ts';
import { useDoing } from '../../live/doing.ts';
import { lead } from '../../live/lead.ts';
import type { Live } from '../../live/live.ts';
import { atTheHub } from '../../live/teacher.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/rooms.ts';
import { NewRoom } from './new-room.tsx';
import { RoomCard } from './room-card.tsx';
import './rooms.css';

/** Somebody else may freeze or lock, too. */
const AGAIN_MS = 3000;

export function Rooms({ live }: { readonly live: Live }): VNode {
  const { answer: hub, trouble, again } = useAsked('GET /api/hub', {}, AGAIN_MS);
  return (
    <PageFrame title={common.pages.rooms} name="rooms" tools={hub !== null && <Hold hub={hub} changed={again} />}>
      {!atTheHub() && <p class="soft">{texts.lead}</p>}
      <Trouble of={trouble} />
      <div class="room-cards">
        {live.rooms.value.map((room) => (
          <RoomCard key={room.name} room={room} games={hub?.games ?? []} />
        ))}
        {hub !== null && <NewRoom games={hub.games} taken={live.rooms.value.map(({ name }) => name)} />}
      </div>
    </PageFrame>
  );
}

interface HoldProps {
  readonly hub: HubInfo;
  readonly changed: () => void;
}

/** Freezes and locks, and says what is frozen and locked. */
function Hold({ hub: { frozen, locked }, changed }: HoldProps): VNode {
  const doing = useDoing();
  const set = async (body: { frozen?: boolean; locked?: boolean }): Promise<void> => {
    if (await doing.run(() => lead('POST /api/hub', {}, body))) changed();
  };
  return (
    <div class="hold">
      <button
        type="button"
        class={`freeze ${frozen ? 'main' : ''}`}
        disabled={doing.busy}
        onClick={() => void set({ frozen: !frozen })}
      >
        {frozen ? texts.thaw : texts.freeze}
      </button>
      <button
        type="button"
        class={locked ? 'main' : ''}
        disabled={doing.busy}
        onClick={() => void set({ locked: !locked })}
      >
        {locked ? texts.unlock : texts.lock}
      </button>
      <p role="status">
        {frozen && <strong>{texts.frozenText} </strong>}
        {locked && <strong>{texts.lockedText}</strong>}
      </p>
      <Trouble of={doing.trouble} />
    </div>
  );
}
