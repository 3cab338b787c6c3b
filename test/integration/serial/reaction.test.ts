/** Who pressed first, with real firmware on real ports: the boards' own clocks decide. */
import { expect, it } from 'vitest';
import { readPressView, type PressView } from '../../../shared/games/presses/view.ts';
import { decode } from '../../../shared/contract/codec.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { BACKWARD, Bench, FORWARD } from '../../support/boards.ts';
import { eventually } from '../../support/eventually.ts';
import { mqttClient } from '../../support/mqtt-clients.ts';
import { missing } from '../../support/needs.ts';

const QUICK = {
  PADDLEWIRE_ROOMS_NAMES: 'fast:reaction',
  PADDLEWIRE_REACTION_WAIT_MIN_MS: '500',
  PADDLEWIRE_REACTION_WAIT_MAX_MS: '600',
  PADDLEWIRE_REACTION_LIMIT_MS: '30000',
  PADDLEWIRE_REACTION_SOONEST_MS: '0',
  PADDLEWIRE_REACTION_HOLD_MS: '2000',
  PADDLEWIRE_REACTION_SHOW_MS: '20000',
};

it.skipIf(missing('pty'))(
  'two boards: the light is on both, the earlier press wins, and each has a time and a bound',
  async () => {
    const bench = await Bench.start();
    const running = await bench.hub(QUICK);
    const boards = [await bench.plug('a'), await bench.plug('b')];
    const room = running.hub.rooms.get('fast');
    await eventually(() => room?.seats.taken.length === 2);
    const watcher = await mqttClient(running.url, {}, [topics.state('fast'), topics.events('fast')]);
    const sessionOf = (index: number) =>
      [...running.hub.lobby.sessions].find(({ link }) => link?.address === boards[index]?.path);
    await eventually(() => [0, 1].every((index) => sessionOf(index)?.clock.known));
    const view = (): PressView | null => {
      const last = watcher.received.findLast(({ topic }) => topic === topics.state('fast'));
      const message = last === undefined ? undefined : decode(last.payload).message;
      return message?.type === 'SNAPSHOT' ? readPressView(message.view) : null;
    };
    await eventually(() => view()?.phase === 'wait');
    await eventually(async () => (await Promise.all(boards.map((board) => board.pins()))).every(({ light }) => !light));
    await eventually(() => view()?.phase === 'lit');
    await boards[1]?.press(FORWARD, { bounceMs: 4, edges: 6 });
    // The second finger is later by as long as it takes to see that the first was heard.
    await eventually(() => view()?.phase === 'hold');
    await boards[0]?.press(BACKWARD, { bounceMs: 4, edges: 6 });
    await eventually(() => view()?.phase === 'shown');
    const shown = view();
    const seats = [0, 1].map((index) => shown?.seats[room?.seats.of(sessionOf(index)?.id ?? '')?.index ?? -1]);
    expect(seats[1]).toMatchObject({ winner: true, score: 1 });
    for (const seat of seats) expect(seat?.press?.bound).toBeLessThan(250);
    if (shown?.tie === false) expect(seats[0]?.press?.ms).toBeGreaterThan(seats[1]?.press?.ms ?? 0);
  },
);
