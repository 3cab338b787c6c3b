/** The first shape: says what it is told, and resets when it sees the end. */
import type { PongObservation, Scene } from '../../../device/agent/agent.ts';

export class MLPlay {
  constructor(...args: string[]) {
    console.log(`made with ${args.join(' ') || 'nothing'}`);
  }

  update(scene: Scene<PongObservation>): string {
    if (scene.status === 'GAME_OVER') return 'RESET';
    return scene.ball[1] < (scene.paddles[scene.you] ?? 0) ? 'up' : 'down';
  }

  reset(): void {
    console.log('reset');
  }
}
