/** Makes the software that speaks for a Firmata board, loaded only when there is one. */
import { createHash } from 'node:crypto';
import type { SerialPort } from 'serialport';
import type { LocalDevice } from '../links/serial/local-link.ts';

/** StandardFirmata has no id of its own: the port it is on has to do. */
export async function firmataPaddle(port: SerialPort, path: string): Promise<LocalDevice> {
  const { FirmataPaddle } = await import('../../device/johnny-five/firmata-paddle.ts');
  const id = `firmata-${createHash('sha256').update(path).digest('hex').slice(0, 8)}`;
  const paddle = new FirmataPaddle({ transport: port, id, clock: () => Math.round(performance.now() * 1000) });
  port.on('error', () => paddle.close());
  paddle.onClose(() => {
    if (port.isOpen) port.close(() => {});
  });
  return paddle;
}
