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
#include "line_rate.h"
#include "paddle.h"
#include "pins.h"
#include "ring.h"
#include "speaker.h"
#include "storage.h"
#include "uart.h"

static const char firmware[] = "uno 0.2.0";

enum {
  SLOW_TICK_MS = 4, /* one for each turn of on_slow_tick, and a power of two; how long a byte of EEPROM takes, and a conversion of the knob has */
  /* Of what a hub sends, a paddle needs no more than the head: the longest id, side or code ends within it. */
  KEPT_BYTES = 44,
  INPUT_FRAME_BYTES = 8,
  /* PONG and the like leave this much room, so that a hub that pings without end cannot crowd out a press. */
  RESERVED_BYTES = 4 * INPUT_FRAME_BYTES,
  /* Bytes from the hub that are taken in one go, some 0.08 ms of work: a press does not wait longer. */
  BYTES_IN_A_ROW = 16
};

/* Beyond that a byte comes more often than every 160 cycles, which the program could not take. */
#define MAX_BAUD UINT32_C(1000000)

static_assert(FRAME_BYTES((int)PADDLE_MESSAGE_BYTES) <= (int)UART_OUT_BYTES - (int)RESERVED_BYTES,
              "HELLO fits beside the reserve");
static_assert((SLOW_TICK_MS & (SLOW_TICK_MS - 1)) == 0, "ticks are counted modulo 256");

static struct paddle paddle;
static struct identity identity;
static struct health health;
static struct frame_receiver receiver;
static struct line_rate rate;
static uint8_t kept[KEPT_BYTES];
static uint8_t ticks_seen;
/* Of the newest tick only what concerns line and buttons is done. */
static bool rest_of_tick;
static uint16_t bad_bytes_seen;
static bool started;
/* The hub has not been told what happened while the line came back to its first rate. */
static bool untold;
/* Messages that found no room on the line. Each is one that is sent again by its own rule, or asked for again. */
static uint16_t unsent;

/* How many bytes can be sent now: none while the line changes its rate. */
static uint8_t room(void) { return line_rate_may_send(&rate) ? uart_room() : 0; }

static void leave_rate(void) {
  if (!line_rate_leaving(&rate) || !uart_idle()) return;
  uart_set_rate(line_rate_divisor(UART_CLOCK_HZ, rate.baud));
  frame_receiver_restart(&receiver);
  line_rate_left(&rate);
}

/* What the board cannot do is no message for it. */
static void ask_rate(uint32_t baud) {
  if (baud >= CONTRACT_FIRST_BAUD && baud <= MAX_BAUD && line_rate_divisor(UART_CLOCK_HZ, baud) != 0) {
    line_rate_ask(&rate, baud);
  } else {
    count_up(&health.lost[LOST_NO_MESSAGE]);
  }
}

static void send_message(uint8_t left) {
  uint8_t *const frame = paddle.effects.frame;
  const uint8_t size = (uint8_t)frame_encode(frame, frame + PADDLE_MESSAGE_AT, paddle.effects.size);
  if (size > left) {
    count_up(&unsent);
    return;
  }
  uart_send(frame, size);
  if (paddle.effects.report) buttons_forget_bounce();
}

static void act(uint8_t reserved) {
  if (paddle.effects.search) {
    line_rate_fall_back(&rate);
    leave_rate();
  }
  const uint8_t left = room();
  if (paddle.effects.size != 0) send_message(left < reserved ? 0 : left - reserved);
  if (paddle.effects.keep_id) storage_keep_id(identity.id, identity.id_size);
  if (paddle.effects.baud != 0) ask_rate(paddle.effects.baud);
}

static void on_button(void) {
  const struct button_event event = buttons_take();
  paddle_buttons(&paddle, event.held, event.time_us);
  act(0);
  buttons_watch();
}

static_assert((int)FRAME_TOO_LONG == (int)LOST_TOO_LONG + 1 && (int)FRAME_BAD_CRC == (int)LOST_BAD_CRC + 1,
              "ways to lose a frame have one order");

static void examine(void) {
  for (uint8_t fate = FRAME_TOO_LONG; fate <= FRAME_BAD_CRC; fate++) health.lost[fate - 1] = receiver.counters[fate];
  health.lost[LOST_BAD_BYTES] = uart_lost()->line;
  health.lost[LOST_NO_ROOM] = uart_lost()->overflow;
  buttons_bounce(health.bounce_us);
}

