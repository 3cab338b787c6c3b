"""An agent, second shape (docs/agents.md): python3 agent.py --host 192.168.1.20 --token pw_... Needs paho-mqtt only."""
import argparse, json, os, random
import paho.mqtt.client as mqtt

class Agent:  # yours: only get_step has to be there
    def get_step(self, observation):
        along = 1 if observation["you"] in ("left", "right") else 0
        off = observation["ball"][along] - observation["paddles"][observation["you"]]
        return {"move": 0 if abs(off) < observation["length"] / 4 else (1 if off > 0 else -1)}

    def on_start_game(self, match):
        print("match", match)

    def on_end_game(self, won, stats):
        print("won" if won else "not won", stats["scores"])
        self.played = getattr(self, "played", 0) + 1

    def is_ready(self):
        return my.games == 0 or getattr(self, "played", 0) < my.games

parser = argparse.ArgumentParser()
for name, default in {"host": "localhost", "port": "1883", "id": "python-%06x" % random.getrandbits(24),
                      "token": "", "room": "", "seat": ""}.items():
    parser.add_argument("--" + name, default=os.environ.get("PADDLEWIRE_" + name.upper()) or default)
parser.add_argument("--games", type=int, default=0)
my = parser.parse_args()
room = my.room or ("league" if my.token else "")
agent, counter = Agent(), {"seq": 0}

def say(message, **fields):
    return client.publish("paddlewire/1/devices/%s/up" % my.id, json.dumps({"type": message, **fields}))

def heard(_client, _data, message):
    told = json.loads(message.payload)
    if told["type"] == "WELCOME" or (told["type"] == "SEAT" and told["side"] == "" and room.startswith("league")):
        say("JOIN", room=room, side=my.seat)
    elif told["type"] == "START":
        agent.on_start_game(told["match"])
    elif told["type"] == "OBSERVE" and told["value"] is not None:
        counter["seq"] += 1
        say("COMMAND", seq=counter["seq"], tick=told["tick"], value=agent.get_step(told["value"]))
    elif told["type"] == "END":
        agent.on_end_game(told["result"] == "win", told)
        if not agent.is_ready():
            say("LEAVE")
            client.disconnect()
    elif told["type"] in ("NOTE", "ERROR"):
        print(told.get("code", "note"), told["text"])

def connected(*_):
    client.subscribe("paddlewire/1/devices/%s/down" % my.id)
    say("HELLO", version=1, id=my.id, kind="agent", name="agent.py", lastSeq=counter["seq"], wants=1)

# paho-mqtt 2 wants to be told that these callbacks are those of version 1.
client = mqtt.Client(*([mqtt.CallbackAPIVersion.VERSION1] if hasattr(mqtt, "CallbackAPIVersion") else []), my.id)
client.username_pw_set(my.id, my.token or None)
client.on_connect, client.on_message = connected, heard
client.connect(my.host, int(my.port), keepalive=2)
client.loop_forever()
