/** The program of the WiFi boards in the true MicroPython interpreter, against a real hub over TCP. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pinFor } from '../../../hardware/boards/board.ts';
import { esp32 } from '../../../hardware/boards/esp32.ts';
import { picoW } from '../../../hardware/boards/pico-w.ts';
import type { Session } from '../../../hub/lobby/session.ts';
import { Sqlite } from '../../../hub/store/sqlite.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { startHub, temporaryFolder, type RunningHub } from '../../support/hubs.ts';
import { MicroPythonBoard, type BoardOptions } from '../../support/micropython-board.ts';
import { RawDevice } from '../../support/mqtt-clients.ts';

const ID = 'pico-e6614c311b7a2c91';
const PIN = { up: 14, down: 15, speaker: 16, light: 17 };

const plug = (
  { address }: RunningHub,
  settings: BoardOptions['settings'] = {},
  more: Partial<BoardOptions> = {},
): Promise<MicroPythonBoard> =>
  MicroPythonBoard.start({ settings: { HUB: '127.0.0.1', HUB_PORT: address.mqttPort, ...settings }, ...more });

const seated = (board: MicroPythonBoard): Promise<unknown> => eventually(() => board.value('paddle.seat or None'));
const shows = (board: MicroPythonBoard, pattern: string): boolean =>
  board.value(`(paddle.show.over or paddle.show.base) is main.${pattern}`) === true;
const session = ({ hub }: RunningHub): Session => {
  const found = hub.lobby.session(ID);
  if (found === undefined) throw new Error('the hub does not know the board');
  return found;
};
const commandOf = ({ hub }: RunningHub, id = ID): unknown => hub.rooms.get('main')?.seats.of(id)?.command;

const sentInputs = (board: MicroPythonBoard): { time: number }[] =>
  [...board.network.sent.matchAll(/\{[^{}]*"INPUT"[^{}]*\}/g)].map(([text]) => JSON.parse(text) as { time: number });

/** A message from the hub as it would come, in a packet of MQTT. */
function tell(board: MicroPythonBoard, payload: string, id = ID): void {
  const topic = Buffer.from(topics.down(id));
  const body = Buffer.concat([Buffer.from([0, topic.length]), topic, Buffer.from(payload)]);
  board.network.inject(Buffer.concat([Buffer.from([0x30, (body.length & 127) | 128, body.length >> 7]), body]));
}

const end = (points: number): string => `{"type":"END","result":"loss","winner":"","scores":[${points},0,0,0]}`;
const stored = (folder: string): { seq: number; data: { scores: number[] } }[] =>
  new Sqlite(join(folder, 'scores.db'))
    .all('SELECT seq, data FROM records ORDER BY seq')
    .map((row) => ({ seq: Number(row['seq']), data: JSON.parse(String(row['data'])) as { scores: number[] } }));

describe('the pins of the program', () => {
  it.each([
    ['rp2', picoW],
    ['esp32', esp32],
  ] as const)('are those of the pictures: %s', async (platform, board) => {
    const program = await MicroPythonBoard.start({ settings: { HUB: '127.0.0.1', HUB_PORT: 1 }, platform });
    const pins = program.value(`main.PINS['${platform}']`) as Record<string, number>;
    const roles = board.drives.find(({ means }) => means === 'micropython')?.roles ?? [];
    expect(Object.keys(pins).toSorted()).toEqual([...roles].toSorted());
    for (const role of roles) expect(`GPIO${pins[role]}`).toBe(pinFor(board, role).chip);
    await eventually(() => program.value('len(board.WLAN.asked) or None'));
    expect(program.value('board.WLAN.configured')).toEqual({ pm: platform === 'rp2' ? 0xa11140 : 0 });
  });
});

