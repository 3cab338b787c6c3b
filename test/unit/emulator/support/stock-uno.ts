/** avr8js as it comes, without our mends: tests run the same firmware on it to show the defect each mend is for. */
import {
  AVRClock,
  AVRIOPort,
  AVRTimer,
  AVRUSART,
  AVRWatchdog,
  CPU,
  avrInstruction,
  clockConfig,
  portBConfig,
  portDConfig,
  timer0Config,
  timer1Config,
  timer2Config,
  usart0Config,
  watchdogConfig,
} from 'avr8js';
import { parseIntelHex } from '../../../../shared/firmware/intel-hex.ts';

const F_CPU = 16_000_000;

export class StockUno {
  readonly cpu: CPU;
  readonly portB: AVRIOPort;
  readonly portD: AVRIOPort;
  readonly sent: { byte: number; cycle: number }[] = [];
  instructions = 0;
  readonly #usart: AVRUSART;
  readonly #line: number[] = [];

  constructor(hex: string) {
    const flash = new Uint16Array(0x4000).fill(0xffff);
    for (const { address, bytes } of parseIntelHex(hex, 0x8000)) new Uint8Array(flash.buffer).set(bytes, address);
    this.cpu = new CPU(flash, 2048);
    this.portB = new AVRIOPort(this.cpu, portBConfig);
    this.portD = new AVRIOPort(this.cpu, portDConfig);
    for (const config of [timer0Config, timer1Config, timer2Config]) void new AVRTimer(this.cpu, config);
    void new AVRWatchdog(this.cpu, watchdogConfig, new AVRClock(this.cpu, F_CPU, clockConfig));
    this.#usart = new AVRUSART(this.cpu, usart0Config, F_CPU);
    this.#usart.onByteTransmit = (byte) => this.sent.push({ byte, cycle: this.cpu.cycles });
  }

  get bytes(): number[] {
    return this.sent.map(({ byte }) => byte);
  }

  /** Bytes one after the other, as fast as avr8js's receiver takes them. */
  write(bytes: Iterable<number>): void {
    this.#line.push(...bytes);
  }

  run(untilCycle: number): void {
    while (this.cpu.cycles < untilCycle) {
      const next = this.#line[0];
      if (next !== undefined && this.#usart.writeByte(next)) this.#line.shift();
      avrInstruction(this.cpu);
      this.cpu.tick();
      this.instructions++;
    }
  }
}
