/** The handle of one board in the rig: what hands, eyes and ears do to a real one, and its cable. */
import { closeSync, lstatSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Noise } from './line-noise.ts';
import type { BoardCommand, BoardStats, Bounce, PinChange, PinState, PressRecord } from './protocol.ts';
import { openPty, type Pty } from './pty.ts';

/** Gives a command to the worker; T is what a command of that kind is answered with. */
type Send = <T>(command: BoardCommand) => Promise<T>;

export class RigBoard {
  readonly name: string;
  readonly #send: Send;
  readonly #listeners = new Set<(change: PinChange) => void>();
  #path: string;
  #linked = false;
  #master: number | null = null;

  /** For RealTimeRig, which makes boards by its `add`. */
  constructor(name: string, linkPath: string, send: Send) {
    this.name = name;
    this.#path = linkPath;
    this.#send = send;
  }

  /** Where the port is found while the board is plugged in: a symbolic link. */
  get path(): string {
    return this.#path;
  }

  /**
   * Presses a button between `arduinoPin` and ground, at once.
   * @param bounce how the contact bounces; it does not when left out
   * @returns when it was applied
   */
  press(arduinoPin: number, bounce: Bounce | null = null): Promise<PressRecord> {
    return this.#send({ do: 'pin', pin: arduinoPin, level: false, bounce });
  }

  /** Lets go of the button. */
  release(arduinoPin: number, bounce: Bounce | null = null): Promise<PressRecord> {
    return this.#send({ do: 'pin', pin: arduinoPin, level: true, bounce });
  }

  /** Turns the potentiometer at an analog input. @param volts 0 to 5 */
  setAnalog(channel: number, volts: number): Promise<void> {
    return this.#send({ do: 'analog', channel, volts });
  }

  /** What can be seen and heard now. */
  pins(): Promise<PinState> {
    return this.#send({ do: 'pins' });
  }

  /** Calls `fn` when light or tone change, at most once a turn of the rig. @returns a function that ends it */
  onPinChange(fn: (change: PinChange) => void): () => void {
    this.#listeners.add(fn);
    return () => void this.#listeners.delete(fn);
  }

  /** Pulls the cable: whoever has the port open is hung up, the path is gone, the board has no power. Repeat-safe. */
  async unplug(): Promise<void> {
    this.#unlink();
    this.#master = null;
    await this.#send({ do: 'unplug' });
  }

  /** Plugs the cable in again: another port, the same path unless one is given; the board starts from power-on. */
  async plug({ linkPath = this.#path }: { linkPath?: string } = {}): Promise<void> {
    await this.unplug();
    this.#path = linkPath;
    const pty = await openPty();
    await this.connect(pty, { do: 'plug', master: pty.master });
  }

  /** Stops the board where it is, as a hung program would; its port stays open, what comes is lost. */
  freeze(): Promise<void> {
    return this.#send({ do: 'freeze' });
  }

  /** Lets a frozen board go on. */
  thaw(): Promise<void> {
    return this.#send({ do: 'thaw' });
  }

  /** Presses the reset button of the board. */
  reset(): Promise<void> {
    return this.#send({ do: 'reset' });
  }

  /** Spoils bytes on the line from now on. @param noise null for a clean line */
  corrupt(noise: Noise | null): Promise<void> {
    return this.#send({ do: 'corrupt', noise });
  }

  /** A copy of the EEPROM, 1024 bytes. */
  eeprom(): Promise<Uint8Array> {
    return this.#send({ do: 'eeprom' });
  }

  stats(): Promise<BoardStats> {
    return this.#send({ do: 'stats' });
  }

  /** For RealTimeRig: file descriptor of this end of the cable, null while unplugged. The worker reads and closes it. */
  get master(): number | null {
    return this.#master;
  }

  /** For RealTimeRig: links the path to the device and hands its master end to the worker. */
  async connect(pty: Pty, command: BoardCommand): Promise<void> {
    try {
      this.#link(pty.path);
    } catch (error) {
      closeSync(pty.master);
      throw error;
    }
    try {
      await this.#send(command);
      this.#master = pty.master;
    } catch (error) {
      this.#unlink();
      throw error;
    }
  }

  /** For RealTimeRig: passes a change on. */
  changed(change: PinChange): void {
    for (const fn of this.#listeners) fn(change);
  }

  /** For RealTimeRig: the rig is gone, and the ports with it. */
  forget(): void {
    this.#unlink();
    this.#master = null;
    this.#listeners.clear();
  }

  /** Replaces the link in one step, so that it is never half there. */
  #link(devicePath: string): void {
    const existing = lstatSync(this.#path, { throwIfNoEntry: false });
    if (existing && !existing.isSymbolicLink()) throw new Error(`${this.#path} is in the way`);
    mkdirSync(dirname(this.#path), { recursive: true });
    // Hidden, so that nobody who watches for ports takes it for one.
    const temporary = join(dirname(this.#path), `.${basename(this.#path)}.new`);
    rmSync(temporary, { force: true });
    symlinkSync(devicePath, temporary);
    renameSync(temporary, this.#path);
    this.#linked = true;
  }

  #unlink(): void {
    if (this.#linked) rmSync(this.#path, { force: true });
    this.#linked = false;
  }
}