describe('a paddle over WiFi', () => {
  it('finds its hub, sits down and plays; what is felt by a finger is sent once, with its time', async () => {
    const running = await startHub();
    const board = await plug(running, { NAME: 'Zoë', SIDE: 'right' });
    expect(await seated(board)).toBe('right');
    const { name, kind, firmware, restarts } = session(running);
    expect({ name, kind, firmware, restarts }).toEqual({
      name: 'Zoë',
      kind: 'board',
      firmware: 'micropython 0.1.0',
      restarts: 1,
    });
    for (const [pin, level, command] of [
      [PIN.up, 0, 1],
      [PIN.up, 1, 0],
      [PIN.down, 0, 2],
      [PIN.down, 1, 0],
    ] as const) {
      const { inputs } = session(running).counters;
      // Contacts bounce: four edges more before they rest.
      board.set(pin, level, 1 - level, level, 1 - level, level);
      await eventually(() => commandOf(running) === command);
      board.wait(10);
      await eventually(() => board.value('all(button.changed_at is None for button in paddle.buttons.buttons)'));
      expect(session(running).counters.inputs).toBe(inputs + 1);
    }
    // The time is that of the press, in µs of the board's clock, however late it is sent.
    const before = board.value('paddle.clock.now()') as number;
    board.set(PIN.up, 0);
    const after = board.value('paddle.clock.now()') as number;
    board.wait(500);
    await eventually(() => commandOf(running) === 1);
    const told = sentInputs(board).at(-1)?.time;
    expect(told).toBeGreaterThanOrEqual(before);
    expect(told).toBeLessThanOrEqual(after);
    board.set(PIN.up, 1);
    await eventually(() => commandOf(running) === 0);
    board.wait(10);
    await eventually(() => board.value('all(button.changed_at is None for button in paddle.buttons.buttons)'));
    // A tap shorter than the bounce is a press and a release.
    const { inputs } = session(running).counters;
    board.set(PIN.up, 0, 1);
    await eventually(() => session(running).counters.inputs === inputs + 2);
    await eventually(() => session(running).clock.known);
    expect(session(running).counters).toMatchObject({ stale: 0, missed: 0, refused: 0 });
    expect(board.value('board.Pin.levels')).toMatchObject({ [PIN.light]: 1 });
    board.set(PIN.down, 0);
    await eventually(() => commandOf(running) === 2);
    board.run('paddle.buttons.buttons[1].since -= 10_000');
    tell(board, '{"type":"ASK"}');
    const report = await eventually(() => session(running).report);
    expect(report).toMatchObject({ stuck: 2, lost: [0, 0, 0, 0, 0] });
    expect(report.bounce.length).toBe(2);
  });

  it('turns a knob', async () => {
    const running = await startHub();
    const board = await plug(running, { KNOB: true }, { platform: 'esp32' });
    await seated(board);
    board.run('board.ADC.value = 32768');
    await eventually(() => board.value('paddle.axis') === 2048);
    const id = board.value('paddle.id') as string;
    const middle = await eventually(() => (commandOf(running, id) as number) > 3 && commandOf(running, id));
    board.run('board.ADC.value = 65535');
    await eventually(() => board.value('paddle.axis') === 4095 && commandOf(running, id) !== middle);
  });

  it('shows and sounds what the hub asks for, and the score on the bar', async () => {
    const running = await startHub();
    const board = await plug(running);
    await seated(board);
    running.hub.lobby.send(ID, { type: 'EFFECT', effect: 'tone', value: 880, ms: 60 });
    await eventually(() => (board.value('board.PWM.tones') as unknown[]).length === 2);
    expect(board.value('board.PWM.tones')).toEqual([
      [PIN.speaker, 880],
      [PIN.speaker, 0],
    ]);
    running.hub.lobby.send(ID, { type: 'EFFECT', effect: 'light', value: 2, ms: 300 });
    await eventually(() => shows(board, 'flash'));
    await eventually(() => shows(board, 'steady'));
    running.hub.lobby.send(ID, { type: 'EFFECT', effect: 'identify', value: 0, ms: 60_000 });
    await eventually(() => shows(board, 'looked_for'));
    board.set(PIN.up, 0);
    await eventually(() => shows(board, 'steady'));
    tell(board, '{"type":"SCORE","points":3,"scores":[3,0,0,0],"lifetimePoints":3,"lifetimeWins":0}');
    await eventually(() => board.value('sum(colour != (0, 0, 0) for colour in board.NeoPixel.shown)') === 3);
    tell(board, '{"type":"SCORE","points":9,"scores":[9,0,0,0],"lifetimePoints":9,"lifetimeWins":0}');
    await eventually(() => board.value('sum(colour != (0, 0, 0) for colour in board.NeoPixel.shown)') === 8);
  });

  it('survives what it does not understand, and drops a line that makes no sense', async () => {
    const running = await startHub();
    const board = await plug(running);
    await seated(board);
    const nonsense = [
      '',
      '{',
      '\u00ff',
      '[1,2]',
      '7',
      '{"type":"NEW"}',
      '{"type":7}',
      '{"type":"PING"}',
      '{"type":"SCORE"}',
    ];
    nonsense.push('{"type":"EFFECT","effect":"light","value":"red"}', '{"type":"SCORE","points":"many"}');
    for (const payload of nonsense) tell(board, payload);
    await eventually(() => (board.value('paddle.bad') as number) >= 8);
    expect(board.value('paddle.seat or None')).toBe('left');
    // Longer than any packet of the hub: it connects anew.
    const { births } = session(running);
    board.network.inject(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f, 1, 2, 3]));
    await eventually(() => session(running).births > births);
    await seated(board);
    board.set(PIN.up, 0);
    await eventually(() => commandOf(running) === 1);
  });

  it('finds a hub that was restarted, one that fell silent, and a WiFi that was away', async () => {
    const running = await startHub();
    const board = await plug(running);
    await seated(board);
    await running.hub.stop();
    await eventually(() => shows(board, 'no_hub'));
    board.set(PIN.up, 0);
    const again = await startHub({ 'mqtt.port': `${running.address.mqttPort}` });
    await eventually(() => {
      board.wait(100);
      return board.value('paddle.seat or None');
    });
    // Held since before: told when it sits down.
    await eventually(() => commandOf(again) === 1);
    board.network.deaf = true;
    board.wait(3000);
    await eventually(() => shows(board, 'no_hub'));
    board.network.deaf = false;
    await eventually(() => {
      board.wait(100);
      return board.value('paddle.seat or None');
    });
    board.run('board.WLAN.there = False');
    await eventually(() => shows(board, 'no_wifi'));
    const asked = board.value('len(board.WLAN.asked)') as number;
    await eventually(() => {
      board.wait(100);
      return (board.value('len(board.WLAN.asked)') as number) > asked + 2;
    });
    board.run('board.WLAN.there = True');
    await seated(board);
    await eventually(() => shows(board, 'steady'));
  });

  it('shows a wrong PIN, and that one is missing; plays with the right one', async () => {
    const running = await startHub({ 'access.mode': 'pin' }, { PADDLEWIRE_ACCESS_SECRET: '4711' });
    for (const SECRET of ['4712', '']) {
      const board = await plug(running, { SECRET });
      await eventually(() => shows(board, 'refused'));
      expect(board.printed.at(-1)).toBe('The hub wants a PIN, and this is not it. Look at SECRET in settings.py.');
      board.cutPower();
    }
    await seated(await plug(running, { SECRET: '4711' }));
  });
});

