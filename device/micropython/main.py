"""A paddle over WiFi, for the Raspberry Pi Pico W and the ESP32. Your settings are in settings.py.

It speaks the messages of docs/contract.md as JSON, over MQTT. Nothing here waits for the network: each part of the
program does a little and comes back, so that a press is sent within milliseconds. docs/wifi-boards.md says how to put
it on a board and what the light means.
"""
import errno
import json
import machine
import network
import os
import select
import socket
import sys
import time
from machine import Pin
from time import ticks_add, ticks_diff, ticks_ms, ticks_us

import settings

FIRMWARE = 'micropython 0.1.0'

PINS = {
    'rp2': {'up': 14, 'down': 15, 'speaker': 16, 'light': 17, 'pixels': 22, 'knob': 26},
    'esp32': {'up': 18, 'down': 19, 'speaker': 25, 'light': 23, 'pixels': 26, 'knob': 34},
}
BUTTONS = (('up', 1), ('down', 2))  # the bits that say in INPUT what is held

BOUNCE_US = 8000     # a contact that has just closed opens and closes for some ms
STUCK_MS = 10000     # who holds a button for so long?
MAX_WAITING = 16     # presses that wait to be sent
MAX_PACKET = 2048    # bytes; the hub sends nothing larger
SILENCE_MS = 3000    # no PING for so long: the hub is lost
ANSWER_MS = 8000     # no answer to a connection for so long: try another
RESEND_MS = 2000     # no answer to JOIN or RECORD for so long: say it again
MAX_RECORDS = 50     # matches that are kept for the hub
RECORDS_FILE = 'records.txt'


# ---- What the light shows, as a function of the time in ms. The same as on all paddles (docs/serial.md).

def no_wifi(ms):
    return ms % 2000 < 80

def refused(ms):  # wrong PIN: five short blinks, and a pause
    return ms % 2000 < 1000 and ms // 100 % 2 == 0

def no_hub(ms):
    return ms % 1000 < 500

def no_seat(ms):
    return ms % 1000 < 100 or 200 <= ms % 1000 < 300

def steady(ms):
    return True

def dark(ms):
    return False

def flash(ms):
    return ms // 125 % 2 == 0

def won(ms):
    return ms % 1000 < 600 and ms // 100 % 2 == 0

def looked_for(ms):
    return ms // 62 % 2 == 0


class Timer:
    """Says when a time has passed. Wrapping of the clock is taken care of."""

    def __init__(self):
        self.at = None

    def start(self, ms):
        self.at = ticks_add(ticks_ms(), ms)

    def stop(self):
        self.at = None

    def over(self):
        """True once, when the time has passed."""
        if self.at is None or ticks_diff(self.at, ticks_ms()) > 0:
            return False
        self.at = None
        return True


class Backoff:
    """When to try again: soon at first, then less and less often."""

    def __init__(self, first_ms, longest_ms):
        self.first, self.longest = first_ms, longest_ms
        self.timer = Timer()
        self.now()

    def now(self):
        self.wait = self.first
        self.timer.start(0)

    def due(self):
        if not self.timer.over():
            return False
        self.timer.start(self.wait)
        self.wait = min(2 * self.wait, self.longest)
        return True


class Clock:
    """The µs since the start, modulo 2 to the 32 as the hub wants it. ticks_us alone wraps earlier."""

    def __init__(self):
        self.ticks, self.us = ticks_us(), 1

    def at(self, ticks):
        # 0 would mean: no clock.
        return (self.us + ticks_diff(ticks, self.ticks)) & 0xFFFFFFFF or 1

    def now(self):
        ticks = ticks_us()
        self.us, self.ticks = self.at(ticks), ticks
        return self.us


class Button:
    def __init__(self, pin, bit):
        self.pin, self.bit = pin, bit
        self.changed_at = None  # ticks_us, while its contacts may bounce
        self.since = 0          # ticks_ms of its last change
        self.bounce = 0         # µs


