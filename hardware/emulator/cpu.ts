/** avr8js's CPU with its event queue safe against a reset from within an event, and the interrupt timing of the datasheet. */
import { CPU, avrInterrupt } from 'avr8js';

type ClockCallback = () => void;
/** Turns the delay avr8js asks for into the delay that is enough, both in cycles. */
export type Stretch = (cycles: number) => number;

/** avr8js counts 2 cycles for entering an interrupt; the chip takes 4, and 4 more out of sleep (section 6.7.1). */
const EXTRA_RESPONSE_CYCLES = 2;
const WAKE_CYCLES = 4;

export class MendedCpu extends CPU {
  /** Takes the place of avr8js's reset, which forgets all of the chip but the program counter. */
  onReset: (() => void) | undefined;
  readonly #stretches = new Map<ClockCallback, Stretch>();

  override reset(): void {
    // avr8js resets in its constructor, when `onReset` cannot be there yet.
    if (this.onReset) this.onReset();
    else super.reset();
  }

  /** Empties stack pointer, program counter, pending interrupts and events: what avr8js calls a reset. */
  resetCore(): void {
    super.reset();
  }

  /** From now on, every request to be called back by `callback` waits as long as `stretch` says. */
  stretchEvents(callback: ClockCallback, stretch: Stretch): void {
    this.#stretches.set(callback, stretch);
  }

  override addClockEvent(callback: ClockCallback, cycles: number): ClockCallback {
    const stretch = this.#stretches.get(callback);
    return super.addClockEvent(callback, stretch === undefined ? cycles : stretch(cycles));
  }

  /** Cycle of the next event inside the chip, Infinity when there is none. */
  get nextEventCycle(): number {
    return this['nextClockEvent']?.cycles ?? Infinity;
  }

  /**
   * Runs every event that is due. avr8js runs one an instruction, and unlinks it only after its callback, so that a
   * reset inside a callback brings old events back.
   */
  fireDueEvents(): void {
    for (let event = this['nextClockEvent']; event && event.cycles <= this.cycles; event = this['nextClockEvent']) {
      this['nextClockEvent'] = event.next;
      event.callback();
    }
  }

  /** Enters the most urgent pending interrupt. To be called only if there is one and interrupts are enabled. */
  enterInterrupt(wasAsleep: boolean): void {
    const interrupt = this['pendingInterrupts'][this.nextInterrupt];
    if (!interrupt) throw new Error('no interrupt is pending');
    this.cycles += wasAsleep ? EXTRA_RESPONSE_CYCLES + WAKE_CYCLES : EXTRA_RESPONSE_CYCLES;
    avrInterrupt(this, interrupt.address);
    if (!interrupt.constant) this.clearInterrupt(interrupt);
  }
}
