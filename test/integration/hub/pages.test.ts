/** What the hub publishes as JSON is what the documents say of it, and no more than that. */
import { expect, it } from 'vitest';
import {
  healthPage,
  presencePage,
  roomEvent,
  scoreboardPage,
  choicesTallyPage,
} from '../../../shared/contract/pages.ts';
import type { Schema } from '../../../shared/contract/schema.ts';
import { CHOICES_TALLY_TOPIC, topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { call } from '../../support/http-api.ts';
import { startHub } from '../../support/hubs.ts';
import { mqttClient, RawDevice } from '../../support/mqtt-clients.ts';

const FAST = { PADDLEWIRE_PONG_BALL_SPEED: '20000', PADDLEWIRE_PONG_SERVE_MS: '0' };

const SCHEMAS: readonly (readonly [string, RegExp, Schema<unknown>])[] = [
  ['presence', /\/presence$/, presencePage],
  ['event', /\/events$/, roomEvent],
  ['scoreboard', /\/scoreboard$/, scoreboardPage],
  ['health', /\/health$/, healthPage],
  ['tally', /^game\//, choicesTallyPage],
];

it('every page and event of a match is as its schema says', async () => {
  const running = await startHub({}, FAST);
  const watcher = await mqttClient(running.url, {}, [
    topics.presence('+'),
    topics.events('main'),
    topics.scoreboard('main'),
    topics.health,
    CHOICES_TALLY_TOPIC,
  ]);
  await RawDevice.seated(running.url, 'ada');
  await call(running.http, 'POST /api/rooms/{room}/bots', { room: 'main' }, { count: 1 });
  const lab = { delayMs: 20, jitterMs: 5, lossPercent: 1 };
  await call(running.http, 'POST /api/rooms/{room}/lab', { room: 'main' }, { seat: 'left', lab });
  await eventually(() => watcher.received.some(({ payload }) => payload.toString().includes('"event":"point"')));
  await call(running.http, 'POST /api/rooms/{room}/pause', { room: 'main' });
  await eventually(() => JSON.stringify(watcher.json(topics.scoreboard('main'))).includes('"teacher"'));
  const seen = new Set<string>();
  for (const { topic, payload } of watcher.received) {
    const [name, , schema] = SCHEMAS.find(([, pattern]) => pattern.test(topic)) ?? [];
    const page = JSON.parse(payload.toString()) as unknown;
    expect(schema?.check(page, ''), `${topic} ${payload.toString()}`).toEqual(page);
    seen.add(name ?? '');
  }
  expect([...seen].toSorted()).toEqual(SCHEMAS.map(([name]) => name).toSorted());
});
