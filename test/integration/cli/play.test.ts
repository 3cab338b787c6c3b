import { describe, expect, it, onTestFinished } from 'vitest';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { hubUrl } from '../../../hub/cli/hub-url.ts';
import { eventually } from '../../support/eventually.ts';
import { paddlewire, spawnPaddlewire, startHub } from '../../support/hubs.ts';
import { RawDevice } from '../../support/mqtt-clients.ts';
import { TerminalKeys } from '../../../device/client/terminal/terminal-keys.ts';
import { courtText } from '../../../device/client/terminal/court-text.ts';
import { BUTTON } from '../../../shared/contract/messages.ts';

describe('paddlewire play --bot', () => {
  it('takes the wished seat, moves its paddle to the ball, and leaves when it is told to end', async () => {
    const env = { PADDLEWIRE_PONG_BALL_SPEED: '10000', PADDLEWIRE_PONG_SERVE_MS: '0', PADDLEWIRE_PONG_TARGET: '99' };
    const { hub, address } = await startHub({}, env);
    const bots = ['left', 'right'].map((side) =>
      spawnPaddlewire([
        'play',
        '--bot',
        '--side',
        side,
        '--id',
        `bot-${side}`,
        '--host',
        `127.0.0.1:${address.mqttPort}`,
      ]),
    );
    const room = hub.rooms.get('main');
    await eventually(() => room?.seats.of('bot-left')?.name === 'left' && room.seats.of('bot-right')?.name === 'right');
    // Of the two together: a ball that comes to the middle each time leaves one of them at rest for long.
    const inputs = (id: string): number => hub.lobby.session(id)?.counters.inputs ?? 0;
    await eventually(() => inputs('bot-left') + inputs('bot-right') > 3);
    const codes = await Promise.all(
      bots.map((bot) => {
        const ended = new Promise((resolve) => bot.once('exit', resolve));
        bot.kill('SIGTERM');
        return ended;
      }),
    );
    expect(codes).toEqual([0, 0]);
    await eventually(() => room?.seats.taken.length === 0);
  });

  it('waits while all seats are taken, and takes the one that is freed', async () => {
    const { hub, address, url } = await startHub();
    const sitters: RawDevice[] = [];
    for (const id of ['a', 'b', 'c', 'd']) sitters.push(await RawDevice.seated(url, id));
    spawnPaddlewire(['play', '--bot', '--id', 'patient', '--host', `127.0.0.1:${address.mqttPort}`]);
    await eventually(() => hub.lobby.refusals.get('seat-none-free'));
    sitters[2]?.send({ type: 'LEAVE' });
    await eventually(() => hub.rooms.get('main')?.seats.of('patient')?.name === 'up');
  });

  it('without a terminal says that it needs one', async () => {
    const { address } = await startHub();
    const { code, stderr } = await paddlewire(['play', '--host', `127.0.0.1:${address.mqttPort}`]);
    expect(code).toBe(2);
    expect(stderr).toContain('--bot');
  });
});

describe('what paddlewire play is told', () => {
  it.each([
    ['--name', 'ä'.repeat(17)],
    ['--name', 'two\nlines'],
    ['--side', 'thirteen-long'],
    ['--side', 'l\u0007ft'],
    ['--room', 'r'.repeat(25)],
    ['--room', 'a\tb'],
    ['--host', 'http://localhost'],
    ['--host', 'localhost:70000'],
    ['--host', 'two words'],
  ])('%s %j is wrong usage, said before anything is connected', async (option, value) => {
    const { code, stderr } = await paddlewire(['play', '--bot', option, value]);
    expect(code).toBe(2);
    expect(stderr).toContain(option);
    expect(stderr).toContain('usage:');
  });

  it.each([
    ['localhost', 'mqtt://localhost:1883'],
    ['raspberrypi.local:1884', 'mqtt://raspberrypi.local:1884'],
    ['192.168.1.20', 'mqtt://192.168.1.20:1883'],
    ['::1', 'mqtt://[::1]:1883'],
    ['[::1]', 'mqtt://[::1]:1883'],
    ['[::1]:1884', 'mqtt://[::1]:1884'],
    ['mqtt://hub', 'mqtt://hub'],
    ['mqtts://hub:8883', 'mqtts://hub:8883'],
    ['ws://hub:8080/mqtt', 'ws://hub:8080/mqtt'],
    ['wss://[::1]:8080/mqtt', 'wss://[::1]:8080/mqtt'],
  ])('--host %s is %s', (host, url) => {
    expect(hubUrl(host)).toBe(url);
  });

  it.each([
    '',
    ':1883',
    'hub:',
    'hub:0',
    'hub:x',
    'a:b:c',
    '[::1',
    '[hub]',
    '::1%eth0',
    'mqtt://',
    'hub name',
    'tcp://hub',
  ])('--host %j is none', (host) => {
    expect(() => hubUrl(host)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it.each(['mqtt', 'ws'])('a hub is found at an IPv6 address, by %s', async (scheme) => {
    const { address, hub } = await startHub({ host: '::1' });
    const port = scheme === 'mqtt' ? `[::1]:${address.mqttPort}` : `ws://[::1]:${address.httpPort}/mqtt`;
    const device = new MqttDevice({ url: hubUrl(port), id: 'six', join: {} });
    onTestFinished(() => device.stop());
    device.start();
    await eventually(() => hub.rooms.get('main')?.seats.of('six'));
  });
});

describe('keys of a terminal', () => {
  it.each([
    ['arrows', '\u001b[A', BUTTON.up],
    ['arrows', '\u001bOB', BUTTON.down],
    ['wasd', 'w', BUTTON.up],
    ['wasd', 'S', BUTTON.down],
    ['ijkl', 'k', BUTTON.down],
    ['numpad', '8', BUTTON.up],
    ['wasd', ' ', BUTTON.action],
  ] as const)('%s: %j', (map, typed, button) => {
    const seen: number[] = [];
    const keys = new TerminalKeys(map, (buttons) => seen.push(buttons));
    expect(keys.push(typed)).toBe(true);
    expect(seen).toEqual([button]);
    keys.stop();
  });

  it('another direction takes over at once; a key of no use changes nothing; q, Esc and Ctrl-C quit', () => {
    const seen: number[] = [];
    const keys = new TerminalKeys('wasd', (buttons) => seen.push(buttons));
    keys.push('wws');
    expect(seen.at(-1)).toBe(BUTTON.down);
    keys.push('x8');
    expect(seen.at(-1)).toBe(BUTTON.down);
    expect(keys.push('q')).toBe(false);
    expect(keys.push('\u001b')).toBe(false);
    expect(keys.push('\u0003')).toBe(false);
    keys.stop();
  });
});

describe('the court as text', () => {
  it('has its frame, the ball and the paddles where they are', () => {
    const lines = courtText(
      {
        you: 'left',
        court: [900, 600],
        size: 30,
        ball: [450, 300],
        velocity: [0, 0],
        length: 60,
        paddles: { left: 300, right: 30, up: 450 },
        scores: { left: 0, right: 0, up: 0, down: 0 },
        serving: null,
      },
      60,
      20,
    );
    expect(lines).toHaveLength(22);
    expect(new Set(lines.map(({ length }) => length))).toEqual(new Set([62]));
    expect(lines[11]?.[31]).toBe('●');
    expect(lines[11]?.[4]).toBe('█');
    expect(lines[1]?.[57]).toBe('█');
    expect(lines[2]).toContain('▀▀▀▀▀▀');
  });
});
