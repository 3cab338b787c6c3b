import { execFile, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CHOICES_TALLY_TOPIC, CHOICES_TOPIC } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { paddlewire, spawnHub, startHub, temporaryFolder } from '../../support/hubs.ts';
import { mqttClient } from '../../support/mqtt-clients.ts';
import { missing } from '../../support/needs.ts';

interface Tally {
  human_score: number;
  AI_score: number;
}

/** Publishes rounds and gives the tally when all of them count. */
async function play(url: string, rounds: unknown[], expected: Tally): Promise<void> {
  const client = await mqttClient(url, {}, [CHOICES_TALLY_TOPIC]);
  for (const round of rounds)
    await client.client.publishAsync(CHOICES_TOPIC, typeof round === 'string' ? round : JSON.stringify(round), {
      qos: 1,
    });
  await eventually(() => {
    const tally = client.json(CHOICES_TALLY_TOPIC) as Tally | undefined;
    return tally?.human_score === expected.human_score && tally.AI_score === expected.AI_score;
  });
}

const round = (user_choice: string, AI_choice: string): unknown => ({ user_choice, AI_choice });

describe('programs that publish both choices of rock-paper-scissors', () => {
  it('have every one of the nine rounds judged, and their wins survive kill -9', async () => {
    const folder = temporaryFolder();
    const first = await spawnHub(['--data', folder]);
    const all = ['R', 'P', 'S'].flatMap((user) => ['R', 'P', 'S'].map((ai) => round(user, ai)));
    await play(first.url, all, { human_score: 3, AI_score: 3 });
    await first.kill();
    const second = await spawnHub(['--data', folder]);
    await play(second.url, [round('R', 'S')], { human_score: 4, AI_score: 3 });
    await second.stop();
    const { stdout } = await paddlewire(['scores', '--data', folder]);
    expect(stdout).toContain('human won 4');
    expect(stdout).toContain('AI won 3');
  });

  it('what is no choice is refused and counted, and wins for nobody', async () => {
    const { url, hub } = await startHub();
    const wrong = [
      'no JSON',
      '{}',
      '[]',
      'null',
      '"R"',
      round('r', 'S'),
      round('X', 'R'),
      { user_choice: 'R' },
      { user_choice: ['R'], AI_choice: 'S' },
      round('constructor', 'R'),
      'x'.repeat(1000),
    ];
    await play(url, [...wrong, round('P', 'R')], { human_score: 1, AI_score: 0 });
    const counted = ['message-malformed', 'message-too-large', 'command-invalid'].map(
      (code) => hub.refusals.get(code) ?? 0,
    );
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(wrong.length);
  });

  it('goes on from what was imported', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'game_data.json');
    writeFileSync(file, '{"human_score": 100, "AI_score": 50}');
    await paddlewire(['scores', 'import', file, '--data', folder]);
    const { url } = await startHub({ data: folder });
    await play(url, [round('S', 'P')], { human_score: 101, AI_score: 50 });
  });
});

/** A program of that kind, as a pupil writes it with paho-mqtt 1.x: its own file and score keeping left out. */
const PYTHON = `
import json, sys
import paho.mqtt.client as mqtt

done = 0

def on_connect(client, userdata, flags, rc):
    client.subscribe("game/player_choices")
    for user, ai in [("R", "S"), ("R", "P"), ("S", "P"), ("P", "P")]:
        client.publish("game/player_choices", json.dumps({"user_choice": user, "AI_choice": ai}))

def on_message(client, userdata, message):
    global done
    json.loads(message.payload.decode())
    done += 1
    if done == 4:
        client.disconnect()

client = mqtt.Client()
client.on_connect = on_connect
client.on_message = on_message
client.connect("127.0.0.1", int(sys.argv[1]), 60)
client.loop_forever()
`;

describe.skipIf(missing('paho'))('a Python program with paho-mqtt', () => {
  it('runs against the hub with only host and port changed, hears its own messages, and its wins are kept', async () => {
    const { url, address } = await startHub();
    const file = join(temporaryFolder(), 'client.py');
    writeFileSync(file, PYTHON);
    await promisify(execFile)('/usr/bin/python3', [file, String(address.mqttPort)]);
    await play(url, [], { human_score: 2, AI_score: 1 });
  });
});

describe.skipIf(missing('mosquitto_pub'))('mosquitto_pub, as the README shows it', () => {
  it('takes a seat with two lines of JSON', async () => {
    const { hub, address } = await startHub();
    const program = spawn('mosquitto_pub', [
      '-h',
      '127.0.0.1',
      '-p',
      String(address.mqttPort),
      '-i',
      'line',
      '-t',
      'paddlewire/1/devices/line/up',
      '-l',
    ]);
    program.stdin.write('{"type":"HELLO","version":1,"id":"line"}\n{"type":"JOIN","side":"down"}\n');
    await eventually(() => hub.rooms.get('main')?.seats.of('line')?.name === 'down');
    program.stdin.end();
    await new Promise((resolve) => program.once('close', resolve));
    await eventually(() => hub.rooms.get('main')?.seats.of('line')?.present === false);
  });
});
