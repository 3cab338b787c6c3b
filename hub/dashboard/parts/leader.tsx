/** The quiz master's buttons: for who leads the class. */
import type { VNode } from 'preact';
import type { PressPhase } from '../../../shared/games/presses/view.ts';
import { useDoing } from '../live/doing.ts';
import { lead } from '../live/lead.ts';
import { mayLead } from '../live/teacher.ts';
import { texts } from '../texts/projector.ts';
import { Trouble } from './trouble.tsx';

const WORDS: Readonly<Record<PressPhase, readonly (keyof typeof texts.leader)[]>> = {
  idle: ['arm'],
  wait: [],
  lit: ['next'],
  hold: ['next'],
  shown: ['right', 'wrong', 'next'],
  over: [],
};

export function Leader({ room, phase }: { readonly room: string; readonly phase: PressPhase }): VNode | null {
  const doing = useDoing();
  if (!mayLead()) return null;
  return (
    <div class="leader">
      {WORDS[phase].map((word) => (
        <button
          key={word}
          type="button"
          class={word}
          onClick={() => void doing.run(() => lead('POST /api/rooms/{room}/host', { room }, { word }))}
        >
          {texts.leader[word]}
        </button>
      ))}
      <Trouble of={doing.trouble} />
    </div>
  );
}
