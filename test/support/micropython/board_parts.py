"""Stand-ins for what only a board has: machine, network, neopixel, the sockets, and a clock that can be moved on.

Each is a class whose attributes are what the program imports as a module. The network is `net`, handed in by the test.
"""
import errno
import os as true_os
import sys as true_sys
import time as true_time
import net


class Pin:
    IN, OUT, PULL_UP, IRQ_FALLING, IRQ_RISING = 0, 1, 2, 1, 2
    levels = {}
    writes = 0  # the light is written in each step
    interrupts = {}

    def __init__(self, number, mode=None, pull=None):
        self.number = number
        if pull == Pin.PULL_UP:
            Pin.levels.setdefault(number, 1)

    def irq(self, handler, trigger):
        Pin.interrupts[self.number] = (self, handler)

    def value(self, level=None):
        if level is None:
            return Pin.levels[self.number]
        Pin.writes += 1
        Pin.levels[self.number] = level


def set_levels(number, levels):
    # All at one moment of the board's clock, however long this computer takes for it.
    time.stopped_us = true_time.ticks_us()
    for level in levels:
        set_level(number, level)
    time.stopped_us = None


def set_level(number, level):
    changed = Pin.levels.get(number) != level
    Pin.levels[number] = level
    if changed and number in Pin.interrupts:
        pin, handler = Pin.interrupts[number]
        handler(pin)


class PWM:
    tones = []

    def __init__(self, pin, freq, duty_u16):
        self.pin = pin
        PWM.tones.append((pin.number, freq))

    def deinit(self):
        PWM.tones.append((self.pin.number, 0))


class ADC:
    ATTN_11DB = 3
    value = 0

    def __init__(self, pin):
        pass

    def atten(self, value):
        pass

    def read_u16(self):
        return ADC.value


class machine:
    Pin, PWM, ADC = Pin, PWM, ADC
    unique_id = lambda: bytes.fromhex('e6614c311b7a2c91')


class NeoPixel:
    shown = None

    def __init__(self, pin, count):
        self.colours = [(0, 0, 0)] * count

    def __setitem__(self, place, colour):
        self.colours[place] = colour

    def write(self):
        NeoPixel.shown = list(self.colours)


class neopixel:
    NeoPixel = NeoPixel


class WLAN:
    PM_NONE = 0
    STA_IF = 0
    configured = {}
    asked = []
    there = True

    def __init__(self, interface=0):
        pass

    def active(self, on):
        pass

    def config(self, **options):
        WLAN.configured.update(options)

    def isconnected(self):
        return WLAN.there and bool(WLAN.asked)

    def connect(self, name, password):
        WLAN.asked.append((name, password))

    def ifconfig(self):
        return ('127.0.0.1',)


class network:
    WLAN, STA_IF = WLAN, 0


class Socket:
    def __init__(self):
        self.id = None

    def setblocking(self, on):
        assert on is False

    def setsockopt(self, *_):
        pass

    def connect(self, address):
        self.id = net.connect(address[0], address[1])
        raise OSError(errno.EINPROGRESS)

    def send(self, data):
        if net.state(self.id) != 'open':
            raise OSError(errno.ECONNRESET)
        # A small part, as a board with little memory takes it.
        return net.send(self.id, data[:200].hex())

    def recv(self, size):
        data = net.recv(self.id, size)
        if data is None:
            raise OSError(errno.EAGAIN)
        return bytes.fromhex(data)

    def close(self):
        net.close(self.id)


class socket:
    socket = Socket
    IPPROTO_TCP = TCP_NODELAY = 1
    getaddrinfo = lambda host, port: [(2, 1, 0, '', (host, port))]


class Poll:
    def register(self, socket, events):
        self.socket = socket

    def poll(self, wait):
        state = net.state(self.socket.id)
        return [] if state == 'connecting' else [(self.socket, 4 if state == 'open' else 8)]


class select:
    POLLOUT, POLLERR, POLLHUP = 4, 8, 16
    poll = Poll


class time:
    moved_ms = 0
    stopped_us = None
    ticks_ms = lambda: true_time.ticks_add(true_time.ticks_ms(), time.moved_ms)
    ticks_us = lambda: true_time.ticks_add(
        true_time.ticks_us() if time.stopped_us is None else time.stopped_us, time.moved_ms * 1000
    )
    ticks_add, ticks_diff = true_time.ticks_add, true_time.ticks_diff
    sleep_ms = true_time.sleep_ms


class os:
    rename, remove = true_os.rename, true_os.remove
    urandom = lambda count: bytes.fromhex(net.random(count))


class sys:
    platform = 'rp2'


for part in (machine, network, neopixel, socket, select, time, os, sys):
    true_sys.modules[part.__name__] = part
