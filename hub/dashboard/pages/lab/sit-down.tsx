/** The lab's own player: whoever looks at this page takes a seat at it, and may leave again. */
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { call } from '../../live/api.ts';
import { useDoing } from '../../live/doing.ts';
import { lead } from '../../live/lead.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { LabSeat } from '../../play/lab-seat.ts';
import { texts } from '../../texts/lab.ts';

export interface SitDownProps {
  readonly room: string;
  readonly own: LabSeat | null;
  readonly change: (own: LabSeat | null) => void;
}

export function SitDown({ room, own, change }: SitDownProps): VNode {
  const doing = useDoing();
  // Another room is another page: nobody stays behind at the keyboard.
  useEffect(() => () => change(null), [room, change]);
  const sit = async (): Promise<void> => {
    const { needsPin } = await call('GET /api/hub', {});
    const pin = needsPin ? ((await lead('GET /api/join', {})).pin ?? '') : '';
    change(new LabSeat(room, pin));
  };
  return (
    <>
      <button type="button" disabled={doing.busy} onClick={() => (own === null ? void doing.run(sit) : change(null))}>
        {own === null ? texts.sitDown : texts.standUp}
      </button>
      <Trouble of={doing.trouble} />
    </>
  );
}
