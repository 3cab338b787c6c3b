/* The serial line: 8N1 at any rate the chip makes, a ring buffer in each direction, both served by interrupts. */
#ifndef PADDLEWIRE_UART_H
#define PADDLEWIRE_UART_H

#include <stdbool.h>
#include <stdint.h>

enum {
  UART_OUT_BYTES = 128, /* what can wait to be sent: a HELLO and more */
  UART_IN_BYTES = 128,  /* what can wait to be read: 1.28 ms of a full line at 1 Mbaud */
};

/* Divided by 1 to 4096 this is the rate: the chip's clock at double speed, eight to a bit. */
#define UART_CLOCK_HZ (F_CPU / 8)

/* Bytes lost between the wire and the program; they stay at 65535. */
struct uart_counters {
  uint16_t line;     /* wrong stop bit, or overrun in the chip */
  uint16_t overflow; /* no room in the ring */
};

/* Switches the line on, at UART_CLOCK_HZ / `divisor` baud. Interrupts are still off. */
void uart_init(uint16_t divisor);

/*
 * Changes the rate, and forgets what came at the old one. Precondition: uart_idle(), or what is being sent is spoiled.
 */
void uart_set_rate(uint16_t divisor);

/* Returns whether all that was to be sent is on the wire, the last stop bit too. */
bool uart_idle(void);

/* Returns how many bytes can be sent now without waiting. */
uint8_t uart_room(void);

/* Hands bytes to the transmitter and returns at once. Precondition: size <= uart_room(). */
void uart_send(const uint8_t *bytes, uint8_t size);

/* Returns whether a received byte waits. */
bool uart_waiting(void);

/* Returns the oldest received bytes that lie in one row, and how many: they stay until uart_took. */
const volatile uint8_t *uart_peek(uint8_t *size);

/* Takes `size` bytes, of those that uart_peek has shown. */
void uart_took(uint8_t size);

/* Counts what was lost. Called every millisecond, in which no more than 100 bytes can come. */
void uart_tick(void);

/* Returns what was lost up to the last tick. */
const struct uart_counters *uart_lost(void);

#endif
