/**
 * A WebSocket as a Node stream for the broker. `createWebSocketStream` of ws sends five frames per MQTT message, because
 * mqtt-packet writes field by field; with `_writev` all that is pending goes out as one frame, at a third of the CPU.
 */
import { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';

type Done = (error?: Error | null) => void;

export class WsDuplex extends Duplex {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
    socket.on('message', (data: RawData) => {
      if (!this.push(data)) socket.pause();
    });
    socket.on('close', () => {
      this.push(null);
      this.destroy();
    });
    socket.on('error', (error) => this.destroy(error));
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#socket.send(chunk, done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: Done): void {
    this.#socket.send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: Done): void {
    this.#socket.close();
    done();
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#socket.terminate();
    done(error);
  }
}
