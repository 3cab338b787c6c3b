/** Who plays, or looks on, at the far end of a network: what stands on its screen, for the lab to lay beside the hub's. */
import type { Signal } from '@preact/signals';
import type { PongView } from '../../../../shared/games/pong/view.ts';

export interface LabPlayer {
  /** What its screen shows at `now`, in ms of the page's clock; null before it knows anything. */
  view(now: number): PongView | null;
  /** Whether it draws on from what it knows instead of waiting for the hub. */
  readonly predicting: Signal<boolean>;
  /** How far off its ball is drawn, in px, if it knows better than who compares the two courts of one moment. */
  readonly ballError?: number | null | undefined;
  start(): void;
  stop(): void;
}
