/** A device on a serial port that speaks our frames. Ends by itself when the port is lost, however that shows. */
import { SerialPort } from 'serialport';
import { encode } from '../../../shared/contract/codec.ts';
import type { DownMessage } from '../../../shared/contract/messages.ts';
import { PaddlewireError, type ErrorCode } from '../../../shared/errors.ts';
import { encodeFrame, FrameDecoder } from '../../../shared/serial/frame.ts';
import { deliver, emptyCounters, guard, type Link, type LinkCounters, type LinkHandler } from '../link.ts';

/** Bytes waiting for a board that does not read, above which nothing more is sent to it. */
const FULL_BYTES = 4096;

/** Opens a port. @throws PaddlewireError port-open-failed */
export function openPort(path: string, baudRate: number): Promise<SerialPort> {
  return new Promise((resolve, reject) => {
    const port: SerialPort = new SerialPort({ path, baudRate, hupcl: true }, (error) => {
      // A write to a port that was just pulled fails as an event, also after its user has let go of it.
      port.on('error', () => {});
      if (error === null) resolve(port);
      else reject(new PaddlewireError('port-open-failed', `${path}: ${error.message}`));
    });
  });
}

export class SerialLink implements Link {
  readonly kind = 'serial';
  readonly address: string;
  readonly deviceId = null;
  readonly answersPing = true;
  readonly #port: SerialPort;
  readonly #handler: LinkHandler;
  readonly #decoder = new FrameDecoder();
  readonly #counters = emptyCounters();
  #closed = false;
  /** The longest INPUT so far as it was on the line, in bytes. */
  longestInput = 0;

  constructor(port: SerialPort, handler: LinkHandler) {
    this.#port = port;
    this.#handler = handler;
    this.address = port.path;
    port.on('data', (chunk: Buffer) => this.#take(chunk));
    // A lost port may say `close` once, twice or never (then a write fails): whatever comes first counts.
    port.on('close', () => this.close('port-lost'));
    port.on('error', () => this.close('port-lost'));
  }

  get counters(): LinkCounters {
    const { frames, ...lost } = this.#decoder.counters;
    return { ...this.#counters, framesIn: frames, lost };
  }

  send(message: DownMessage): void {
    if (this.#closed || this.#port.writableLength > FULL_BYTES) return;
    guard(this, this.#handler, () => {
      const frame = encodeFrame(encode(message));
      this.#counters.framesOut++;
      this.#counters.bytesOut += frame.length;
      this.#port.write(frame);
    });
  }

  close(reason: ErrorCode): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#port.removeAllListeners('data');
    // Closing ends a read that spins on a hang-up it missed (serialport/bindings-cpp#164).
    if (this.#port.isOpen) this.#port.close(() => {});
    this.#handler.closed(this, reason, false);
  }

  #take(chunk: Buffer): void {
    this.#counters.bytesIn += chunk.length;
    this.#decoder.push(chunk, (payload, lineBytes) => {
      if (this.#closed) return;
      deliver(this, this.#handler, payload, ({ short, message }) => {
        if (short !== undefined || message.type === 'INPUT') this.longestInput = Math.max(this.longestInput, lineBytes);
      });
    });
  }
}