class Buttons:
    """What is held. The interrupt of a pin notes the time of a press; send() is called soon after, outside of it."""

    def __init__(self, pins):
        self.held = 0
        self.waiting = []  # (ticks_us, held) of each change that was not sent yet
        self.buttons = []
        for name, bit in BUTTONS:
            button = Button(Pin(pins[name], Pin.IN, Pin.PULL_UP), bit)
            self.buttons.append(button)
            button.pin.irq(lambda pin, button=button: self.look(button), Pin.IRQ_FALLING | Pin.IRQ_RISING)

    def look(self, button):
        now = ticks_us()
        # The first edge counts at once. What follows within 8 ms is bounce.
        if button.changed_at is not None:
            since = ticks_diff(now, button.changed_at)
            if since < BOUNCE_US:
                button.bounce = max(button.bounce, since)
                return
        held = self.held & ~button.bit if button.pin.value() else self.held | button.bit
        if held == self.held:
            return
        self.held = held
        button.changed_at, button.since = now, ticks_ms()
        if len(self.waiting) < MAX_WAITING:
            self.waiting.append((now, held))

    def step(self):
        """After the bounce the pin may be different from what its first edge said."""
        for button in self.buttons:
            if button.changed_at is not None and ticks_diff(ticks_us(), button.changed_at) >= BOUNCE_US:
                button.changed_at = None
            if button.changed_at is None:
                self.look(button)

    def report(self):
        """The longest bounce of each button since the last report, and the bits of those that seem to be stuck."""
        bounces, stuck = [], 0
        for button in self.buttons:
            bounces.append(button.bounce)
            button.bounce = 0
            if self.held & button.bit and ticks_diff(ticks_ms(), button.since) >= STUCK_MS:
                stuck |= button.bit
        return bounces, stuck


class Records:
    """Matches that the hub has not confirmed yet, in a file: they outlive a power cut. Also counts the starts.

    Each line of the file is one step: [number, data], {"done": number} or {"last": number, "starts": count}.
    """

    def __init__(self):
        self.pending = []  # [number, data], oldest first
        self.last, self.starts, self.stale = 0, 0, 0
        self.load()
        if self.last == 0:
            # A new file must not use the numbers of one that was deleted: the hub has seen those.
            self.last = int.from_bytes(os.urandom(4), 'big') << 16
        self.starts += 1
        self.tidy()

    def load(self):
        for name in (RECORDS_FILE, RECORDS_FILE + '.new'):
            try:
                with open(name) as file:
                    for line in file:
                        self.take(line)
                return
            except OSError:
                pass  # no file yet; or the power went while the new one took its place

    def take(self, line):
        try:
            step = json.loads(line)
            if isinstance(step, list):
                self.last = max(self.last, step[0])
                self.pending.append([step[0], step[1]])
            elif 'done' in step:
                self.drop(step['done'])
            else:
                self.last, self.starts = max(self.last, step['last']), step['starts']
        except (ValueError, KeyError, IndexError, TypeError):
            pass  # half a line: the power went while it was written

    def add(self, data):
        if len(self.pending) >= MAX_RECORDS:
            print('The file of matches is full. This one is not kept.')
            return
        self.last += 1
        self.pending.append([self.last, data])
        self.write('a', [self.pending[-1]])

    def done(self, number):
        if not self.drop(number):
            return
        self.stale += 1
        if self.stale >= MAX_RECORDS:
            self.tidy()
        else:
            self.write('a', [{'done': number}])

    def drop(self, number):
        kept = [record for record in self.pending if record[0] != number]
        dropped = len(kept) < len(self.pending)
        self.pending = kept
        return dropped

    def tidy(self):
        """Writes the file anew, without what is done."""
        self.stale = 0
        new = RECORDS_FILE + '.new'
        if self.write('w', [{'last': self.last, 'starts': self.starts}] + self.pending, new):
            try:
                os.rename(new, RECORDS_FILE)
            except OSError:  # some file systems do not replace a file
                os.remove(RECORDS_FILE)
                os.rename(new, RECORDS_FILE)

    def write(self, mode, lines, name=RECORDS_FILE):
        try:
            with open(name, mode) as file:
                for line in lines:
                    file.write(json.dumps(line) + '\n')
            return True
        except OSError as error:
            print('The file of matches cannot be written:', error)
            return False


