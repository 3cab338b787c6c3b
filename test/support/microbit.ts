/** A micro:bit in QEMU with Debian's MicroPython firmware and a program of ours, on a real pseudo-terminal. */
import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SerialPort } from 'serialport';
import { onTestFinished } from 'vitest';
import { eventually } from './eventually.ts';
import { temporaryFolder } from './hubs.ts';

export const MICROBIT_FIRMWARE = '/usr/share/firmware-microbit-micropython/firmware.hex';

/** Where the firmware looks for a program, as a flashed .hex brings it, and how much there is room for. */
const SCRIPT_ADDRESS = '0x3e000';
export const MAX_SCRIPT_BYTES = 0x2000 - 4;
/** The chip's pins of buttons A and B: the firmware's pin5 and pin11. */
export const BUTTON_PIN = { A: 17, B: 26 } as const;

export class QemuMicrobit {
  readonly path: string;
  readonly #process: ChildProcess;
  readonly #qtest: Socket;

  private constructor(path: string, process: ChildProcess, qtest: Socket) {
    this.path = path;
    this.#process = process;
    this.#qtest = qtest;
  }

  /** Starts one with this program on it, as after a drag and drop. Its power goes with the test. */
  static async start(script: string): Promise<QemuMicrobit> {
    const folder = temporaryFolder();
    const [image, socket] = [join(folder, 'script.bin'), join(folder, 'qtest')];
    writeFileSync(image, scriptImage(script));
    const child = spawn('qemu-system-arm', qemuArguments(image, socket));
    onTestFinished(() => void child.kill('SIGKILL'));
    const path = await ptyPath(child);
    return new QemuMicrobit(path, child, await eventually(() => connected(socket)));
  }

  /** Holds a button down, or lets go of it: its pin is low while it is held. */
  button(which: keyof typeof BUTTON_PIN, held: boolean): void {
    const level = held ? 0 : 1;
    this.#qtest.write(`set_irq_in /machine/nrf51 unnamed-gpio-in ${BUTTON_PIN[which]} ${level}\n`);
  }

  unplug(): void {
    this.#process.kill('SIGKILL');
  }
}

/** Its USB line as a program on a computer has it. */
export class UsbLine {
  text = '';
  readonly #port: SerialPort;

  private constructor(port: SerialPort) {
    this.#port = port;
    port.on('data', (bytes: Buffer) => (this.text += bytes.toString('latin1')));
  }

  static async open(path: string): Promise<UsbLine> {
    const port = new SerialPort({ path, baudRate: 115_200, autoOpen: false });
    await new Promise<void>((resolve, reject) => port.open((error) => (error === null ? resolve() : reject(error))));
    onTestFinished(() => port.close(() => {}));
    return new UsbLine(port);
  }

  say(text: string): void {
    this.#port.write(text);
  }

  /** What was printed since the last call, once it ends like this. */
  async until(end: string): Promise<string> {
    await eventually(() => this.text.includes(end));
    const [said, rest] = splitAfter(this.text, end);
    this.text = rest;
    return said;
  }
}

/**
 * No log of the tests' own socket: it would fill up a pipe that nobody reads. The chip's time goes by its instructions
 * (64 ns each), not by the computer's: a chip that was held up finds no timers that are long due.
 */
const qemuArguments = (image: string, socket: string): string[] =>
  [
    '-M microbit -nographic -monitor none -accel tcg -icount shift=6 -qtest-log none',
    `-chardev pty,id=usb -serial chardev:usb -qtest unix:${socket},server=on,wait=off`,
    `-device loader,file=${MICROBIT_FIRMWARE}`,
    `-device loader,file=${image},addr=${SCRIPT_ADDRESS},force-raw=on`,
  ].flatMap((line) => line.split(' '));

function scriptImage(script: string): Buffer {
  const bytes = Buffer.from(script);
  const head = Buffer.from([0x4d, 0x50, bytes.length & 0xff, bytes.length >> 8]);
  return Buffer.concat([head, bytes, Buffer.alloc(16)]);
}

function splitAfter(text: string, end: string): [string, string] {
  const at = text.indexOf(end) + end.length;
  return [text.slice(0, at), text.slice(at)];
}

/** A socket is there some time before anybody listens on it: null, if so. */
const connected = (path: string): Promise<Socket | null> =>
  new Promise((resolve) => {
    const socket = createConnection(path, () => resolve(socket));
    socket.on('error', () => resolve(null));
    socket.resume();
  });

function ptyPath(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (line: string): void => {
      said += line;
      const path = /\/dev\/pts\/\d+/.exec(line)?.[0];
      if (path !== undefined) resolve(path);
    };
    for (const stream of [child.stdout, child.stderr]) if (stream !== null) createInterface(stream).on('line', read);
    child.once('exit', () => reject(new Error(`QEMU ended: ${said}`)));
  });
}
