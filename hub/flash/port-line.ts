/** A serial port as the flasher needs it. */
import { SerialPort } from 'serialport';
import { PaddlewireError, type ErrorCode } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { BoardLine } from './stk500.ts';

/** How long the reset line is held; the capacitor between DTR and RESET of an Uno passes an edge of any length. */
const PULSE_MS = 50;

/** Why a port could not be opened: a code and a sentence (hub/links/serial/port-trouble.ts). */
export type Explain = (path: string, error: Error) => { readonly code: ErrorCode; readonly text: string };

export interface PortLine extends BoardLine {
  /** When others may open it. */
  close(): Promise<void>;
}

/** @throws PaddlewireError with the code that `explain` gives */
export async function openPortLine(path: string, clock: Pick<Clock, 'after'>, explain: Explain): Promise<PortLine> {
  const port = new SerialPort({ path, baudRate: 115_200, autoOpen: false, hupcl: true });
  // A write to a port that was just pulled fails as an event.
  port.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    port.open((error) => {
      if (error === null) return resolve();
      const { code, text } = explain(path, error);
      reject(new PaddlewireError(code, text));
    });
  });
  const wait = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));
  const signal = (level: boolean): Promise<void> =>
    // A pty has no such lines, and opening it has reset the board already.
    new Promise((resolve) => port.set({ dtr: level, rts: level }, () => resolve()));
  return {
    path,
    write: (bytes) => void port.write(bytes),
    listen(onBytes, onClose) {
      port.on('data', onBytes);
      port.on('close', onClose);
      return () => {
        port.off('data', onBytes);
        port.off('close', onClose);
      };
    },
    setBaud: (baudRate) => new Promise((resolve) => port.update({ baudRate }, () => resolve())),
    async reset() {
      await signal(false);
      await wait(PULSE_MS);
      await signal(true);
      await wait(PULSE_MS);
    },
    close: () => new Promise((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve())),
  };
}
