import { describe, expect, it, onTestFinished } from 'vitest';
import { connect as connectTcp } from 'node:net';
import { BACKWARD, Bench, settledOn } from '../../support/boards.ts';
import { eventually } from '../../support/eventually.ts';
import { startHub } from '../../support/hubs.ts';
import { mqttClient, RawDevice } from '../../support/mqtt-clients.ts';
import { missing } from '../../support/needs.ts';
import { CHOICES_TALLY_TOPIC } from '../../../shared/contract/topics.ts';

describe.skipIf(missing('pty'))('the id of a board that is there', () => {
  it('cannot be taken by a program that claims it over MQTT, nor its page rewritten', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await bench.plug('own');
    const session = await settledOn(running, board);
    const intruder = await RawDevice.connect(running.url, session.id);
    for (let time = 0; time < 5; time++) intruder.hello();
    intruder.test.client.publish(`paddlewire/1/devices/${session.id}/presence`, '{"state":"sleeping"}');
    await intruder.refused('id-in-use');
    expect(session.link?.address).toBe(board.path);
    expect(session.presence).toContain('"ready"');
    await RawDevice.seated(running.url, 'other');
    await board.press(BACKWARD);
    await eventually(() => session.counters.inputs > 0);
  });
});

describe('QoS 2', () => {
  it('repeated by the client counts once', async () => {
    const { url, address } = await startHub();
    const watcher = await mqttClient(url, {}, [CHOICES_TALLY_TOPIC]);
    const socket = connectTcp(address.mqttPort, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.write(Uint8Array.of(0x10, 15, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 30, 0, 3, 0x64, 0x75, 0x70));
    const topic = Buffer.from('game/player_choices');
    const payload = Buffer.from('{"user_choice":"R","AI_choice":"S"}');
    const body = Buffer.concat([Uint8Array.of(0, topic.length), topic, Uint8Array.of(0, 9), payload]);
    const publish = (header: number): Buffer => Buffer.concat([Uint8Array.of(header, body.length), body]);
    // PUBLISH at QoS 2, and twice again with DUP set, as after a PUBREC that was lost.
    for (const header of [0x34, 0x3c, 0x3c]) socket.write(publish(header));
    socket.write(Uint8Array.of(0xc0, 0));
    await new Promise((resolve) => socket.once('data', resolve));
    const one = await mqttClient(url, {});
    await one.client.publishAsync('game/player_choices', '{"user_choice":"P","AI_choice":"R"}', { qos: 1 });
    await eventually(
      () => (watcher.json(CHOICES_TALLY_TOPIC) as { human_score?: number } | undefined)?.human_score === 2,
    );
  });
});
