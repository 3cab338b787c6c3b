/** A slider along the own side: the paddle goes where the thumb is. For the rules it is the axis of a board's knob. */
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { BUTTON } from '../../../shared/contract/messages.ts';
import { texts } from '../texts/play.ts';
import { onCourt, type Direction, type Turn } from './steering.ts';

/** As on a board: 12 bits. */
const MAX_AXIS = 4095;
const BACKWARD = BUTTON.up | BUTTON.left;

export interface SliderProps {
  /** Backward and forward on the screen, as of the touch zones. */
  readonly zones: readonly [Direction, Direction];
  readonly turn: Turn;
  readonly slide: (axis: number | null) => void;
}

export function Slider({ zones, turn, slide }: SliderProps): VNode {
  // Whoever it steered is let go when it is taken away.
  useEffect(() => () => slide(null), [slide]);
  const mirrored = isMirrored(zones[0], turn);
  return (
    <input
      class={`steer-slider ${zones[0] === 'up' ? 'upright' : ''}`}
      type="range"
      min={0}
      max={MAX_AXIS}
      defaultValue={String(MAX_AXIS >> 1)}
      aria-label={texts.steer}
      onInput={({ currentTarget: { value } }) => slide(mirrored ? MAX_AXIS - Number(value) : Number(value))}
      onContextMenu={(event) => event.preventDefault()}
    />
  );
}

/** Whether the slider's beginning on the screen is the far end of the side by the rules. @param first left or up */
export const isMirrored = (first: Direction, turn: Turn): boolean => (onCourt(BUTTON[first], turn) & BACKWARD) === 0;
