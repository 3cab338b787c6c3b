import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { paddlewire, spawnPaddlewire, startHub } from '../../support/hubs.ts';
import { TerminalKeys } from '../../../device/client/terminal/terminal-keys.ts';
import { courtText } from '../../../device/client/terminal/court-text.ts';
import { BUTTON } from '../../../shared/contract/messages.ts';

describe('paddlewire play --bot', () => {
  it('takes the wished seat, moves its paddle to the ball, and leaves when it is told to end', async () => {
    const { hub, address } = await startHub({}, { PADDLEWIRE_PONG_BALL_SPEED: '10000' });
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
    await eventually(() => (hub.lobby.session('bot-left')?.counters.inputs ?? 0) > 3);
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

  it('without a terminal says that it needs one', async () => {
    const { address } = await startHub();
    const { code, stderr } = await paddlewire(['play', '--host', `127.0.0.1:${address.mqttPort}`]);
    expect(code).toBe(2);
    expect(stderr).toContain('--bot');
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
