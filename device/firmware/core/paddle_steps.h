/* Within the paddle's state machine: what its two halves, paddle.c and paddle_receive.c, have in common. */
#ifndef PADDLEWIRE_PADDLE_STEPS_H
#define PADDLEWIRE_PADDLE_STEPS_H

#include <stdint.h>

#include "paddle.h"

enum { PADDLE_NO_AXIS = UINT16_MAX };

/* Forgets the effects of the event before. */
void step_begin(struct paddle *paddle);

/* Each of these writes a message to the effects; the last one written is sent. */
void step_send_hello(struct paddle *paddle);
void step_send_join(struct paddle *paddle);
void step_send_buttons(struct paddle *paddle, uint32_t time_us);
void step_send_axis(struct paddle *paddle);
void step_send_report(struct paddle *paddle);

/* The knob, or the buttons if any of them was ever pressed. */
void step_send_inputs(struct paddle *paddle, uint32_t now_us);

/* Light and bar as the state wants them. */
void step_show_state(struct paddle *paddle);

/* To PADDLE_SEARCHING, the back-off at its beginning; sends nothing. */
void step_search(struct paddle *paddle);

/* To PADDLE_WAITING, with no JOIN on its way; sends nothing. */
void step_wait_for_seat(struct paddle *paddle);

#endif
