/** Waits for what can be seen and heard of an emulated board. */
import type { PinChange, RigBoard } from '../../hardware/emulator/rig.ts';

/** Waits for a change of light or tone. */
export function changeOf(board: RigBoard, wanted: (change: PinChange) => boolean): Promise<PinChange> {
  return new Promise((resolve) => {
    const stop = board.onPinChange((change) => {
      if (!wanted(change)) return;
      stop();
      resolve(change);
    });
  });
}
