import { connect as connectTcp, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Access } from '../../../hub/broker/access.ts';
import { Broker } from '../../../hub/broker/broker.ts';
import { systemClock } from '../../../hub/clock.ts';
import { topics } from '../../../shared/contract/topics.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { eventually } from '../../support/eventually.ts';
import { mqttClient } from '../../support/mqtt-clients.ts';

/** CONNECT as `stuck` with a keepalive of 60 s, and SUBSCRIBE to a room at QoS 0, by hand: no library reads for us. */
function stuckSubscriber(port: number): Socket {
  const socket = connectTcp({ port, host: '127.0.0.1' });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  socket.write(Uint8Array.of(0x10, 17, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 60, 0, 5, 0x73, 0x74, 0x75, 0x63, 0x6b));
  const filter = Buffer.from(topics.state('main'));
  socket.write(
    Buffer.concat([Uint8Array.of(0x82, 5 + filter.length, 0, 1, 0, filter.length), filter, Uint8Array.of(0)]),
  );
  return socket;
}

it('a subscriber that stops reading loses state, then its connection, while another gets every frame', async () => {
  const refused: [ErrorCode, string][] = [];
  const broker = new Broker({
    clock: systemClock,
    access: new Access('open', '', systemClock),
    handler: { received: () => {}, refused: () => {}, failed: () => {}, closed: () => {} },
    log: () => {},
    maxRate: 100,
    choices: () => {},
    presence: () => null,
    refused: (code, client) => refused.push([code, client]),
  });
  const port = await broker.start('127.0.0.1', 0);
  onTestFinished(() => broker.stop());
  const stuck = stuckSubscriber(port);
  await eventually(() => broker.clients === 1);
  stuck.pause();
  const healthy = await mqttClient(`mqtt://127.0.0.1:${port}`, {}, [topics.state('main')]);

  // Frames far larger than a snapshot, so that what the kernel holds for the stuck one is full in seconds.
  const frame = new Uint8Array(40_000);
  let sent = 0;
  while (broker.clients > 1) {
    broker.publishState(topics.state('main'), frame);
    sent++;
    await eventually(() => healthy.received.length === sent);
    healthy.received[sent - 1]!.payload = Buffer.alloc(0);
  }
  // The healthy one was given each frame before the next was sent: nothing ever waited for the stuck one.
  expect(healthy.received).toHaveLength(sent);
  expect(refused).toEqual([['subscriber-stalled', 'stuck']]);
});
