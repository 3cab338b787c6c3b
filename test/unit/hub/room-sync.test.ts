import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../../shared/contract/codec.ts';
import type { MessageOf } from '../../../shared/contract/messages.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import type { PongCommand } from '../../../shared/games/pong/command.ts';
import type { PongParameters } from '../../../shared/games/pong/parameters.ts';
import type { PongState } from '../../../shared/games/pong/state.ts';
import { RoomRig } from '../../support/room-rig.ts';

type Sync = MessageOf<'SYNC'>;

const syncsTo = (rig: RoomRig, device: string): Sync[] => rig.toldTo(device, 'SYNC') as Sync[];

async function playing(): Promise<RoomRig> {
  const rig = new RoomRig();
  for (const device of ['a', 'b']) {
    rig.room.join(device, '');
    rig.room.sync(device, device === 'a');
  }
  await rig.until(() => rig.room.phase === 'playing');
  return rig;
}

describe('SYNC', () => {
  it('is all that the rules need: each is the step from the one before, with its commands and the fixed fields', async () => {
    const rig = await playing();
    const { parameters } = rig.room.summary();
    const { court } = pong.initial(parameters as PongParameters, 0, 60);
    rig.told.length = 0;
    await rig.run(1);
    for (let tick = 0; tick < 400; tick++) {
      const buttons = tick % 40 < 20 ? 1 : 2;
      rig.room.input(tick % 2 === 0 ? 'a' : 'b', { buttons, axis: null });
      await rig.run(1);
    }
    const syncs = syncsTo(rig, 'a');
    expect(syncs.length).toBe(401);
    for (const [index, { tick, commands, state }] of syncs.entries()) {
      expect(state).not.toHaveProperty('court');
      const before = syncs[index - 1];
      if (before === undefined) continue;
      expect(tick).toBe(before.tick + 1);
      const stepped = pong.step(
        { ...(before.state as PongState), court },
        commands as readonly (PongCommand | null)[],
        [],
      );
      expect(stepped).toEqual({ ...(state as PongState), court });
    }
    expect(syncsTo(rig, 'b')).toEqual([]);
  });

  it('comes once more when play pauses, when it goes on, and when a device sits down', async () => {
    const rig = await playing();
    await rig.run(10);
    rig.told.length = 0;
    rig.room.pause();
    expect(syncsTo(rig, 'a').length).toBe(1);
    await rig.run(30);
    expect(syncsTo(rig, 'a').length).toBe(1);
    rig.room.join('c', '');
    rig.room.sync('c', true);
    expect(syncsTo(rig, 'c').length).toBe(1);
    rig.room.resume();
    expect(syncsTo(rig, 'a').length).toBe(2);
    await rig.until(() => rig.room.phase === 'playing');
    expect(syncsTo(rig, 'a').length).toBe(3);
  });

  it('goes to nobody who left, and none is sent of a game that is not made for it', async () => {
    const rig = await playing();
    rig.room.leave('a');
    rig.told.length = 0;
    await rig.run(60);
    expect(syncsTo(rig, 'a')).toEqual([]);
    const presses = new RoomRig({}, {}, 1, 'reaction');
    for (const device of ['a', 'b']) {
      presses.room.join(device, '');
      presses.room.sync(device, true);
    }
    await presses.until(() => presses.room.phase === 'playing');
    expect(syncsTo(presses, 'a')).toEqual([]);
  });

  it('of Pong fits into a message in both forms, and the bytes that are shared are those of each alone', async () => {
    const rig = await playing();
    for (const device of ['c', 'd']) rig.room.join(device, '');
    for (const device of ['a', 'b', 'c', 'd']) rig.room.input(device, { buttons: 17, axis: 4095 });
    await rig.run(300);
    const sync = syncsTo(rig, 'a').at(-1) as Sync;
    for (const seq of [0, 1, 23, 24, 255, 256, 65_536, 0xffff_ffff]) {
      const message = { ...sync, seq };
      const alone = structuredClone(message);
      expect(encode(message)).toEqual(encode(alone));
      expect(decode(encode(message)).message).toEqual(alone);
      expect(decode(encode(message, 'json')).message).toEqual(alone);
    }
  });
});
