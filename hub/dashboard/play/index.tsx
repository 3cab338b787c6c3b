/** The play page: a phone or a keyboard as a paddle. */
import { render, type VNode } from 'preact';
import '../styles/play.css';
import { NameChoice, PinPad, Searching } from './join.tsx';
import { PlaySession, type Step } from './session.ts';
import { Table } from './table.tsx';

/** Draws the page into an element and begins to play. @returns what ends it */
export function mountPlay(root: HTMLElement): () => void {
  const session = new PlaySession(location);
  render(<Play session={session} />, root);
  const woken = keepAwake();
  void session.start();
  return () => {
    woken();
    session.stop();
    render(null, root);
  };
}

const STEPS: Readonly<Record<Step, (props: { readonly session: PlaySession }) => VNode | null>> = {
  searching: Searching,
  pin: PinPad,
  name: NameChoice,
  table: Table,
};

function Play({ session }: { readonly session: PlaySession }): VNode {
  const step = session.step.value;
  const Now = STEPS[step];
  return (
    <main class={`play step-${step}`} tabIndex={-1}>
      <Now session={session} />
    </main>
  );
}

/** Keeps the screen on where a browser allows it, which over plain HTTP none does. */
function keepAwake(): () => void {
  const ended = new AbortController();
  document.addEventListener('visibilitychange', askForLight, { signal: ended.signal });
  askForLight();
  return () => ended.abort();
}

function askForLight(): void {
  const { wakeLock } = navigator as Partial<Navigator>;
  if (!document.hidden) wakeLock?.request('screen').catch(() => {});
}