class Mqtt:
    """The little of MQTT 3.1.1 that a paddle needs, without waiting. umqtt.simple is not on every board, and waits."""

    def __init__(self, client, password, topic):
        self.client, self.password, self.topic = client, password, topic
        self.socket = None
        self.open = False  # the hub has let us in
        self.code = None   # its answer to our connection; 0: welcome, 4 or 5: wrong PIN

    def connect(self, host, port):
        """May raise OSError. Ends at once; `open` is true later."""
        self.close()
        address = socket.getaddrinfo(host, port)[0][-1]
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.connected, self.out, self.received, self.code = False, b'', b'', None
        self.poll = select.poll()
        self.poll.register(self.socket, select.POLLOUT)
        try:
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except (AttributeError, OSError):
            pass  # not every board has it
        try:
            self.socket.connect(address)
        except OSError as error:
            if error.args[0] not in (errno.EINPROGRESS, errno.EAGAIN):
                raise
        flags = 0xC2 if self.password else 0x02
        login = self.text(self.client) + self.text(self.password) if self.password else b''
        # Keepalive 10 s: the answers to PING come much more often.
        head = b'\x00\x04MQTT\x04' + bytes([flags]) + b'\x00\x0a'
        self.packet(0x10, head + self.text(self.client) + login)

    def close(self):
        if self.socket is not None:
            self.socket.close()
        self.socket, self.open = None, False

    def publish(self, text):
        self.packet(0x30, self.text(self.topic + '/up') + text.encode())

    def text(self, text):
        text = text.encode()
        return bytes([len(text) >> 8, len(text) & 255]) + text

    def packet(self, kind, body):
        if self.socket is None:
            return
        length, size = b'', len(body)
        while True:
            size, digit = size >> 7, size & 127
            length += bytes([digit | 128 if size else digit])
            if not size:
                break
        self.out += bytes([kind]) + length + body
        self.flush()

    def flush(self):
        if not self.connected or not self.out:
            return
        try:
            self.out = self.out[self.socket.send(self.out):]
        except OSError as error:
            if error.args[0] != errno.EAGAIN:
                raise
        if len(self.out) > MAX_PACKET:
            raise OSError(errno.ETIMEDOUT)  # the network takes nothing any more

    def step(self):
        """Gives the payloads that have arrived. Raises OSError when the connection is gone."""
        if self.socket is None:
            return []
        if not self.connected:
            for _, event in self.poll.poll(0):
                if event & (select.POLLERR | select.POLLHUP):
                    raise OSError(errno.ECONNREFUSED)
                self.connected = True
        self.flush()
        if self.connected:
            self.receive()
        return self.take()

    def receive(self):
        try:
            data = self.socket.recv(MAX_PACKET)
        except OSError as error:
            if error.args[0] != errno.EAGAIN:
                raise
            return
        if not data:
            raise OSError(errno.ECONNRESET)
        self.received += data

    def take(self):
        payloads = []
        while True:
            packet = self.cut()
            if packet is None:
                return payloads
            kind, body = packet
            if kind == 0x20 and len(body) == 2:
                self.code = body[1]
                self.open = self.code == 0
                if self.open:
                    self.packet(0x82, b'\x00\x01' + self.text(self.topic + '/down') + b'\x00')
            elif kind == 0x30 and len(body) >= 2:
                payloads.append(body[2 + (body[0] << 8 | body[1]):])

    def cut(self):
        """Takes one whole packet, if it is there: its first byte without flags, and its body."""
        data, length = self.received, 0
        for place in range(1, min(len(data), 5)):
            length |= (data[place] & 127) << 7 * (place - 1)
            if data[place] < 128:
                break
        else:
            if len(data) >= 5:
                raise OSError(errno.EINVAL)
            return None
        if length > MAX_PACKET:
            raise OSError(errno.EINVAL)
        end = place + 1 + length
        if len(data) < end:
            return None
        self.received = data[end:]
        return data[0] & 0xF0, data[place + 1:end]


class Show:
    """Light, loudspeaker and the bar of NeoPixels."""

    def __init__(self, pins):
        self.light = Pin(pins['light'], Pin.OUT)
        self.base, self.over = no_wifi, None  # what the state shows, and what lies over it
        self.began = ticks_ms()
        self.light_timer, self.tone_timer = Timer(), Timer()
        self.speaker_pin, self.speaker = pins['speaker'], None
        self.pixels = None
        if settings.PIXELS:
            import neopixel
            self.pixels = neopixel.NeoPixel(Pin(pins['pixels']), settings.PIXELS)
        self.points = None
        self.bar(0)

    def state(self, pattern):
        if pattern is not self.base:
            self.base, self.over, self.began = pattern, None, ticks_ms()

    def show(self, pattern, ms):
        self.over, self.began = pattern, ticks_ms()
        self.light_timer.stop()
        if ms:
            self.light_timer.start(ms)

    def tone(self, hertz, ms):
        if self.speaker is not None:
            self.speaker.deinit()
            self.speaker = None
        self.tone_timer.stop()
        if 31 <= hertz <= 20000:
            self.speaker = machine.PWM(Pin(self.speaker_pin), freq=hertz, duty_u16=32768)
            if ms:
                self.tone_timer.start(ms)

    def bar(self, points):
        """One pixel for each point. More points than pixels: all of them, in another colour."""
        if self.pixels is None or points == self.points:
            return
        self.points = points
        colour = (0, 40, 0) if points <= settings.PIXELS else (40, 20, 0)
        for place in range(settings.PIXELS):
            self.pixels[place] = colour if place < points else (0, 0, 0)
        self.pixels.write()

    def step(self):
        if self.light_timer.over():
            self.over = None
        if self.tone_timer.over():
            self.tone(0, 0)
        self.light.value(1 if (self.over or self.base)(ticks_diff(ticks_ms(), self.began)) else 0)


