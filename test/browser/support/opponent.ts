/** Somebody to play with: a device over MQTT that follows the ball. Gone after the test. */
import { onTestFinished } from 'vitest';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { botButtons } from '../../../shared/games/pong/bot.ts';
import type { PongObservation } from '../../../shared/games/pong/observe.ts';

export function sitDown(url: string, options: { side?: string; room?: string; secret?: string } = {}): MqttDevice {
  const { side = '', room = '', secret } = options;
  const device = new MqttDevice({
    url,
    id: `opponent-${side}${room}`,
    name: 'Opponent',
    observations: true,
    join: { side, room },
    ...(secret !== undefined && { secret }),
  });
  let held = 0;
  device.onMessage((message) => {
    // In other games it only sits there.
    const seen = message.type === 'OBSERVE' ? (message.value as Partial<PongObservation> | null) : null;
    if (seen?.court === undefined) return;
    const buttons = botButtons(seen as PongObservation);
    if (buttons !== held) device.input((held = buttons));
  });
  device.start();
  onTestFinished(() => device.stop());
  return device;
}
