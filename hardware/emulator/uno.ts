/** An Arduino Uno in virtual time: pure and synchronous, no clock, no I/O. What it does depends on its inputs only. */
import { Core } from './core.ts';
import { createChip, type Chip } from './chip.ts';
import { parseIntelHex } from '../../shared/firmware/intel-hex.ts';
import { keepWatchdogAfterItsReset, resetChip, type ResetCause } from './mends/full-reset.ts';
import { makeTimersLazy } from './mends/lazy-timers.ts';
import { mendPinChange } from './mends/pin-change.ts';
import { SelfProgramming } from './mends/self-programming.ts';
import { mendUsartControl } from './mends/usart-control.ts';
import { UsartReceiver } from './mends/usart-receiver.ts';
import { UsartTransmitter, type ByteListener } from './mends/usart-transmitter.ts';
import { Pins, type PinListener } from './pins.ts';
import { BOOT_WORD, EEPROM_BYTES, FLASH_BYTES, F_CPU, REG, UCSRB } from './registers.ts';
import { StimulusQueue, type Stimulus } from './stimulus-queue.ts';

export { F_CPU } from './registers.ts';
export type { ByteListener, PinListener, ResetCause, Stimulus };

export interface UnoOptions {
  /** The EEPROM to use, 1024 bytes, written in place; erased (0xff) when left out. */
  readonly eeprom?: Uint8Array;
  /** False lets avr8js call each timer at each tick; only to show that the results are the same. */
  readonly lazyTimers?: boolean;
}

/** What happened to a board since it was made. */
export interface UnoCounters {
  readonly instructions: number;
  /** Cycles spent asleep. */
  readonly cyclesAsleep: number;
  /** Times the program asked for a sleep deeper than idle; emulated as idle, so timers and USART go on. */
  readonly deepSleeps: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Received bytes lost because the program did not read in time (DOR). */
  readonly overruns: number;
  /** Bytes that came while the receiver was off. */
  readonly unheard: number;
  /** Bytes that came at another rate than the board's, and arrived as something else. */
  readonly garbled: number;
  readonly resets: number;
  readonly watchdogResets: number;
  readonly pagesWritten: number;
}

export class EmulatedUno {
  /** 1024 bytes that last over every reset. */
  readonly eeprom: Uint8Array;

  readonly #chip: Chip;
  readonly #world = new StimulusQueue();
  readonly #pins: Pins;
  readonly #receiver: UsartReceiver;
  readonly #transmitter: UsartTransmitter;
  readonly #spm: SelfProgramming;
  readonly #core: Core;
  readonly #byteListeners: ByteListener[] = [];
  #bootloader = false;
  #bytesOut = 0;
  #resets = 0;
  #watchdogResets = 0;