static void on_frame(void) {
  if (line_rate_heard(&rate)) untold = true;
  examine();
  paddle_receive(&paddle, receiver.payload, receiver.kept, receiver.payload_size, clock_us());
  act(RESERVED_BYTES);
}

static void on_bytes(void) {
  uint8_t size;
  const volatile uint8_t *const bytes = uart_peek(&size);
  if (size > BYTES_IN_A_ROW) size = BYTES_IN_A_ROW;
  const enum frame_result result = frame_receiver_take(&receiver, bytes, &size);
  uart_took(size);
  if (result == FRAME_TAKEN) on_frame();
  else if (result == FRAME_LOST) line_rate_lost(&rate, 1);
}

static void show(void) {
  if (paddle_light(&paddle)) LIGHT_PORT |= _BV(LIGHT_BIT);
  else LIGHT_PORT &= (uint8_t)~_BV(LIGHT_BIT);
  bar_leds_show(paddle_bar(&paddle));
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
  if (room() < RESERVED_BYTES + INPUT_FRAME_BYTES || !knob_tick(&position)) return;
  paddle_axis(&paddle, position);
  act(RESERVED_BYTES);
}

/* Only a board that has its id already: the two records share one buffer, and the id goes before. */
static void keep_range(void) {
  struct axis_range range;
  if (identity.id_size != 0 && storage_idle() && knob_to_keep(&range)) storage_keep_range(range);
}

static void watch_line(void) {
  const uint16_t bad_bytes = uart_lost()->line;
  const uint16_t fresh = (uint16_t)(bad_bytes - bad_bytes_seen);
  bad_bytes_seen = bad_bytes;
  line_rate_lost(&rate, fresh < UINT8_MAX ? (uint8_t)fresh : UINT8_MAX);
  line_rate_tick(&rate, SLOW_TICK_MS);
}

static void on_start_tick(void) {
  storage_tick();
  if (storage_idle()) start_paddle();
}

static void on_paddle_tick(void) {
  paddle_tick(&paddle, SLOW_TICK_MS);
  act(RESERVED_BYTES);
}

static void tell_again(void) {
  if (!untold || room() < INPUT_FRAME_BYTES) return;
  untold = false;
  paddle_tell_again(&paddle, clock_us());
  act(0);
}

/*
 * What can wait for a few ticks: none of it has to be more exact, and a board that sleeps costs less. Each has a tick of
 * its own, because a press that comes meanwhile waits for it.
 */
static void on_slow_tick(uint8_t turn) {
  if (turn == 0) {
    on_paddle_tick();
  } else if (turn == 1) {
    watch_line();
    tell_again();
    keep_range();
  } else if (turn == 2) {
    (void)clock_us(); /* so that its counter does not wrap unseen */
    storage_tick();
    if (!knob_present()) on_knob();
  } else {
    show();
  }
}

/* Two things and not one, because a press that comes meanwhile waits for the one that is being done. */
static void on_tick(void) {
  ticks_seen++;
  uart_tick();
  buttons_tick();
  rest_of_tick = true;
}

static void on_rest_of_tick(void) {
  const uint8_t turn = ticks_seen % SLOW_TICK_MS;
  rest_of_tick = false;
  if (started) {
    leave_rate();
    if (knob_present()) on_knob();
    on_slow_tick(turn);
  } else if (turn == 0) {
    on_start_tick();
  }
}

/* An event stays in its queue while the line has no room for it: each sent byte wakes the chip to look again. */
static bool button_ready(void) { return started && buttons_waiting() && room() >= INPUT_FRAME_BYTES; }
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
    on_bytes();
  } else if (rest_of_tick) {
    sei();
    on_rest_of_tick();
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
  identity.max_baud = MAX_BAUD;
  identity.id_size = storage_id(identity.id);
  knob_init(storage_config(), storage_range());
  identity.restarts = storage_count_start(); /* last: its write goes on from the buffer that the others read into */
  frame_receiver_init(&receiver, kept, sizeof kept);
  line_rate_init(&rate);
  set_sleep_mode(SLEEP_MODE_IDLE);
}

int main(void) {
  init();
  clock_init();
  uart_init(line_rate_divisor(UART_CLOCK_HZ, CONTRACT_FIRST_BAUD));
  buttons_init();
  sei();
  for (;;) do_one_thing();
}
