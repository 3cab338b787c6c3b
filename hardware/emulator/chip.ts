/** The parts of an ATmega328P as avr8js has them, put together but not yet mended. */
import {
  AVRADC,
  AVRClock,
  AVREEPROM,
  AVRIOPort,
  AVRTWI,
  AVRTimer,
  AVRUSART,
  AVRWatchdog,
  adcConfig,
  clockConfig,
  portBConfig,
  portCConfig,
  portDConfig,
  timer0Config,
  timer1Config,
  timer2Config,
  twiConfig,
  usart0Config,
  watchdogConfig,
} from 'avr8js';
import { MendedCpu } from './cpu.ts';
import { EEPROM_BYTES, FLASH_WORDS, F_CPU, SRAM_BYTES } from './registers.ts';

export interface Chip {
  readonly cpu: MendedCpu;
  readonly flash: Uint16Array;
  /** Ports D, B, C: in the order of the Arduino's pin numbers. */
  readonly ports: readonly [AVRIOPort, AVRIOPort, AVRIOPort];
  readonly timers: readonly AVRTimer[];
  readonly usart: AVRUSART;
  readonly adc: AVRADC;
  readonly eeprom: AVREEPROM;
  readonly watchdog: AVRWatchdog;
}

/** @param eepromBytes the EEPROM's 1024 bytes, read and written in place */
export function createChip(eepromBytes: Uint8Array): Chip {
  const flash = new Uint16Array(FLASH_WORDS).fill(0xffff);
  const cpu = new MendedCpu(flash, SRAM_BYTES);
  // Nothing hangs on the I2C bus, but a sketch that looks there must get its NACK instead of waiting for ever.
  void new AVRTWI(cpu, twiConfig, F_CPU);
  return {
    cpu,
    flash,
    ports: [new AVRIOPort(cpu, portDConfig), new AVRIOPort(cpu, portBConfig), new AVRIOPort(cpu, portCConfig)],
    timers: [timer0Config, timer1Config, timer2Config].map((config) => new AVRTimer(cpu, config)),
    usart: new AVRUSART(cpu, usart0Config, F_CPU),
    adc: new AVRADC(cpu, adcConfig),
    eeprom: new AVREEPROM(cpu, eepromBackend(eepromBytes)),
    watchdog: new AVRWatchdog(cpu, watchdogConfig, new AVRClock(cpu, F_CPU, clockConfig)),
  };
}

function eepromBackend(memory: Uint8Array) {
  if (memory.length !== EEPROM_BYTES)
    throw new RangeError(`the EEPROM has ${EEPROM_BYTES} bytes, not ${memory.length}`);
  const last = EEPROM_BYTES - 1;
  return {
    readMemory: (address: number) => memory[address & last] ?? 0xff,
    // Programming only clears bits (section 7.6.3).
    writeMemory: (address: number, value: number) => void (memory[address & last]! &= value),
    eraseMemory: (address: number) => void (memory[address & last] = 0xff),
  };
}
