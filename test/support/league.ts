/** Users and agents of the league for tests. */
import type { AnswerOf } from '../../shared/contract/api.ts';
import type { RunningHub } from './hubs.ts';
import { call } from './http-api.ts';
import { RawDevice } from './mqtt-clients.ts';

/** Matches that are over in a moment, and a league that pairs at once; nobody waits for a bot. */
export const QUICK_LEAGUE = {
  PADDLEWIRE_PONG_BALL_SPEED: '50000',
  PADDLEWIRE_PONG_SERVE_MS: '0',
  PADDLEWIRE_PONG_TARGET: '1',
  PADDLEWIRE_LEAGUE_COUNTDOWN_MS: '0',
  PADDLEWIRE_LEAGUE_EVERY_MS: '50',
  PADDLEWIRE_LEAGUE_BOTS: 'off',
} as const;

export const PASSWORD = 'correct horse';

/** Adds a user as who leads does. */
export async function addUser({ http }: RunningHub, name: string): Promise<AnswerOf<'POST /api/league/register'>> {
  const { status, body } = await call(http, 'POST /api/league/register', {}, { name, password: PASSWORD });
  if (status !== 200) throw new Error(`${name} could not be added: ${body.text}`);
  return body;
}

/** A device that came with a token and has said HELLO. */
export async function agent(running: RunningHub, id: string, token: string): Promise<RawDevice> {
  const device = await RawDevice.connect(running.url, id, { username: id, password: token });
  device.hello();
  await device.told('WELCOME');
  return device;
}

export const joinLeague = (device: RawDevice, room = 'league'): void => device.send({ type: 'JOIN', room, side: '' });

/** Asks for a match, and for the next one whenever its seat is taken away, as a runner of agents does. */
export function keepsJoining(device: RawDevice, room = 'league'): void {
  let seen = 0;
  device.test.client.on('message', () => {
    const fresh = device.messages.slice(seen);
    seen = device.messages.length;
    if (fresh.some((message) => message.type === 'SEAT' && message.side === '')) joinLeague(device, room);
  });
  joinLeague(device, room);
}
