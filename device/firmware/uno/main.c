/* A paddle on an Arduino Uno (ATmega328P, 16 MHz): wires the board's parts to the state machine in ../core. */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/power.h>
#include <avr/sleep.h>
#include <avr/wdt.h>
#include <assert.h>

#include "bar_leds.h"
#include "buttons.h"
#include "clock.h"
#include "count.h"
#include "frame.h"
#include "health.h"
#include "knob.h"
#include "paddle.h"
#include "pins.h"
#include "ring.h"
#include "speaker.h"
#include "storage.h"
#include "uart.h"

static const char firmware[] = "uno 0.2.0";

enum {
  SLOW_TICK_MS = 4, /* a power of two; how long a byte of EEPROM takes, and a conversion of the knob has */
  /* Of what a hub sends, a paddle needs no more than the head: the longest id, side or code ends within it. */
  KEPT_BYTES = 44,
  INPUT_FRAME_BYTES = 8,
  /* PONG and the like leave this much room, so that a hub that pings without end cannot crowd out a press. */
  RESERVED_BYTES = 4 * INPUT_FRAME_BYTES
};

static_assert(FRAME_BYTES((int)PADDLE_MESSAGE_BYTES) <= (int)UART_OUT_BYTES - (int)RESERVED_BYTES,
              "HELLO fits beside the reserve");
static_assert((SLOW_TICK_MS & (SLOW_TICK_MS - 1)) == 0, "ticks are counted modulo 256");

static struct paddle paddle;
static struct identity identity;
static struct health health;
static struct frame_receiver receiver;
static uint8_t kept[KEPT_BYTES];
static uint8_t ticks_seen;
static bool started;
/* Messages that found no room on the line. Each is one that is sent again by its own rule, or asked for again. */
static uint16_t unsent;

static void send_message(uint8_t room) {
  uint8_t *const frame = paddle.effects.frame;
  const uint8_t size = (uint8_t)frame_encode(frame, frame + PADDLE_MESSAGE_AT, paddle.effects.size);
  if (size <= room) uart_send(frame, size);
  else count_up(&unsent);
}

static void act(uint8_t reserved) {
  const uint8_t room = uart_room();
  if (paddle.effects.size != 0) send_message(room < reserved ? 0 : room - reserved);
  if (paddle.effects.keep_id) storage_keep_id(identity.id, identity.id_size);
}

static void on_button(void) {
  const struct button_event event = buttons_take();
  paddle_buttons(&paddle, event.held, event.time_us);
  act(0);
}

static void on_byte(void) {
  if (frame_receiver_put(&receiver, uart_take()) != FRAME_TAKEN) return;
  paddle_receive(&paddle, receiver.payload, receiver.kept, receiver.payload_size, clock_us());
  act(RESERVED_BYTES);
}

static void show(void) {
  if (paddle_light(&paddle)) LIGHT_PORT |= _BV(LIGHT_BIT);
  else LIGHT_PORT &= (uint8_t)~_BV(LIGHT_BIT);
  speaker_sound(paddle_tone(&paddle));
}

/* HELLO tells the number of this start, so it waits until that is kept: no number is ever told twice. */
static void start_paddle(void) {
  static const uint8_t delimiter = FRAME_DELIMITER;
  uart_send(&delimiter, 1); /* ends whatever a boot loader or a plug left on the line */
  started = true;
  paddle_start(&paddle, &identity, &health);
  act(0);
}

static void on_knob(void) {
  uint16_t position;
  /* While the line is full the knob is not read, so that its last position is not the one that got lost. */
  if (uart_room() < RESERVED_BYTES + INPUT_FRAME_BYTES || !knob_tick(&position)) return;
  paddle_axis(&paddle, position);
  act(RESERVED_BYTES);
}

/* What can wait for a few ticks: none of it has to be more exact, and a board that sleeps costs less. */
static void on_slow_tick(void) {
  (void)clock_us(); /* so that its counter does not wrap unseen */
  storage_tick();
  if (!started) {
    if (storage_idle()) start_paddle();
    return;
  }
  paddle_tick(&paddle, SLOW_TICK_MS);
  act(RESERVED_BYTES);
  on_knob();
  show();
}

static void on_tick(void) {
  ticks_seen++;
  buttons_tick();
  if (ticks_seen % SLOW_TICK_MS == 0) on_slow_tick();
}

/* An event stays in its queue while the line has no room for it: each sent byte wakes the chip to look again. */
static bool button_ready(void) { return started && buttons_waiting() && uart_room() >= INPUT_FRAME_BYTES; }
static bool byte_ready(void) { return started && uart_waiting(); }
static bool tick_ready(void) { return ticks_seen != clock_ticks(); }

/*
 * Does one thing, a press before everything else, or sleeps until an interrupt. Whether there is something to do is
 * looked up with interrupts off: sei takes effect after the next instruction, so none can slip in between the look and
 * sleep (datasheet, 6.7).
 */
static void do_one_thing(void) {
  cli();
  if (button_ready()) {
    sei();
    on_button();
  } else if (byte_ready()) {
    sei();
    on_byte();
  } else if (tick_ready()) {
    sei();
    on_tick();
  } else {
    sleep_enable();
    sei();
    sleep_cpu();
    sleep_disable();
  }
}

static void init(void) {
  MCUSR = 0;
  wdt_disable(); /* a boot loader may have left it running */
  power_twi_disable();
  power_spi_disable();
  power_timer0_disable();
  /* Pull-ups on every pin but the outputs: buttons need them, and an open pin must not float (datasheet, 13.2.6). */
  PORTB = (uint8_t) ~(_BV(SPEAKER_BIT) | _BV(LIGHT_BIT));
  PORTC = 0x3f;
  PORTD = 0xff;
  LIGHT_DDR |= _BV(LIGHT_BIT);
  speaker_init();
  bar_leds_init();
  identity.firmware = firmware;
  identity.firmware_size = sizeof firmware - 1;
  identity.id_size = storage_id(identity.id);
  identity.restarts = storage_count_start();
  frame_receiver_init(&receiver, kept, sizeof kept);
  set_sleep_mode(SLEEP_MODE_IDLE);
}

int main(void) {
  init();
  knob_init(storage_config());
  clock_init();
  uart_init();
  buttons_init();
  sei();
  for (;;) do_one_thing();
}