  constructor({ eeprom, lazyTimers = true }: UnoOptions = {}) {
    this.eeprom = eeprom ?? new Uint8Array(EEPROM_BYTES).fill(0xff);
    this.#chip = createChip(this.eeprom);
    const { cpu, ports, timers, usart } = this.#chip;
    this.#pins = new Pins(cpu, ports);
    this.#receiver = new UsartReceiver(cpu, usart, this.#world);
    this.#transmitter = new UsartTransmitter(cpu, usart, (byte, cycle, baud) => this.#sent(byte, cycle, baud));
    mendUsartControl(cpu, usart, this.#receiver);
    mendPinChange(cpu, ports);
    keepWatchdogAfterItsReset(this.#chip);
    if (lazyTimers) makeTimersLazy(cpu, timers);
    this.#spm = new SelfProgramming(cpu);
    this.#core = new Core(cpu, this.#world, this.#spm);
    cpu.onReset = () => {
      this.#watchdogResets++;
      this.reset('watchdog');
    };
    resetChip(this.#chip, 'power', false);
  }

  /**
   * Writes firmware into flash as a programmer would, and switches the board on. Flash is erased first, but for the boot
   * section if a boot loader was put there; a boot loader leaves the program where it is.
   * @param hexText Intel HEX
   * @param opts.bootloader it is a boot loader: every reset then begins in the boot section
   * @throws Error if the text is not Intel HEX for 32 KB of flash
   */
  load(hexText: string, { bootloader = false }: { bootloader?: boolean } = {}): void {
    const blocks = parseIntelHex(hexText, FLASH_BYTES);
    const { flash } = this.#chip;
    if (bootloader) this.#bootloader = true;
    else flash.fill(0xffff, 0, this.#bootloader ? BOOT_WORD : flash.length);
    const bytes = new Uint8Array(flash.buffer);
    for (const block of blocks) bytes.set(block.bytes, block.address);
    this.reset('power');
  }

  /** Resets the chip. EEPROM, flash, what the world puts on the pins and bytes on the line stay. */
  reset(cause: ResetCause): void {
    this.#resets++;
    resetChip(this.#chip, cause, this.#bootloader);
    this.#core.reset();
    this.#transmitter.reset();
    this.#receiver.flush();
    this.#spm.reset();
  }

  /** Runs until the cycle counter has reached `untilCycle`; the last instruction may end a few cycles later. */
  run(untilCycle: number): void {
    this.#core.run(untilCycle);
  }

  /** CPU cycles since the board was made; resets do not turn it back. */
  get cycle(): number {
    return this.#chip.cpu.cycles;
  }

  /** Calls `fn` when `cycle` is reached, between two instructions; survives resets. Equal cycles keep their order. */
  schedule(cycle: number, fn: Stimulus): void {
    this.#world.add(cycle, fn);
  }

  /**
   * Puts bytes on the line to the board. They arrive one per 10 bit times.
   * @param baud the sender's rate: over 4 % off the board's, they arrive as garbage. Left out: the board's own
   */
  write(bytes: Uint8Array, baud?: number): void {
    this.#receiver.feed(bytes, baud ?? null);
  }

  /** The rate of the board's serial port in baud; 0 while it is off. */
  get baud(): number {
    const { cpu, usart } = this.#chip;
    const on = cpu.data[REG.UCSR0B]! & (UCSRB.RXEN | UCSRB.TXEN);
    return on === 0 ? 0 : Math.round((10 * F_CPU) / usart['cyclesPerChar']);
  }

  /** A copy of what the flash holds, 32 KB. */
  get flash(): Uint8Array {
    return new Uint8Array(this.#chip.flash.buffer.slice(0));
  }

  /** Bytes written but not arrived yet. */
  get pendingBytes(): number {
    return this.#receiver.pending;
  }

  /** Forgets the bytes that are still on the line to the board: its plug was pulled. */
  cutLine(): void {
    this.#receiver.cut();
  }

  /** Calls `fn` for each byte the board sends, when its stop bit is over. @returns a function that ends it */
  onTx(fn: ByteListener): () => void {
    this.#byteListeners.push(fn);
    return () => void this.#byteListeners.splice(this.#byteListeners.indexOf(fn) >>> 0, 1);
  }

  /** Puts a level on a pin: D0 to D13, A0 to A5 as 14 to 19. All begin high, as if pulled up. */
  setPin(arduinoPin: number, level: boolean): void {
    this.#pins.set(arduinoPin, level);
  }

  /** The level a meter would show on the pin. */
  pin(arduinoPin: number): boolean {
    return this.#pins.get(arduinoPin);
  }

  /** Whether the board drives the pin. */
  isOutput(arduinoPin: number): boolean {
    return this.#pins.isOutput(arduinoPin);
  }

  /** Calls `fn` when the level of a pin changes, whoever changes it. @returns a function that ends it */
  onPin(arduinoPin: number, fn: PinListener): () => void {
    return this.#pins.listen(arduinoPin, fn);
  }

  /** Sets the voltage at an analog input. @param channel 0 to 7 @param volts 0 to 5 */
  setAnalog(channel: number, volts: number): void {
    const { channelValues } = this.#chip.adc;
    if (!Number.isInteger(channel) || channel < 0 || channel >= channelValues.length) {
      throw new RangeError(`an Uno has no analog input ${channel}`);
    }
    channelValues[channel] = volts;
  }

  /** Whether the chip sleeps. */
  get asleep(): boolean {
    return this.#core.asleep;
  }

  get counters(): UnoCounters {
    const { instructions, cyclesAsleep, deepSleeps } = this.#core;
    const { received: bytesIn, overruns, unheard, garbled } = this.#receiver;
    return {
      instructions,
      cyclesAsleep,
      deepSleeps,
      bytesIn,
      bytesOut: this.#bytesOut,
      overruns,
      unheard,
      garbled,
      resets: this.#resets,
      watchdogResets: this.#watchdogResets,
      pagesWritten: this.#spm.pagesWritten,
    };
  }

  #sent(byte: number, cycle: number, baud: number): void {
    this.#bytesOut++;
    for (const fn of this.#byteListeners) fn(byte, cycle, baud);
  }
}
