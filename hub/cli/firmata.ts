/** Makes the software that speaks for a Firmata board, loaded only when there is one. */
import { createHash } from 'node:crypto';
import type { SerialPort } from 'serialport';
import type { LocalDevice } from '../links/serial/local-link.ts';

const load = () => import('../../device/johnny-five/firmata-paddle.ts');

/** Loads it before play begins where such a board is expected: loading stops everything else for a fifth of a second. */
export async function prepareFirmata(ports: readonly string[]): Promise<void> {
  if (ports.some((port) => port.startsWith('firmata:'))) await load();
}

/** StandardFirmata has no id of its own: the port it is on has to do. */
export async function firmataPaddle(port: SerialPort, path: string): Promise<LocalDevice> {
  const { FirmataPaddle } = await load();
  const id = `firmata-${createHash('sha256').update(path).digest('hex').slice(0, 8)}`;
  const paddle = new FirmataPaddle({ transport: port, id, clock: () => Math.round(performance.now() * 1000) });
  port.on('error', () => paddle.close());
  paddle.onClose(() => {
    if (port.isOpen) port.close(() => {});
  });
  return paddle;
}
