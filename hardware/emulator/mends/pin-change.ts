/**
 * A ninth defect of avr8js: the enable register of the pin change interrupts (PCICR) has no effect on a change that is
 * already flagged, and a write to a mask register (PCMSK) is taken for one. On the chip the flag waits for its enable
 * bit, and the masks only choose pins (section 12.2).
 */
import type { AVRIOPort } from 'avr8js';
import type { MendedCpu } from '../cpu.ts';
import { REG } from '../registers.ts';

export function mendPinChange(cpu: MendedCpu, ports: readonly AVRIOPort[]): void {
  cpu.writeHooks[REG.PCICR] = (value) => {
    for (const port of ports) {
      const interrupt = port['PCINT'];
      if (interrupt) cpu.updateInterruptEnable(interrupt, value);
    }
  };
  for (const mask of REG.PCMSK) {
    cpu.writeHooks[mask] = (value) => {
      cpu.data[mask] = value;
      return true;
    };
  }
}
