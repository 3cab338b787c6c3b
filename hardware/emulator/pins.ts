/** The pins of an Arduino Uno by its own numbers: what the world puts on them, what can be measured, who listens. */
import type { AVRIOPort } from 'avr8js';
import type { MendedCpu } from './cpu.ts';

/** @param cycle when the level changed */
export type PinListener = (level: boolean, cycle: number) => void;

/** D0 to D13, then A0 to A5 as 14 to 19. */
export const PIN_COUNT = 20;
/** First Arduino pin of ports D, B and C. */
const FIRST_PIN = [0, 8, 14];

interface PortPins {
  readonly port: AVRIOPort;
  readonly first: number;
  /** Levels the world puts on the pins; they count where the chip does not drive. */
  external: number;
  /** Levels last seen, driven or not. */
  observed: number;
}

export class Pins {
  readonly #cpu: MendedCpu;
  readonly #ports: PortPins[];
  readonly #listeners: PinListener[][] = Array.from({ length: PIN_COUNT }, () => []);

  /** @param ports D, B and C. All pins begin pulled up: avr8js models no pull-ups, and its inputs read low. */
  constructor(cpu: MendedCpu, ports: readonly AVRIOPort[]) {
    this.#cpu = cpu;
    this.#ports = ports.map((port, index) => ({ port, first: FIRST_PIN[index] ?? 0, external: 0xff, observed: 0xff }));
    for (const pins of this.#ports) {
      for (let bit = 0; bit < 8; bit++) pins.port.setPin(bit, true);
      pins.port.addListener((output) => this.#notice(pins, output));
    }
  }

  /** Puts a level on a pin, as a button to ground or a wire would. */
  set(pin: number, level: boolean): void {
    const [pins, bit] = this.#find(pin);
    pins.external = level ? pins.external | (1 << bit) : pins.external & ~(1 << bit);
    pins.port.setPin(bit, level);
    this.#notice(pins, pins.port['lastValue']);
  }

  /** The level a meter would show: the chip's own where it drives, else the world's. */
  get(pin: number): boolean {
    const [pins, bit] = this.#find(pin);
    return (pins.observed & (1 << bit)) !== 0;
  }

  /** Whether the chip drives the pin (it is an output). */
  isOutput(pin: number): boolean {
    const [pins, bit] = this.#find(pin);
    return (this.#direction(pins) & (1 << bit)) !== 0;
  }

  /** @returns a function that ends the listening */
  listen(pin: number, fn: PinListener): () => void {
    this.#find(pin);
    const listeners = this.#listeners[pin]!;
    listeners.push(fn);
    return () => void listeners.splice(listeners.indexOf(fn) >>> 0, 1);
  }

  #find(pin: number): [PortPins, number] {
    const pins = this.#ports[pin < 8 ? 0 : pin < 14 ? 1 : 2];
    if (!pins || !Number.isInteger(pin) || pin < 0 || pin >= PIN_COUNT)
      throw new RangeError(`an Uno has no pin ${pin}`);
    return [pins, pin - pins.first];
  }

  #direction({ port }: PortPins): number {
    return this.#cpu.data[port['portConfig'].DDR]!;
  }

  #notice(pins: PortPins, output: number): void {
    const direction = this.#direction(pins);
    const level = (output & direction) | (pins.external & ~direction);
    let changed = (level ^ pins.observed) & 0xff;
    pins.observed = level & 0xff;
    for (let bit = 0; changed !== 0; bit++, changed >>= 1) {
      if ((changed & 1) === 0) continue;
      for (const fn of this.#listeners[pins.first + bit] ?? []) fn((level & (1 << bit)) !== 0, this.#cpu.cycles);
    }
  }
}
