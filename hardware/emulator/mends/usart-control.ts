/**
 * avr8js defects 1 and 3: writing UCSRB while receiving dropped the waiting byte, and writing UCSRA cleared the status
 * flags. On the chip all flags but TXC are read-only, and only switching the receiver off empties it (section 19.10).
 */
import type { AVRUSART } from 'avr8js';
import type { MendedCpu } from '../cpu.ts';
import { REG, UCSRA, UCSRB } from '../registers.ts';
import type { UsartReceiver } from './usart-receiver.ts';

const READ_ONLY = UCSRA.RXC | UCSRA.UDRE | UCSRA.FE | UCSRA.DOR | UCSRA.UPE;

export function mendUsartControl(cpu: MendedCpu, usart: AVRUSART, receiver: UsartReceiver): void {
  cpu.writeHooks[REG.UCSR0A] = (value, old) => {
    cpu.data[REG.UCSR0A] = (old & (READ_ONLY | UCSRA.TXC)) | (value & (UCSRA.U2X | UCSRA.MPCM));
    if (value & UCSRA.TXC) cpu.clearInterrupt(usart['TXC']);
    return true;
  };
  cpu.writeHooks[REG.UCSR0B] = (value, old) => {
    cpu.data[REG.UCSR0B] = (value & ~UCSRB.RXB8) | (old & UCSRB.RXB8);
    if (old & ~value & UCSRB.RXEN) receiver.flush();
    for (const interrupt of [usart['RXC'], usart['UDRE'], usart['TXC']]) cpu.updateInterruptEnable(interrupt, value);
    return true;
  };
}
