/**
 * avr8js defect 8: a running timer asks to be called at each of its ticks. Here it is called only when its counter
 * reaches something: a compare value, its top or its bottom. Between them TCNT is caught up when it is read.
 */
import { timer0Config, timer1Config, timer2Config } from 'avr8js';
import type { AVRTimer } from 'avr8js';
import type { MendedCpu } from '../cpu.ts';

const CONFIGS = [timer0Config, timer1Config, timer2Config];
/** avr8js's TimerMode: both phase-correct PWM modes count up and down. */
const PHASE_CORRECT = 1;
const PHASE_AND_FREQUENCY_CORRECT = 4;

/** @param timers the chip's timers 0, 1 and 2 */
export function makeTimersLazy(cpu: MendedCpu, timers: readonly AVRTimer[]): void {
  for (const [index, timer] of timers.entries()) {
    const config = CONFIGS[index];
    if (!config) throw new RangeError('an ATmega328P has three timers');
    countByMarks(cpu, timer);
    cpu.stretchEvents(timer.count, (cycles) =>
      // A new prescaler or a written TCNT takes effect at the next instruction, whatever the counter is at.
      timer['updateDivider'] || timer['tcntUpdated'] ? cycles : cycles + (ticksAhead(timer) - 1) * timer['divider'],
    );
    for (const register of [config.TCNT, config.TCCRB]) catchUpBeforeWrite(cpu, timer, register);
    for (const register of [config.OCRA, config.OCRB, config.TCCRA, config.ICR]) {
      if (register !== 0) replanAfterWrite(cpu, timer, register);
    }
  }
}

/**
 * avr8js tells a wrap by the counter being lower than before, which fails when it went once around. So the ticks before
 * the next mark, at which nothing happens, are added here, and only the rest is left to avr8js.
 */
function countByMarks(cpu: MendedCpu, timer: AVRTimer): void {
  const { count } = timer;
  timer.count = (reschedule, external) => {
    const divider = timer['divider'];
    if (divider !== 0 && !timer['tcntUpdated'] && !isPhaseCorrect(timer)) {
      const idle = Math.min(ticksAhead(timer) - 1, Math.floor((cpu.cycles - timer['lastCycle']) / divider));
      timer['tcnt'] += idle;
      timer['lastCycle'] += idle * divider;
    }
    count(reschedule, external);
  };
}

/** These writes make avr8js itself call the timer at once; it must not then count old ticks by new rules. */
function catchUpBeforeWrite(cpu: MendedCpu, timer: AVRTimer, register: number): void {
  const write = cpu.writeHooks[register];
  cpu.writeHooks[register] = (value, old, address, mask) => {
    if (timer['divider'] !== 0) timer.count(false);
    return write?.(value, old, address, mask);
  };
}

/** These writes move what the counter will reach next. */
function replanAfterWrite(cpu: MendedCpu, timer: AVRTimer, register: number): void {
  catchUpBeforeWrite(cpu, timer, register);
  const write = cpu.writeHooks[register];
  cpu.writeHooks[register] = (value, old, address, mask) => {
    const handled = write?.(value, old, address, mask);
    const divider = timer['divider'];
    if (divider !== 0) cpu.updateClockEvent(timer.count, timer['lastCycle'] + divider - cpu.cycles);
    return handled;
  };
}

/** Ticks until the counter reaches something, at least 1. */
function ticksAhead(timer: AVRTimer): number {
  const value = timer.debugTCNT;
  const top = timer.TOP;
  if (!isPhaseCorrect(timer)) {
    return value >= top ? 1 : firstAbove(timer, value, top + 1) - value;
  }
  if (timer['countingUp']) return value >= top ? 1 : firstAbove(timer, value, top) - value;
  return value <= 0 ? 1 : value - firstBelow(timer, value);
}

function isPhaseCorrect(timer: AVRTimer): boolean {
  const mode: number = timer['timerMode'];
  return mode === PHASE_CORRECT || mode === PHASE_AND_FREQUENCY_CORRECT;
}

function firstAbove(timer: AVRTimer, value: number, limit: number): number {
  let first = limit;
  for (const compare of [timer['ocrA'], timer['ocrB']]) {
    if (compare > value && compare < first) first = compare;
  }
  return first;
}

function firstBelow(timer: AVRTimer, value: number): number {
  let first = 0;
  for (const compare of [timer['ocrA'], timer['ocrB']]) {
    if (compare < value && compare > first) first = compare;
  }
  return first;
}
