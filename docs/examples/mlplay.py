"""An agent, first shape (docs/agents.md): python3 mlplay.py --host 192.168.1.20 --token pw_... Needs paho-mqtt only."""
import argparse, json, os, random
import paho.mqtt.client as mqtt

class MLPlay:  # yours: return a command, None for nothing new, or "RESET" when you have seen the end
    def update(self, scene):
        if scene["status"] == "GAME_OVER":
            return "RESET"
        along = 1 if scene["you"] in ("left", "right") else 0
        off = scene["ball"][along] - scene["paddles"][scene["you"]]
        return {"move": 0 if abs(off) < scene["length"] / 4 else (1 if off > 0 else -1)}

    def reset(self):
        print("ready for the next match")

parser = argparse.ArgumentParser()
for name, default in {"host": "localhost", "port": "1883", "id": "python-%06x" % random.getrandbits(24),
                      "token": "", "room": "", "seat": ""}.items():
    parser.add_argument("--" + name, default=os.environ.get("PADDLEWIRE_" + name.upper()) or default)
my = parser.parse_args()
room = my.room or ("league" if my.token else "")
play, last = MLPlay(), {"seq": 0, "scene": {}}

def say(message, **fields):
    client.publish("paddlewire/1/devices/%s/up" % my.id, json.dumps({"type": message, **fields}))

def update(status, tick, value):
    last["scene"] = {**value, "status": status, "frame": tick}
    command = play.update(last["scene"])
    if command == "RESET":
        play.reset()
    if status == "GAME_ALIVE":
        last["seq"] += 1
        say("COMMAND", seq=last["seq"], tick=tick, value=None if command == "RESET" else command)

def heard(_client, _data, message):
    told = json.loads(message.payload)
    if told["type"] == "WELCOME" or (told["type"] == "SEAT" and told["side"] == "" and room.startswith("league")):
        say("JOIN", room=room, side=my.seat)
    elif told["type"] == "OBSERVE" and told["value"] is not None:
        update("GAME_ALIVE", told["tick"], told["value"])
    elif told["type"] == "END":
        print("the match is over:", told["result"], told["scores"])
        update("GAME_OVER", 0, last["scene"])
    elif told["type"] in ("NOTE", "ERROR"):
        print(told.get("code", "note"), told["text"])

def connected(*_):
    client.subscribe("paddlewire/1/devices/%s/down" % my.id)
    say("HELLO", version=1, id=my.id, kind="agent", name="mlplay.py", lastSeq=last["seq"], wants=1)

# paho-mqtt 2 wants to be told that these callbacks are those of version 1.
client = mqtt.Client(*([mqtt.CallbackAPIVersion.VERSION1] if hasattr(mqtt, "CallbackAPIVersion") else []), my.id)
client.username_pw_set(my.id, my.token or None)
client.on_connect, client.on_message = connected, heard
client.connect(my.host, int(my.port), keepalive=2)
client.loop_forever()
