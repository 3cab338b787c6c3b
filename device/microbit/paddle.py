# A micro:bit as a paddle: it prints lines over USB, and the hub answers with lines.
# How to put it on the board: docs/microbit.md. What the lines mean: docs/text-lines.md.
from microbit import *
import machine
import microbit

NAME = ''    # your name, as the big screen shall show it; at most 30 letters
TILT = True  # True: once you tilt the board, the paddle follows. False: buttons only

SEATS = ('left', 'right', 'up', 'down')  # the order of the points in a score line; of a quiz: 1 to 30
TILT_RANGE = 600  # how far it has to be tilted, in thousandths of 1 g (600: about 37 degrees)
BOUNCE_MS = 8     # a contact that has just closed opens and closes some more times
BLINKING = [Image('99999:99999:99999:99999:99999'), ' ']

IS_V1 = 'microphone' not in dir(microbit)  # only a V2 has one

seat = None       # where we sit, as a number in SEATS
points = 0
over_at = None    # when a face or the blinking is over
looked_for = False


def say_hello():
    chip = ''.join('%02x' % byte for byte in machine.unique_id())
    print('hello microbit-' + chip, NAME[:30])


def show(what, ms=None):
    # wait=False: the buttons are read meanwhile
    global over_at, looked_for
    looked_for = what is BLINKING
    over_at = ms and running_time() + ms
    display.show(what, 150, wait=False, loop=isinstance(what, list))


def show_state():
    if seat is None:
        show(Image.ASLEEP)
    elif points > 9:
        show(list(str(points)) + [' '])  # digit by digit, again and again
    else:
        show(str(points))


def obey(line):
    global seat, points
    word, rest = (line.split() + [''])[0], line.split()[1:]
    if word == 'hello?':
        say_hello()
    elif word == 'seat' and rest:
        name = rest[0]
        seat = SEATS.index(name) if name in SEATS else int(name) - 1 if name.isdigit() else None
        show_state()
    elif word == 'score' and seat is not None and seat < len(rest):
        points = int(rest[seat])
        if over_at is None:  # a face stays until its time is over
            show_state()
    elif word == 'point':
        show(Image.HAPPY, 800)
    elif word == 'win':
        show(Image.FABULOUS, 3000)
    elif word == 'loss':
        show(Image.SAD, 3000)
    elif word == 'identify':
        show(BLINKING, 5000)


def held():
    if IS_V1:
        # The pins of the buttons are 0 while pressed. is_pressed() says the same, but 50 ms later.
        a, b = not pin5.read_digital(), not pin11.read_digital()
    else:
        # On a V2 it is quick, and pin11 is no help: some firmwares read 0 there at all times.
        a, b = button_a.is_pressed(), button_b.is_pressed()
    return 'A' if a and b else 'U' if a else 'D' if b else 'S'


def tilt():
    # 0 to 1023, or None if there is no motion sensor
    try:
        y = accelerometer.get_y()
    except Exception:
        return None
    return min(1023, max(0, 512 + y * 512 // TILT_RANGE))


uart.init(115200)
say_hello()
show_state()
line = ''
last, changed_at = 'S', 0
place = tilt() if TILT else None
tilting = False
looked_at = 0

while True:
    time = running_time()

    now = held()
    if now != last and time - changed_at > BOUNCE_MS:
        if now == 'A':
            print('S')
        print(now)
        last, changed_at = now, time
        if looked_for:  # a press ends the blinking
            show_state()

    if place is not None and time - looked_at >= 20:
        looked_at = time
        new = tilt()
        # Small moves are the hand that trembles. The first move must be a large one.
        if new is not None and abs(new - place) > (8 if tilting else 200):
            place, tilting = new, True
            print('axis', place)

    if uart.any():
        for byte in uart.read():
            if byte not in (10, 13):
                line = (line + chr(byte))[-128:]
            elif line:
                obey(line)
                line = ''

    if over_at and time >= over_at:
        show_state()
    sleep(2)
