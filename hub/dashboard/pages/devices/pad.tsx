/** What a device senses just now: its buttons as a pad, its knob as a rule. */
import type { VNode } from 'preact';
import { texts } from '../../texts/devices.ts';

/** Bits of INPUT.buttons, and where each is on the pad. */
const BUTTONS = [
  { bit: 1, x: 8, y: 0 },
  { bit: 2, x: 8, y: 16 },
  { bit: 4, x: 0, y: 8 },
  { bit: 8, x: 16, y: 8 },
  { bit: 16, x: 32, y: 8 },
] as const;
const FULL_AXIS = 4095;

export function Pad({ buttons, axis }: { readonly buttons: number; readonly axis: number | null }): VNode {
  const held = BUTTONS.filter(({ bit }) => (buttons & bit) !== 0).map(({ bit }) => texts.buttonNames[bit] ?? '');
  const said = `${texts.buttons}: ${held.length === 0 ? texts.noButtons : held.join(', ')}`;
  return (
    <span class="pad">
      <svg viewBox="-1 -1 42 26" role="img" aria-label={said}>
        {BUTTONS.map(({ bit, x, y }) => (
          <rect key={bit} class={(buttons & bit) === 0 ? '' : 'held'} x={x} y={y} width="8" height="8" />
        ))}
      </svg>
      {axis !== null && <meter class="axis" min={0} max={FULL_AXIS} value={axis} aria-label={texts.axis} />}
    </span>
  );
}
