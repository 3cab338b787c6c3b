/** A device on a serial port that speaks our frames. Ends by itself when the port is lost, however that shows. */
import { encode } from '../../../shared/contract/codec.ts';
import type { DownMessage, Message } from '../../../shared/contract/messages.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { encodeFrame, FrameDecoder, framesLost } from '../../../shared/serial/frame.ts';
import type { Clock } from '../../clock.ts';
import { deliver, emptyCounters, guard, type Link, type LinkCounters, type LinkHandler } from '../link.ts';
import type { Line } from './line.ts';
import { LineSpeed } from './line-speed.ts';

/** Messages that wait while the line changes its rate. */
const MAX_WAITING = 32;

export interface SerialLinkOptions {
  readonly line: Line;
  readonly handler: LinkHandler;
  readonly clock: Clock;
  /** The fastest rate to go to; 115200: the line stays as it is. */
  readonly maxBaud: number;
  /** Is told of all that is sent to the device. */
  readonly sent: (message: DownMessage) => void;
}

export class SerialLink implements Link {
  readonly kind = 'serial';
  readonly address: string;
  readonly deviceId = null;
  readonly answersPing = true;
  readonly #line: Line;
  readonly #handler: LinkHandler;
  readonly #sent: (message: DownMessage) => void;
  readonly #speed: LineSpeed;
  readonly #decoder = new FrameDecoder();
  readonly #counters = emptyCounters();
  readonly #waiting: DownMessage[] = [];
  #lost = 0;
  #closed = false;
  /** The longest INPUT so far as it was on the line, in bytes. */
  longestInput = 0;

  constructor({ line, handler, clock, maxBaud, sent }: SerialLinkOptions) {
    this.#line = line;
    this.#sent = sent;
    this.#handler = handler;
    this.address = line.path;
    this.#speed = new LineSpeed({
      line,
      clock,
      maxBaud,
      say: (message) => this.#say(message),
      ready: () => this.#sendWaiting(),
    });
    // Ends what the board may have half read of a question in another dialect.
    line.write(Uint8Array.of(0));
    line.on('data', (chunk) => this.#take(chunk));
    line.on('close', () => this.close('port-lost'));
  }

  get counters(): LinkCounters {
    const { frames, ...lost } = this.#decoder.counters;
    return { ...this.#counters, framesIn: frames, lost };
  }

  send(message: DownMessage): void {
    if (this.#closed || this.#line.isFull) return;
    this.#sent(message);
    if (this.#speed.holds) this.#wait(message);
    else this.#sendNow(message);
  }

  close(reason: ErrorCode): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#speed.stop();
    void this.#line.close();
    this.#handler.closed(this, reason, false);
  }

  #sendNow(message: DownMessage): void {
    this.#say(message);
    if (message.type === 'WELCOME') this.#speed.welcomed();
  }

  #say(message: DownMessage): void {
    guard(this, this.#handler, () => {
      const frame = encodeFrame(encode(message));
      this.#counters.framesOut++;
      this.#counters.bytesOut += frame.length;
      this.#line.write(frame);
    });
  }

  /** A PING is not kept: its answer would tell of a way that was longer than it is. */
  #wait(message: DownMessage): void {
    if (message.type !== 'PING' && this.#waiting.length < MAX_WAITING) this.#waiting.push(message);
  }

  #sendWaiting(): void {
    for (const message of this.#waiting.splice(0)) {
      if (this.#speed.holds) this.#wait(message);
      else this.#sendNow(message);
    }
  }

  #take(chunk: Buffer): void {
    this.#counters.bytesIn += chunk.length;
    this.#decoder.push(chunk, (payload, lineBytes) => {
      if (this.#closed) return;
      this.#speed.heard();
      deliver(this, this.#handler, payload, ({ short, message }) => {
        if (short !== undefined || message?.type === 'INPUT')
          this.longestInput = Math.max(this.longestInput, lineBytes);
        if (message !== undefined) this.#noteOfSpeed(message);
      });
    });
    const lost = framesLost(this.#decoder.counters);
    this.#speed.lost(lost - this.#lost);
    this.#lost = lost;
  }

  #noteOfSpeed(message: Message): void {
    if (message.type === 'HELLO') this.#speed.hello(message.maxBaud);
    else if (message.type === 'PONG') this.#speed.pong(message.token, message.lost);
  }
}
