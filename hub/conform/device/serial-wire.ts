/** A device on a serial port that speaks our frames. */
import { encode } from '../../../shared/contract/codec.ts';
import type { DownMessage } from '../../../shared/contract/messages.ts';
import { encodeFrame, FrameDecoder, framesLost } from '../../../shared/serial/frame.ts';
import type { Line } from '../../links/serial/line.ts';
import type { DeviceWire, WireEvent } from './wire.ts';

/** What the kit needs of an open port. */
export type OpenPort = Pick<Line, 'write' | 'drain' | 'setBaud' | 'close'> & {
  on(event: 'data', listener: (chunk: Buffer) => void): void;
  on(event: 'close', listener: () => void): void;
};

export class SerialWire implements DeviceWire {
  readonly kind = 'serial';
  readonly #openPort: () => Promise<OpenPort>;
  #port: OpenPort | null = null;
  #tell: (event: WireEvent) => void = () => {};

  /** @param openPort opens it at 115200 baud */
  constructor(openPort: () => Promise<OpenPort>) {
    this.#openPort = openPort;
  }

  async open(tell: (event: WireEvent) => void): Promise<void> {
    this.#tell = tell;
    const port = await this.#openPort();
    const decoder = new FrameDecoder();
    let lost = 0;
    let heard = false;
    this.#port = port;
    port.on('data', (chunk) => {
      decoder.push(chunk, (bytes) => {
        heard = true;
        tell({ kind: 'up', bytes });
      });
      // What a boot loader or a half-heard frame left on the line is nobody's fault.
      const newly = framesLost(decoder.counters) - lost;
      lost += newly;
      if (newly > 0 && heard) tell({ kind: 'spoilt', frames: newly });
    });
    port.on('close', () => {
      if (this.#port === port) this.#ended();
    });
    port.write(Uint8Array.of(0));
  }

  send(message: DownMessage): void {
    this.raw(encode(message));
  }

  readonly raw = (bytes: Uint8Array): void => this.line(encodeFrame(bytes));

  readonly line = (bytes: Uint8Array): void => this.#port?.write(bytes);

  readonly setBaud = async (baud: number): Promise<boolean> => {
    await this.#port?.drain();
    return (await this.#port?.setBaud(baud)) ?? false;
  };

  readonly reopen = async (): Promise<void> => {
    const port = this.#port;
    this.#ended();
    await port?.close();
    await this.open(this.#tell);
  };

  async close(): Promise<void> {
    const port = this.#port;
    this.#port = null;
    await port?.close();
  }

  #ended(): void {
    this.#port = null;
    this.#tell({ kind: 'closed' });
  }
}
