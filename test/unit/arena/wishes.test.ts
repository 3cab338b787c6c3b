import { describe, expect, it } from 'vitest';
import { seatAll } from '../../../hub/cli/match/wishes.ts';
import { gameNamed, type AnyGame } from '../../../shared/games/registry.ts';

const PONG = gameNamed('pong') as AnyGame;

describe('who plays, as a command line says it', () => {
  it('sits in the order of the game, but for who names a seat', () => {
    const seated = seatAll(PONG, ['a.ts', 'keyboard:left', 'board:/dev/ttyACM0', 'down=dir/b.py']);
    expect(seated.map(({ seat, what, name }) => [seat, what, name])).toEqual([
      ['left', 'keyboard', 'keyboard'],
      ['right', 'file', 'a.ts'],
      ['up', 'board', 'board'],
      ['down', 'file', 'b.py'],
    ]);
    expect(seated[2]).toMatchObject({ port: '/dev/ttyACM0' });
    expect(seatAll(PONG, ['bot', 'board:LEFT'])).toMatchObject([
      { seat: 'left', what: 'board', port: null },
      { seat: 'right', what: 'bot' },
    ]);
  });

  it.each([
    ['players-wrong', ['bot']],
    ['players-wrong', ['bot', 'bot', 'bot', 'bot', 'bot']],
    ['player-unknown', ['bot', 'human']],
    ['seat-unknown', ['bot', 'keyboard:top']],
    ['seat-unknown', ['bot', 'top=a.ts']],
    ['seat-taken', ['left=bot', 'keyboard:left']],
  ])('is refused with %s: %j', (code, texts) => {
    expect(() => seatAll(PONG, texts)).toThrow(expect.objectContaining({ code }));
  });
});
