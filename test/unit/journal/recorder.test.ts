/** The recorder of document 5 in our terms: what it does when it is used right, and when it is not. */
import { describe, expect, it } from 'vitest';
import { PaddlewireError, type ErrorCode } from '../../../shared/errors.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import { GAMES, type AnyGame } from '../../../shared/games/registry.ts';
import type { Call } from '../../../shared/journal/calls.ts';
import { isEqual } from '../../../shared/journal/difference.ts';
import { JournalReader } from '../../../shared/journal/journal-reader.ts';
import { Recorder, type Files } from '../../../shared/journal/recorder.ts';
import { holdsGood, verify } from '../../../shared/journal/verify.ts';
import { Bytes, callsIn, headerOf, recordMatch } from '../../support/journals.ts';

class Disk implements Files {
  readonly files = new Map<string, Bytes>();
  readonly open = new Set<string>();

  create(path: string): ReturnType<Files['create']> {
    if (this.files.has(path)) throw new PaddlewireError('journal-exists');
    const bytes = new Bytes();
    this.files.set(path, bytes);
    this.open.add(path);
    return { write: bytes.sink, close: () => void this.open.delete(path) };
  }

  read(path: string): Uint8Array {
    const bytes = this.files.get(path);
    if (bytes === undefined) throw new PaddlewireError('journal-unreadable');
    return bytes.all;
  }

  put(path: string, bytes: Uint8Array): void {
    const file = new Bytes();
    file.sink(bytes);
    this.files.set(path, file);
  }
}

interface Desk {
  readonly disk: Disk;
  readonly warnings: string[];
  readonly of: { alive: boolean; tick: number; header: () => ReturnType<typeof headerOf> };
  now: number;
  readonly recorder: Recorder;
}

function desk(game: AnyGame = pong): Desk {
  const made = {
    disk: new Disk(),
    warnings: [] as string[],
    now: 1000,
    of: { alive: true, tick: 0, header: () => headerOf(game, { seed: 1, ticks: 0 }) },
  };
  const recorder = new Recorder({
    files: made.disk,
    of: made.of,
    time: () => made.now,
    warn: (text) => void made.warnings.push(text),
  });
  return Object.assign(made, { recorder });
}

const isAdded = (call: Call): boolean => call.op === 'mark' && call.kind === 'seen';

function codeOf(run: () => unknown): ErrorCode | 'none' {
  try {
    run();
    return 'none';
  } catch (error) {
    if (!(error instanceof PaddlewireError)) throw error;
    return error.code;
  }
}

