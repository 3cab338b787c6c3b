/** Makes the software that speaks for boards which do not speak the contract: loaded only where such boards can be. */
import { createHash } from 'node:crypto';
import type { LocalDevices } from '../links/serial/serial-ports.ts';

const load = () => import('../../device/johnny-five/firmata-paddle.ts');
const loadText = () => import('../../device/text-lines/text-paddle.ts');

/** For an exact time of each input, in µs. */
const clock = (): number => Math.round(performance.now() * 1000);
const REPORT_VERSION = 0xf9;

/** Loads it before play begins where any board may come: loading stops everything else for a fifth of a second. */
export async function prepareLocalDevices(ports: readonly string[]): Promise<void> {
  if (ports.some((port) => port !== 'none' && !/^(paddlewire|text):/.test(port))) await load();
  if (ports.some((port) => port !== 'none' && !/^(paddlewire|firmata):/.test(port))) await loadText();
}

export const localDevices: LocalDevices = {
  async firmata(line, identity) {
    const { FirmataPaddle } = await load();
    const paddle = new FirmataPaddle({ transport: line, id: idOf('firmata', identity), clock });
    // It may have told its version before anybody of its own was there to hear it.
    line.write(Uint8Array.of(REPORT_VERSION));
    return paddle;
  },
  async text(line, identity) {
    const { TextPaddle } = await loadText();
    return new TextPaddle({ transport: line, id: idOf('text', identity), clock });
  },
};

/** These boards have no id of their own: what USB says of them, or the port they are on, has to do. */
const idOf = (dialect: string, identity: string): string =>
  `${dialect}-${createHash('sha256').update(identity).digest('hex').slice(0, 8)}`;
