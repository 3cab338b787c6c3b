/* The loudspeaker: Timer2 toggles its pin by itself (CTC), so that a tone costs no CPU and goes on in sleep. */
#ifndef PADDLEWIRE_SPEAKER_H
#define PADDLEWIRE_SPEAKER_H

#include <stdint.h>

/* Makes the pin an output, silent. */
void speaker_init(void);

/* Sounds `hz`; 0 is silence. The same again changes nothing, so that a tone has no clicks in it. */
void speaker_sound(uint16_t hz);

#endif
