/* CRC-16/MCRF4XX: the check at the end of every frame (docs/serial.md) and of every EEPROM record. */
#ifndef PADDLEWIRE_CRC16_H
#define PADDLEWIRE_CRC16_H

#include <stdint.h>

/* The CRC of no bytes. */
#define CRC16_START ((uint16_t)0xffff)

/*
 * Adds one byte to a CRC.
 *
 * crc    CRC16_START, or the CRC of the bytes before
 * byte   the next byte
 *
 * Returns the CRC with the byte. Sent low byte first after its bytes, the CRC over bytes and CRC is 0.
 */
uint16_t crc16_add(uint16_t crc, uint8_t byte);

#endif
