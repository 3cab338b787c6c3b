import { describe, expect, it } from 'vitest';
import type { HealthPage } from '../../../hub/health/health.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { call } from '../../support/http-api.ts';
import { startHub, type RunningHub } from '../../support/hubs.ts';
import { mqttClient, RawDevice } from '../../support/mqtt-clients.ts';

async function playing(): Promise<RunningHub> {
  const running = await startHub({}, { PADDLEWIRE_ROOMS_NAMES: 'main,quiz:buzzer' });
  await call(running.http, 'POST /api/rooms/{room}/bots', { room: 'main' }, { count: 3 });
  const ada = await RawDevice.seated(running.url, 'ada');
  ada.send({ type: 'INPUT', seq: 3, time: 0, buttons: 1, axis: null });
  ada.raw('nonsense');
  await ada.refused('message-malformed');
  await eventually(() => running.hub.rooms.get('main')?.phase === 'playing');
  return running;
}

describe('health', () => {
  it('tells of rooms, messages, memory, disk and journals, on its topic and over HTTP', async () => {
    const running = await playing();
    const watcher = await mqttClient(running.url, {}, [topics.health]);
    const page = await eventually(() => {
      const newest = watcher.json(topics.health) as HealthPage | undefined;
      const full = (newest?.messagesPerSecond.out ?? 0) > 0 && (newest?.journalLagMs ?? 0) > 0;
      return full && newest?.tickWorkMs?.max !== 0 && newest?.diskFreeBytes !== null ? newest : undefined;
    });
    expect(page).toMatchObject({ rooms: 2, devices: 4, store: 'ok', ticksSkipped: expect.any(Number) });
    expect(page?.refused).toMatchObject({ 'message-malformed': 1 });
    expect(page?.memoryBytes).toBeGreaterThan(10_000_000);
    expect(page?.diskFreeBytes).toBeGreaterThan(0);
    expect(page?.perRoom.map(({ room, game, seatsTaken }) => [room, game, seatsTaken])).toEqual([
      ['main', 'pong', 4],
      ['quiz', 'buzzer', 0],
    ]);
    expect((await call(running.http, 'GET /healthz')).body).toMatchObject({ rooms: 2, links: [{}, {}, {}, {}] });
  });

  it('is told to Prometheus: each metric once with its help and type, each sample a number', async () => {
    const { http } = await playing();
    const response = await fetch(`${http}/metrics`);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await response.text();
    expect(text.endsWith('\n')).toBe(true);
    const values = new Map<string, number>();
    const described: string[] = [];
    let [metric, type] = ['', ''];
    for (const line of text.trimEnd().split('\n')) {
      const help = /^# HELP (paddlewire_[a-z_]+) \S.*\.$/.exec(line)?.[1];
      const typed = /^# TYPE (paddlewire_[a-z_]+) (counter|gauge|summary)$/.exec(line);
      if (help !== undefined) described.push((metric = help));
      else if (typed !== null) {
        expect(typed[1]).toBe(metric);
        type = typed[2] as string;
      } else {
        const sample = /^([a-z_]+)(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? (-?[\d.e+-]+)$/.exec(line);
        expect(sample, line).not.toBeNull();
        const [, name = '', labels = '', , value = ''] = sample ?? [];
        expect(type === 'summary' ? name.replace(/_(sum|count)$/, '') : name).toBe(metric);
        expect(Number.isFinite(Number(value)), line).toBe(true);
        expect(values.has(name + labels), line).toBe(false);
        values.set(name + labels, Number(value));
      }
    }
    expect(new Set(described).size).toBe(described.length);
    expect(values.get('paddlewire_refused_total{code="message-malformed"}')).toBe(1);
    expect(values.get('paddlewire_room_playing{room="main"}')).toBe(1);
    expect(values.get('paddlewire_room_playing{room="quiz"}')).toBe(0);
    expect(values.get('paddlewire_link_missed_inputs_total{device="ada"}')).toBe(2);
    expect(values.get('paddlewire_messages_total{direction="in"}')).toBeGreaterThan(8);
    expect(values.get('paddlewire_tick_work_seconds_count{room="quiz"}')).toBeGreaterThan(0);
    expect(values.get('paddlewire_tick_lateness_seconds{room="main",quantile="0.99"}')).toBeGreaterThanOrEqual(0);
  });
});
