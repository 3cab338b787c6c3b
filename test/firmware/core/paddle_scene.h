/* A paddle on a stage: what a hub says to it, time that passes, and what it sent. */
#ifndef PADDLE_SCENE_H
#define PADDLE_SCENE_H

#include "paddle.h"

/* Types of what a paddle sends; INPUT stands for its short form. */
enum { HELLO = 1, JOIN = 2, PONG = 7, INPUT = 100, NOTHING = 0 };

extern struct paddle paddle;
extern struct identity identity;
extern struct health health;

/* Starts a paddle with the id `uno` and 5 starts. */
void start(void);

/* Starts a paddle and seats it on the left. */
void seat(void);

/* Lets it hear a message. */
void hear(const char *bytes, uint16_t size);

/* Lets `ms` pass, one by one. Returns the type of the first message sent then, and in `at_ms`, if given, when. */
int pass(int ms, int *at_ms);

/* Lets `ms` pass in which nothing may be sent. */
void quiet(int ms);

/* What the newest event made it send. */
int sent_type(void);
const uint8_t *sent(void);

#define HEAR(bytes) hear(bytes, sizeof bytes - 1)
#define WELCOME "\x86\x0a\x01\x63uno\x61n\x00\x00"
#define WELCOME_NEW "\x86\x0a\x01\x65uno-1\x61n\x00\x00"
#define SEAT_LEFT "\x84\x0b\x64main\x64left\x00"
#define SEAT_RIGHT "\x84\x0b\x64main\x65right\x01"
#define SEAT_NONE "\x84\x0b\x64main\x60\x00"
#define PING "\x82\x12\x19\x01\x02"
#define HELLO_REQUIRED "\x82\x13\x6ehello-required"
#define NONE_FREE "\x82\x13\x6eseat-none-free"
#define TAKEN "\x82\x13\x6aseat-taken"
#define SEAT_MISSING "\x82\x13\x6cseat-missing"
#define OTHER_ERROR "\x82\x13\x6binput-stale"
#define TONE_880_60 "\x84\x0f\x01\x19\x03\x70\x18\x3c"
#define TONE_440 "\x83\x0f\x01\x19\x01\xb8"
#define TONE_OFF "\x83\x0f\x01\x00"
#define LIGHT_OFF_100 "\x84\x0f\x00\x00\x18\x64"
#define LIGHT_FLASH_FOREVER "\x83\x0f\x00\x02"
#define IDENTIFY_1000 "\x84\x0f\x02\x00\x19\x03\xe8"
#define IDENTIFY_FOREVER "\x82\x0f\x02"
#define SCORE_2 "\x85\x0e\x02\x82\x02\x01\x05\x00"
#define SCORE_3 "\x85\x0e\x03\x82\x03\x01\x06\x00"
#define ASK "\x81\x14"
#define BAUD_1M "\x82\x15\x1a\x00\x0f\x42\x40"
#define END_WIN "\x84\x10\x00\x64left\x82\x05\x02"
#define END_LOSS "\x84\x10\x01\x65right\x82\x02\x05"

#endif
