/* The serial line: 115200 baud, 8N1, a ring buffer in each direction, both served by interrupts. */
#ifndef PADDLEWIRE_UART_H
#define PADDLEWIRE_UART_H

#include <stdbool.h>
#include <stdint.h>

/* What can wait to be sent: a HELLO and more. */
enum { UART_OUT_BYTES = 128 };

/* Bytes lost between the wire and the program. */
struct uart_counters {
  uint16_t line;     /* wrong stop bit, or overrun in the chip */
  uint16_t overflow; /* no room in the ring */
};

/* Switches the line on. Interrupts are still off. */
void uart_init(void);

/* Returns how many bytes can be sent now without waiting. */
uint8_t uart_room(void);

/* Hands bytes to the transmitter and returns at once. Precondition: size <= uart_room(). */
void uart_send(const uint8_t *bytes, uint8_t size);

/* Returns whether a received byte waits. */
bool uart_waiting(void);

/* Takes the oldest received byte. Precondition: uart_waiting(). */
uint8_t uart_take(void);

#endif
