/*
 * IN_FLASH puts a constant, and what a pointer points to, in program memory (ISO/IEC TR 18037, named address spaces). A
 * chip with a Harvard architecture would otherwise copy every constant to RAM at its start; elsewhere it is empty.
 */
#ifndef PADDLEWIRE_FLASH_H
#define PADDLEWIRE_FLASH_H

#ifdef __FLASH
#define IN_FLASH __flash
#else
#define IN_FLASH
#endif

#endif
