/**
 * avr8js defect 7: its reset sets the program counter only. Here registers, ports, timers and peripherals get their
 * initial values, MCUSR tells the cause, and a watchdog reset leaves the watchdog running (sections 10.3 to 10.9).
 * SRAM and the register file keep their content, as on the chip.
 */
import type { Chip } from '../chip.ts';
import { BOOT_WORD, IO_END, IO_START, MCUSR, RAM_END, REG, WDTCSR } from '../registers.ts';

export type ResetCause = 'power' | 'external' | 'watchdog';

const FLAG: Record<ResetCause, number> = { power: MCUSR.PORF, external: MCUSR.EXTRF, watchdog: MCUSR.WDRF };
/** What SRAM and registers hold after power came: on the chip anything, here something no program may take for zero. */
const POWER_UP_FILL = 0xa5;

/** @param bootloader whether the fuse BOOTRST sends the chip to the boot section */
export function resetChip(chip: Chip, cause: ResetCause, bootloader: boolean): void {
  const { cpu } = chip;
  const flags = cause === 'power' ? 0 : cpu.data[REG.MCUSR]!;
  if (cause === 'power') {
    cpu.data.fill(POWER_UP_FILL, 0, IO_START);
    cpu.data.fill(POWER_UP_FILL, IO_END, RAM_END + 1);
  }
  resetPorts(chip);
  cpu.data.fill(0, IO_START, IO_END);
  cpu.resetCore();
  resetTimers(chip);
  resetPeripherals(chip);
  for (const port of chip.ports) port['updatePinRegister'](0);
  cpu.data[REG.MCUSR] = flags | FLAG[cause];
  resetWatchdog(chip, cause);
  cpu.pc = bootloader ? BOOT_WORD : 0;
}

/** While WDRF is set the watchdog cannot be switched off (section 10.9.2): a reset by it goes on at 16 ms. */
export function keepWatchdogAfterItsReset({ cpu }: Chip): void {
  const write = cpu.writeHooks[REG.WDTCSR];
  cpu.writeHooks[REG.WDTCSR] = (value, old, address, mask) => {
    const forced = cpu.data[REG.MCUSR]! & MCUSR.WDRF ? WDTCSR.WDE : 0;
    return write?.(value | forced, old, address, mask);
  };
}

function resetPorts({ cpu, ports }: Chip): void {
  for (const port of ports) {
    const { PORT, DDR } = port['portConfig'];
    port['overrideMask'] = 0xff;
    port['overrideValue'] = 0;
    // Through the hooks, so that whoever listens to a pin sees it let go.
    cpu.writeData(PORT, 0);
    cpu.writeData(DDR, 0);
  }
}

function resetTimers({ timers }: Chip): void {
  for (const timer of timers) {
    timer.reset();
    // avr8js leaves these two so that a phase-correct timer would count below zero.
    timer['countingUp'] = true;
    timer['updateDivider'] = false;
    timer['updateWGMConfig']();
  }
}

function resetPeripherals({ usart, adc, eeprom }: Chip): void {
  usart.reset();
  adc['converting'] = false;
  adc['conversionCycles'] = 25;
  eeprom['writeEnabledCycles'] = 0;
  eeprom['writeCompleteCycles'] = 0;
}

function resetWatchdog({ cpu, watchdog }: Chip, cause: ResetCause): void {
  watchdog['changeEnabledCycles'] = 0;
  watchdog['scheduled'] = false;
  watchdog['enabledValue'] = cause === 'watchdog';
  if (cause !== 'watchdog') return;
  cpu.data[REG.WDTCSR] = WDTCSR.WDE;
  watchdog['resetWatchdog']();
  cpu.addClockEvent(watchdog['checkWatchdog'], watchdog['watchdogTimeout'] - cpu.cycles);
}
