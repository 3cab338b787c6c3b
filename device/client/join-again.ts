/** A device that does not give up: it asks for a seat again and again. */
import type { MqttDevice } from './mqtt-device.ts';

/** Between two wishes for a seat, in ms. */
const JOIN_MS = 2000;

/** Asks for a seat from time to time while it has none: somebody may leave. */
export function joinAgain(device: MqttDevice, side: string, room: string): NodeJS.Timeout {
  let full = false;
  device.onMessage((message) => {
    if (message.type === 'ERROR') full ||= message.code === 'seat-none-free' || message.code === 'seat-taken';
    if (message.type === 'SEAT') full = message.side === '';
  });
  return setInterval(() => {
    if (full && device.seat === null) device.join(side, room);
  }, JOIN_MS);
}