describe('the matches that it keeps for the hub', () => {
  it('are written by a real match, with the presses of it', async () => {
    const data = temporaryFolder();
    const quick = { PADDLEWIRE_PONG_BALL_SPEED: '50000', PADDLEWIRE_PONG_SERVE_MS: '0', PADDLEWIRE_PONG_TARGET: '2' };
    const running = await startHub({ data }, quick);
    const board = await plug(running);
    await seated(board);
    board.set(PIN.up, 0);
    await eventually(() => board.value('paddle.presses') === 1);
    await RawDevice.seated(running.url, 'other');
    const [first] = await eventually(() => {
      const records = stored(data);
      return records.length > 0 && records;
    });
    expect(first?.data).toMatchObject({ seat: 'left', presses: 1 });
  });

  it('arrive once each, in order, over lost packets, lost power and a hub that was away', async () => {
    const data = temporaryFolder();
    let running = await startHub({ data });
    const mqttPort = `${running.address.mqttPort}`;
    let board = await plug(running);
    for (let match = 0; match < 12; match++) {
      await seated(board);
      if (match % 3 === 0) board.network.mute = true;
      else if (match % 3 === 1) board.network.deaf = true;
      tell(board, end(match));
      await eventually(() => board.flash.includes(`[${match}, 0, 0, 0]`));
      if (board.network.deaf) {
        await eventually(() => board.network.sent.includes('"RECORD"'));
        // Not again before its time.
        const steps = board.value('board.Pin.writes') as number;
        await eventually(() => (board.value('board.Pin.writes') as number) > steps + 20);
        expect(board.network.sent.match(/"RECORD"/g)?.length).toBeLessThan(5);
      }
      if (match % 4 === 3) {
        await running.hub.stop();
        running = await startHub({ data, 'mqtt.port': mqttPort });
      }
      // Half of the time the power goes before the ACK has come, and the newest line is torn.
      const flash = match % 2 === 0 ? `${board.flash}[99` : board.flash;
      board.cutPower();
      board = await plug(running, {}, { flash });
    }
    await eventually(() => board.value('len(paddle.records.pending)') === 0);
    const records = stored(data);
    expect(records.map((record) => record.data.scores[0])).toEqual(Array.from({ length: 12 }, (_, match) => match));
    expect(board.value('paddle.records.starts')).toBe(13);
    expect(session(running).restarts).toBe(13);
  });
});
