# Your settings. Put this file on the board beside main.py, and start the board again after a change.

WIFI_NAME = 'classroom'
WIFI_PASSWORD = 'the password of the WiFi'

HUB = '192.168.1.10'  # address of the hub, as its page shows it
HUB_PORT = 1883       # the hub's port for MQTT
SECRET = ''           # the PIN, if the hub wants one

NAME = ''             # your name, as the big screen shall show it; '': the hub makes one
SIDE = ''             # 'left', 'right', 'up' or 'down'; '': the next free seat

KNOB = False          # True: a knob is wired to the board
PIXELS = 8            # how many NeoPixels the bar has; 0: none

PINS = {}             # other pins than the usual ones, such as {'up': 2, 'light': 3}