class Paddle:
    """Finds the WiFi, the hub and a seat, in this order, and begins again with whatever was lost."""

    def __init__(self):
        pins = dict(PINS['rp2' if sys.platform == 'rp2' else 'esp32'])
        pins.update(settings.PINS)
        chip = ''.join('%02x' % byte for byte in machine.unique_id())
        self.id = ('pico-' if sys.platform == 'rp2' else 'esp32-') + chip
        self.clock = Clock()
        self.buttons = Buttons(pins)
        self.show = Show(pins)
        self.records = Records()
        self.mqtt = Mqtt(self.id, settings.SECRET, 'paddlewire/1/devices/' + self.id)
        self.knob, self.axis = self.find_knob(pins), None
        self.wifi = None
        self.wifi_again, self.hub_again = Backoff(8000, 30000), Backoff(250, 5000)
        self.hello_again = Backoff(500, 4000)
        self.silence, self.answer = Timer(), Timer()
        self.join_again, self.record_again, self.knob_again = Timer(), Timer(), Timer()
        self.knob_again.start(0)
        self.welcome, self.seat = False, ''
        self.greeted_at = ticks_ms()
        self.seq = self.presses = self.bad = 0
        self.told = 0  # what was held before the newest change

    def find_knob(self, pins):
        if not settings.KNOB:
            return None
        knob = machine.ADC(Pin(pins['knob']))
        if hasattr(knob, 'atten'):  # an ESP32 reads only to 1 V without it
            knob.atten(machine.ADC.ATTN_11DB)
        return knob

    def run(self):
        while True:
            self.step()
            time.sleep_ms(1)

    def step(self):
        self.clock.now()
        self.buttons.step()
        if self.find_wifi():
            try:
                self.find_hub()
                for payload in self.mqtt.step():
                    self.read(payload)
                self.speak()
            except OSError as error:
                if self.mqtt.open and not self.welcome and not settings.SECRET:
                    self.refuse()  # who gives no PIN may connect, and is put out at its first word
                else:
                    print('The hub', settings.HUB, 'is not there:', error)
                    self.lose()
        self.show.step()

    # ---- WiFi

    def find_wifi(self):
        if self.wifi is None:
            self.wifi = network.WLAN(network.STA_IF)
            self.wifi.active(True)
            # Without this the board sleeps between two packets, and a press takes up to 0.2 s.
            self.wifi.config(pm=0xA11140 if sys.platform == 'rp2' else network.WLAN.PM_NONE)
        if self.wifi.isconnected():
            if self.show.base is no_wifi:
                print('WiFi:', self.wifi.ifconfig()[0])
                self.show.state(no_hub)
                self.hub_again.now()
            return True
        if self.show.base is not no_wifi:
            self.lose()
            self.show.state(no_wifi)
            self.wifi_again.now()
        self.buttons.waiting.clear()
        if self.wifi_again.due():
            print('Looking for the WiFi', settings.WIFI_NAME)
            try:
                self.wifi.connect(settings.WIFI_NAME, settings.WIFI_PASSWORD)
            except OSError:
                pass  # it is trying already
        return False

    # ---- The hub

    def find_hub(self):
        if self.silence.over() or self.answer.over():
            raise OSError(errno.ETIMEDOUT)
        if self.mqtt.socket is None and self.hub_again.due():
            self.answer.start(ANSWER_MS)
            self.hello_again.now()
            self.mqtt.connect(settings.HUB, settings.HUB_PORT)
        if self.mqtt.code in (4, 5):
            self.refuse()
        elif self.mqtt.open and not self.welcome and self.hello_again.due():
            self.hello()

    def refuse(self):
        print('The hub wants a PIN, and this is not it. Look at SECRET in settings.py.')
        self.lose(refused)

    def lose(self, light=no_hub):
        if self.welcome:
            self.hub_again.now()
        self.mqtt.close()
        self.mqtt.code = None
        for timer in (self.silence, self.answer, self.join_again, self.record_again):
            timer.stop()
        self.welcome, self.seat = False, ''
        # What was pressed now would move the paddle seconds late.
        self.buttons.waiting.clear()
        self.show.tone(0, 0)
        self.show.bar(0)
        if self.show.base is not refused or light is refused:
            self.show.state(light)

    def send(self, message, **fields):
        fields['type'] = message
        self.mqtt.publish(json.dumps(fields))

    def hello(self):
        self.greeted_at = ticks_ms()
        self.send('HELLO', version=1, id=self.id, kind='board', name=settings.NAME, firmware=FIRMWARE,
                  restarts=self.records.starts, lastSeq=self.seq)

    def join(self):
        self.join_again.start(RESEND_MS)
        self.send('JOIN', side=settings.SIDE)

    def speak(self):
        """Presses first, then the rest."""
        waiting = self.buttons.waiting
        while waiting:
            ticks, held = waiting.pop(0)
            if held & ~self.told:
                self.presses += 1
                if self.show.over is looked_for:
                    self.show.over = None
            if self.seat:
                self.input(ticks, held)
            elif self.welcome and held & ~self.told:
                self.join()
            self.told = held
        if self.knob is not None and self.knob_again.over():
            self.turn()
        if self.welcome and self.join_again.over():
            self.join()
        if self.welcome and self.records.pending and self.record_again.at is None:
            self.record()
        if self.record_again.over() and self.welcome:
            self.record()

    def input(self, ticks, held):
        self.seq = (self.seq + 1) & 0xFFFFFFFF
        self.send('INPUT', seq=self.seq, time=self.clock.at(ticks), buttons=held, axis=self.axis)

    def turn(self):
        self.knob_again.start(20)
        place = self.knob.read_u16() >> 4
        # A knob that lies still trembles a little.
        if self.axis is None or abs(place - self.axis) > 24:
            self.axis = place
            if self.seat:
                self.input(ticks_us(), self.buttons.held)

    def record(self):
        if not self.records.pending:
            return
        number, data = self.records.pending[0]
        self.record_again.start(RESEND_MS)
        self.send('RECORD', seq=number, data=data)

    # ---- What the hub says

    def read(self, payload):
        try:
            message = json.loads(payload)
            obey = getattr(self, 'on_' + message['type'].lower(), None)
            if obey:
                obey(message)
        except (ValueError, KeyError, TypeError, AttributeError):
            # A message that we do not understand costs nothing but itself.
            self.bad = min(self.bad + 1, 65535)

    def on_ping(self, message):
        if self.welcome:
            self.silence.start(SILENCE_MS)
        self.send('PONG', token=message['token'], time=self.clock.now(), lost=self.bad)

    def on_ask(self, message):
        bounces, stuck = self.buttons.report()
        # `lost` counts in the order of the contract; over MQTT only a message itself can be wrong.
        self.send('REPORT', bounce=bounces, stuck=stuck, lost=[0, 0, 0, 0, self.bad])

    def on_welcome(self, message):
        if self.welcome:
            return
        print('The hub calls this paddle', message['name'])
        self.welcome = True
        self.answer.stop()
        self.silence.start(SILENCE_MS)
        self.hub_again.now()
        self.show.state(no_seat)
        self.join()

    def on_seat(self, message):
        side = message['side']
        self.join_again.stop()
        if side and not self.seat:
            self.seat = side
            self.show.state(steady)
            # The hub may know less than what is so: a button held while it was away, a knob.
            if self.seq or self.buttons.held or self.axis is not None:
                self.input(ticks_us(), self.buttons.held)
        elif not side:
            self.seat = ''
            self.show.bar(0)
            self.show.state(no_seat)

    def on_score(self, message):
        self.show.bar(message['points'])

    def on_effect(self, message):
        effect, value, ms = message['effect'], message.get('value', 0), message.get('ms', 0)
        if effect == 'tone':
            self.show.tone(value, ms)
        elif effect == 'identify':
            self.show.show(looked_for, ms)
        elif effect == 'light':
            self.show.show((dark, steady, flash)[value], ms)

    def on_end(self, message):
        result = message['result']
        if result == 'win':
            self.show.show(won, 3000)
        # For the teacher: how it ended, and what only the board knows, how often a button was pressed.
        self.records.add({'result': result, 'seat': self.seat, 'scores': message['scores'], 'presses': self.presses})
        self.presses = 0

    def on_ack(self, message):
        self.records.done(message['seq'])
        self.record_again.stop()

    def on_error(self, message):
        code = message['code']
        if code == 'hello-required':
            self.welcome, self.seat = False, ''
            self.show.state(no_hub)
            # A HELLO that was just sent has crossed this.
            if not 0 <= ticks_diff(ticks_ms(), self.greeted_at) < 100:
                self.hello_again.now()
        elif code in ('seat-none-free', 'seat-taken'):
            self.join_again.stop()  # a press asks again
        elif code == 'seat-missing' and self.seat:
            self.seat = ''
            self.show.state(no_seat)
            self.join()


if __name__ == '__main__':
    Paddle().run()
