/** The quiz master's buttons. They work on the hub's own computer; elsewhere the hub refuses, and the page says so. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { PressPhase } from '../../../shared/games/presses/view.ts';
import { mayLead, tellHub } from '../live/lead.ts';
import { texts } from '../texts.ts';

const WORDS: Readonly<Record<PressPhase, readonly (keyof typeof texts.leader)[]>> = {
  idle: ['arm'],
  wait: [],
  lit: ['next'],
  hold: ['next'],
  shown: ['right', 'wrong', 'next'],
  over: [],
};

export function Leader({ room, phase }: { readonly room: string; readonly phase: PressPhase }): VNode | null {
  const [trouble, setTrouble] = useState('');
  if (!mayLead(location)) return null;
  const say = async (word: string): Promise<void> =>
    setTrouble((await tellHub(`/api/rooms/${encodeURIComponent(room)}/host`, { word })) ?? '');
  return (
    <div class="leader">
      {WORDS[phase].map((word) => (
        <button key={word} type="button" class={word} onClick={() => void say(word)}>
          {texts.leader[word]}
        </button>
      ))}
      {trouble !== '' && <p role="alert">{trouble}</p>}
    </div>
  );
}
