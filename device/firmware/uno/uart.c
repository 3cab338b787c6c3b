#include "uart.h"

#include <avr/interrupt.h>
#include <avr/io.h>

#include "count.h"
#include "ring.h"

/* 2.7 ms of a full line: longer than anything the program does in one go. */
enum { OUT_SLOTS = UART_OUT_BYTES, IN_SLOTS = 32 };
RING_SLOTS_CHECK(OUT_SLOTS);
RING_SLOTS_CHECK(IN_SLOTS);

/*
 * UCSR0B is always stored whole and never changed bit by bit: it lies beyond the reach of sbi and cbi, so "|=" would be
 * three instructions, and the transmit interrupt could fall between them and have its own store undone.
 */
enum {
  LISTENING = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0),
  SENDING = LISTENING | _BV(UDRIE0)
};

static struct ring out;
static struct ring in;
static volatile uint8_t out_bytes[OUT_SLOTS];
static volatile uint8_t in_bytes[IN_SLOTS];
static struct uart_counters uart_counters;

void uart_init(void) {
  /* Double speed and 16: 117647 baud, 2.1 % fast; without double speed it would be 3.5 % off (datasheet, 19.10). */
  UCSR0A = _BV(U2X0);
  UBRR0 = 16;
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = LISTENING;
}

uint8_t uart_room(void) { return ring_room(&out, OUT_SLOTS); }

void uart_send(const uint8_t *bytes, uint8_t size) {
  for (uint8_t at = 0; at < size; at++) {
    out_bytes[ring_write_slot(&out, OUT_SLOTS)] = bytes[at];
    ring_wrote(&out);
    UCSR0B = SENDING; /* from the first byte on: the rest follows while that is on the wire */
  }
}

bool uart_waiting(void) { return ring_waiting(&in) != 0; }

uint8_t uart_take(void) {
  const uint8_t byte = in_bytes[ring_read_slot(&in, IN_SLOTS)];
  ring_has_read(&in);
  return byte;
}

ISR(USART_RX_vect) {
  /* The flags belong to the byte that is read next (datasheet, 19.7.4). A bad byte goes on: the frame's CRC tells. */
  const uint8_t flags = UCSR0A;
  const uint8_t byte = UDR0;
  if ((flags & (_BV(FE0) | _BV(DOR0))) != 0) count_up(&uart_counters.line);
  if (ring_room(&in, IN_SLOTS) == 0) {
    count_up(&uart_counters.overflow);
    return;
  }
  in_bytes[ring_write_slot(&in, IN_SLOTS)] = byte;
  ring_wrote(&in);
}

ISR(USART_UDRE_vect) {
  /* The main program may have stored SENDING after the last byte had gone: then there is nothing to send. */
  if (ring_waiting(&out) == 0) {
    UCSR0B = LISTENING;
    return;
  }
  UDR0 = out_bytes[ring_read_slot(&out, OUT_SLOTS)];
  ring_has_read(&out);
}
