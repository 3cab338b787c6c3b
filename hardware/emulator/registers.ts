/** The ATmega328P's registers that the emulator touches: data-space addresses and bits, named as in the datasheet. */

/** Crystal of an Arduino Uno, in Hz; one emulated cycle is 62.5 ns. */
export const F_CPU = 16_000_000;

export const FLASH_BYTES = 0x8000;
export const FLASH_WORDS = FLASH_BYTES / 2;
/** Page of flash in words, the unit of self-programming (datasheet, table 27-9). */
export const PAGE_WORDS = 64;
export const SRAM_BYTES = 2048;
export const EEPROM_BYTES = 1024;
export const RAM_END = 0x8ff;
export const IO_START = 0x20;
export const IO_END = 0x100;

/** First word of the 512-byte boot section that the Uno's fuses select (BOOTSZ = 11, table 26-7). */
export const BOOT_WORD = 0x3f00;
/** First word of flash that cannot be read while it is written (section 26.3). */
export const NRWW_WORD = 0x3800;

export const REG = {
  SMCR: 0x53,
  MCUSR: 0x54,
  SPMCSR: 0x57,
  WDTCSR: 0x60,
  PCICR: 0x68,
  PCMSK: [0x6b, 0x6c, 0x6d],
  SREG: 0x5f,
  UCSR0A: 0xc0,
  UCSR0B: 0xc1,
  UBRR0L: 0xc4,
  UBRR0H: 0xc5,
  UDR0: 0xc6,
} as const;

/** Reset flags (section 10.9.1). */
export const MCUSR = { PORF: 0x01, EXTRF: 0x02, WDRF: 0x08 } as const;
/** Sleep control (section 9.11.1). */
export const SMCR = { SE: 0x01, SM: 0x0e } as const;
/** Watchdog control (section 10.9.2). */
export const WDTCSR = { WDE: 0x08 } as const;
/** Self-programming control (section 26.3.1). */
export const SPMCSR = { RWWSB: 0x40, RWWSRE: 0x10, BLBSET: 0x08, PGWRT: 0x04, PGERS: 0x02, SPMEN: 0x01 } as const;
/** USART control and status A and B (section 19.10). */
export const UCSRA = {
  RXC: 0x80,
  TXC: 0x40,
  UDRE: 0x20,
  FE: 0x10,
  DOR: 0x08,
  UPE: 0x04,
  U2X: 0x02,
  MPCM: 0x01,
} as const;
export const UCSRB = { RXEN: 0x10, TXEN: 0x08, RXB8: 0x02 } as const;
/** Global interrupt enable of SREG. */
export const SREG_I = 0x80;

/** Opcodes that avr8js executes as no-ops, or after which the chip holds interrupts back for one instruction. */
export const OPCODE = { SEI: 0x9478, RETI: 0x9518, SLEEP: 0x9588, SPM: 0x95e8 } as const;
