/*
 * IN_FLASH puts a constant, and what a pointer points to, in program memory. A chip with a Harvard architecture would
 * otherwise copy every constant to RAM at its start; elsewhere the word is empty. ISO/IEC TR 18037, named address spaces.
 */
#ifndef PADDLEWIRE_FLASH_H
#define PADDLEWIRE_FLASH_H

#ifdef __FLASH
#define IN_FLASH __flash
#else
#define IN_FLASH
#endif

#endif