describe('recording', () => {
  it('is on between start and stop, off while paused and when what is recorded is gone', () => {
    const { recorder, of, disk, warnings } = desk();
    expect(recorder.recording).toBe(false);
    recorder.start('a');
    expect(recorder.recording).toBe(true);
    recorder.pause();
    expect(recorder.recording).toBe(false);
    recorder.play();
    expect(recorder.recording).toBe(true);
    of.alive = false;
    expect(recorder.recording).toBe(false);
    of.alive = true;
    recorder.stop();
    expect(recorder.recording).toBe(false);
    expect([...disk.open]).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('start refuses a file that is there; what is there stays', () => {
    const { recorder, disk } = desk();
    disk.put('a', new Uint8Array([1, 2, 3]));
    expect(codeOf(() => recorder.start('a'))).toBe('journal-exists');
    expect(disk.read('a')).toEqual(new Uint8Array([1, 2, 3]));
    expect(recorder.recording).toBe(false);
  });

  it('pause, play and stop without a start only warn, after a stop too; a second start warns and changes nothing', () => {
    const { recorder, warnings, disk } = desk();
    for (const act of ['pause', 'play', 'stop'] as const) recorder[act]();
    recorder.start('a');
    recorder.start('b');
    recorder.stop();
    recorder.pause();
    recorder.play();
    expect(warnings).toHaveLength(6);
    expect([...disk.files.keys()]).toEqual(['a']);
  });

  it('write fails when nothing is recorded: before start, while paused, when the room is gone, after stop', () => {
    const { recorder, of } = desk();
    const write = (): void => recorder.write('host', { word: 'arm' });
    expect(codeOf(write)).toBe('journal-not-recording');
    recorder.start('a');
    expect(codeOf(write)).toBe('none');
    recorder.pause();
    expect(codeOf(write)).toBe('journal-not-recording');
    recorder.play();
    of.alive = false;
    expect(codeOf(write)).toBe('journal-not-recording');
    of.alive = true;
    recorder.stop();
    expect(codeOf(write)).toBe('journal-not-recording');
  });

  it('each call is one record, with op, tick and time', () => {
    const made = desk();
    const { recorder, of, disk } = made;
    recorder.start('a');
    recorder.write('seat', { event: 'join', seat: 0, kind: 'board' });
    of.tick = 7;
    made.now = 2 ** 40;
    recorder.write('mark', { kind: 'note', data: 'here' });
    recorder.write(99, { own: true });
    recorder.memorySet(['best'], 3);
    recorder.stop();
    expect(callsIn(disk.read('a'))).toEqual([
      { op: 'seat', event: 'join', seat: 0, kind: 'board', tick: 0, time: 1000 },
      { op: 'mark', kind: 'note', data: 'here', tick: 7, time: 2 ** 40 },
      { op: 'custom', code: 99, data: { own: true }, tick: 7, time: 2 ** 40 },
      { op: 'memory', keys: ['best'], value: 3, tick: 7, time: 2 ** 40 },
    ]);
    expect(recorder.time()).toBe(2 ** 40);
  });

  it('a call that no journal can hold is refused, and the rest of the file is whole', () => {
    const { recorder, disk } = desk();
    recorder.start('a');
    expect(() => recorder.write('mark', { kind: 'x', data: Number.NaN })).toThrow(TypeError);
    expect(() => recorder.write(12, null)).toThrow(TypeError);
    expect(() => recorder.write('mark', { kind: 'x', data: 'y'.repeat(2_000_000) })).toThrow(TypeError);
    recorder.write('resume', {});
    recorder.stop();
    expect(callsIn(disk.read('a')).map(({ op }) => op)).toEqual(['resume']);
  });
});

describe('memory', () => {
  it('is nested, and is a copy', () => {
    const { recorder } = desk();
    const value = { list: [1, { deep: true }] };
    recorder.memorySet(['a'], value);
    recorder.memorySet(['a', 'list', 1, 'deep'], false);
    recorder.memorySet(['a', 'list', 2], 'new');
    expect(recorder.memoryGet(['a'])).toEqual({ list: [1, { deep: false }, 'new'] });
    expect(value).toEqual({ list: [1, { deep: true }] });
  });

  it.each([[['a', 'b', 'c']], [['list', 5]], [['list', 'length']], [['__proto__', 'x']], [['text', 0]], [[]]])(
    'refuses %j: what is to hold it is not there',
    (keys) => {
      const { recorder } = desk();
      recorder.memorySet(['list'], [1]);
      recorder.memorySet(['text'], 'abc');
      expect(codeOf(() => recorder.memorySet(keys, 1))).toBe('journal-memory-key');
      if (keys.length > 0) expect(codeOf(() => recorder.memoryGet(keys))).toBe('journal-memory-key');
    },
  );

  it('keeps only what JSON can hold', () => {
    const { recorder } = desk();
    const itself: Record<string, unknown> = {};
    itself['itself'] = itself;
    for (const value of [undefined, Number.NaN, () => 1, new Date(), { a: undefined }, itself, 10n])
      expect(codeOf(() => recorder.memorySet(['x'], value as never))).toBe('journal-memory-value');
    expect(codeOf(() => recorder.memoryGet(['x']))).toBe('journal-memory-key');
  });

  it('a key named __proto__ is a key', () => {
    const { recorder } = desk();
    recorder.memorySet(['__proto__'], { polluted: 1 });
    expect(recorder.memoryGet(['__proto__', 'polluted'])).toBe(1);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe.each(GAMES.map((game) => [game.name, game] as const))('replay of %s', (_name, game) => {
  it.each(['real', 'no-op'] as const)(
    'recorded by %s rules is a copy, and gives state, time and memory between calls',
    (rules) => {
      // One expectation for each match: as one for each call they would take longer than all else.
      for (let seed = 1; seed <= 60; seed++) {
        const { recorder, disk } = desk();
        disk.put('in', recordMatch(game, { seed, ticks: 250, rare: 60 }));
        const steps = recorder.replay('in', rules);
        const wrong: Call[] = [];
        recorder.start('out');
        for (const call of steps) {
          const { replaying } = recorder;
          let right = recorder.time() === call.time && replaying?.tick === call.tick;
          if (call.op === 'memory') right &&= isEqual(recorder.memoryGet(call.keys), call.value);
          if (call.op === 'key') right &&= isEqual(replaying?.state, call.state);
          if (!right) wrong.push(call);
        }
        recorder.stop();
        expect(wrong, `seed ${seed}`).toEqual([]);
        expect(Buffer.compare(disk.read('out'), disk.read('in')), `seed ${seed}`).toBe(0);
        expect(recorder.replaying).toBeNull();
        expect(recorder.time()).toBe(1000);
      }
    },
  );
});

describe('a replay that something is added to', () => {
  it('keeps the added calls, and all others as they were', () => {
    const { recorder, disk } = desk();
    disk.put('in', recordMatch(pong, { seed: 4, ticks: 600, rare: 30 }));
    recorder.start('out');
    let added = 0;
    for (const call of recorder.replay('in')) {
      if (call.op !== 'hash') continue;
      recorder.write('mark', { kind: 'seen', data: call.tick });
      added++;
    }
    recorder.stop();
    const calls = callsIn(disk.read('out'));

    expect(calls.filter(isAdded)).toHaveLength(added);
    expect(added).toBeGreaterThan(5);
    // At the tick and time of the call that they came behind.
    for (const [at, call] of calls.entries())
      if (isAdded(call)) expect(call).toMatchObject({ tick: calls[at - 1]?.tick, time: calls[at - 1]?.time });
    expect(calls.filter((call) => !isAdded(call))).toEqual(callsIn(disk.read('in')));
  });

  it('that changes the play makes a journal that holds good', () => {
    const { recorder, disk } = desk();
    disk.put('in', recordMatch(pong, { seed: 4, ticks: 900, rare: 0 }));
    recorder.start('out');
    for (const call of recorder.replay('in'))
      if (call.op === 'hash' && call.tick === 60) recorder.write('seat', { event: 'join', seat: 2, kind: 'agent' });
    recorder.stop();
    const verdict = verify(new JournalReader(disk.read('out')));
    expect(verdict.disagreement).toBeNull();
    expect(holdsGood(verdict) && verdict.finished).toBe(true);
    const hashes = (path: string): Call[] => callsIn(disk.read(path)).filter(({ op }) => op === 'hash');
    expect(hashes('out').slice(1)).not.toEqual(hashes('in').slice(1));
  });

  it('paused for a while, the recording lacks what came meanwhile', () => {
    const { recorder, disk } = desk();
    disk.put('in', recordMatch(pong, { seed: 4, ticks: 600, rare: 30 }));
    recorder.start('out');
    for (const call of recorder.replay('in')) {
      if (call.tick === 120) recorder.pause();
      if (call.tick === 300) recorder.play();
    }
    recorder.stop();
    const ticks = callsIn(disk.read('out')).map(({ tick }) => tick);
    expect(ticks.some((tick) => tick > 120 && tick < 300)).toBe(false);
    expect(ticks.some((tick) => tick > 300)).toBe(true);
  });

  it('of a torn file gives what is whole, then says so; of a foreign one says so at once', () => {
    const { recorder, disk } = desk();
    const bytes = recordMatch(pong, { seed: 4, ticks: 600 });
    disk.put('torn', bytes.subarray(0, bytes.length - 100));
    disk.put('foreign', new Uint8Array(100));
    const steps = recorder.replay('torn');
    let calls = 0;
    expect(
      codeOf(() => {
        for (const _call of steps) calls++;
      }),
    ).toBe('journal-torn');
    expect(calls).toBeGreaterThan(20);
    expect(codeOf(() => recorder.replay('foreign'))).toBe('journal-foreign');
    expect(codeOf(() => recorder.replay('missing'))).toBe('journal-unreadable');
  });
});
