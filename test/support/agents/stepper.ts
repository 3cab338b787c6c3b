/** The second shape: stands still, and says what happens. */
import type { EndStats, StepAgent } from '../../../device/agent/agent.ts';

export default class implements StepAgent {
  getStep(): { move: 0 } {
    return { move: 0 };
  }

  onStartGame(id: string): void {
    console.log(`start ${id}`);
  }

  onEndGame(won: boolean, { result, scores }: EndStats): void {
    console.log(`end ${won} ${result} ${scores.join(':')}`);
  }

  onError(message: string): void {
    console.log(`error ${message}`);
  }

  onDisconnect(): void {
    console.log('disconnect');
  }
}
