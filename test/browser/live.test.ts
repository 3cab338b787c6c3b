/** What the page makes of the hub's messages, without a browser: snapshots, and the JSON it takes. */
import { describe, expect, it } from 'vitest';
import { Effects } from '../../hub/dashboard/live/effects.ts';
import { parseHealth, parsePresence, parseScoreboard } from '../../hub/dashboard/live/parse.ts';
import { RoomLive } from '../../hub/dashboard/live/room-live.ts';
import { History } from '../../hub/dashboard/live/history.ts';
import { readSnapshot } from '../../hub/dashboard/live/snapshot.ts';
import { matchAt, pageAt, replayPath } from '../../hub/dashboard/paths.ts';
import { ROOM_PHASES } from '../../shared/contract/messages.ts';
import { dotWidth, eachDot, hasDots } from '../../hub/dashboard/dot-font.ts';
import { encode } from '../../shared/contract/codec.ts';
import { withDefaults } from '../../shared/games/game.ts';
import { pong } from '../../shared/games/pong/pong.ts';
import { writePressView } from '../../shared/games/presses/view.ts';
import { scoreboardOf } from './support/scoreboards.ts';

/** A SNAPSHOT with the ball at a place. */
function snapshotOf(tick: number, x: number): Uint8Array {
  let state = pong.initial(withDefaults(pong.parameters), 1, 60);
  for (const seat of [0, 1]) state = pong.join(state, seat);
  const view = pong.view({ ...state, ball: { ...state.ball, at: [x * 256, 300 * 256] } });
  return encode({ type: 'SNAPSHOT', tick, phase: 'playing', view });
}

const boardOf = (match: string): NonNullable<ReturnType<typeof parseScoreboard>> =>
  parseScoreboard(JSON.stringify(scoreboardOf({ match })))!;

describe('a room', () => {
  it('shows the first snapshot of a match though it came before the scoreboard that tells of the match', () => {
    const room = new RoomLive('main', boardOf('one'), 0);
    room.takeState(snapshotOf(900, 700), 0);
    room.takeState(snapshotOf(0, 450), 10);
    expect(room.playout.sample(11)?.ball.x).toBe(700);
    room.takeScoreboard(boardOf('two'), 12);
    expect(room.playout.sample(13)?.ball.x).toBe(450);
  });

  it('does not take the end of one match for the beginning of the next', () => {
    const room = new RoomLive('main', boardOf('one'), 0);
    room.takeState(snapshotOf(900, 700), 0);
    room.takeState(snapshotOf(900, 700), 10);
    room.takeScoreboard(boardOf('two'), 12);
    expect(room.playout.sample(13)).toBeNull();
    room.takeState(snapshotOf(0, 450), 14);
    expect(room.playout.sample(15)?.ball.x).toBe(450);
  });
});

/** The view of a game of presses in which one sits. */
const pressView = (score: number): Uint8Array =>
  writePressView({
    phase: 'wait',
    round: 1,
    of: 5,
    tie: false,
    seats: [{ seated: true, out: false, winner: false, press: null, score }],
  });

describe('a room of presses', () => {
  it('has another view when it says something else, however often it is told', () => {
    const board = parseScoreboard(JSON.stringify(scoreboardOf({ game: 'reaction' })))!;
    const room = new RoomLive('main', board, 0);
    const seen: (number | undefined)[] = [];
    room.presses.subscribe((told) => seen.push(told?.seats[0]?.score));
    for (const [tick, score] of [0, 0, 0, 2, 2, 1].entries())
      room.takeState(encode({ type: 'SNAPSHOT', tick, phase: 'playing', view: pressView(score) }), tick);
    expect(seen).toEqual([undefined, 0, 2, 1]);
  });
});

describe('a snapshot', () => {
  it.each([0, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_295])('of tick %i is read as the codec wrote it', (tick) => {
    for (const phase of ROOM_PHASES) {
      for (const length of [0, 23, 24, 30, 240]) {
        const view = Uint8Array.from({ length }, (_, at) => at);
        const read = readSnapshot(encode({ type: 'SNAPSHOT', tick, phase, view }));
        expect(read?.tick).toBe(tick);
        expect([...(read?.view ?? [])]).toEqual([...view]);
      }
    }
  });

  it('cut off or lengthened anywhere is none, nor is another message', () => {
    const bytes = encode({ type: 'SNAPSHOT', tick: 70_000, phase: 'playing', view: new Uint8Array(30) });
    for (let length = 0; length < bytes.length; length++) expect(readSnapshot(bytes.subarray(0, length))).toBeNull();
    expect(readSnapshot(Uint8Array.from([...bytes, 0]))).toBeNull();
    expect(readSnapshot(encode({ type: 'ACK', seq: 8 }))).toBeNull();
  });
});

it('the last minutes are kept, and what is older is not', () => {
  const history = new History(10_000, 2);
  for (let second = 0; second <= 20; second++) history.take(second * 1000, [second, second === 15 ? null : 1]);
  expect(history.rows[0]).toEqual([-10, -9, -8, -7, -6, -5, -4, -3, -2, -1, 0]);
  expect(history.rows[1]?.at(0)).toBe(10);
  expect(history.rows[2]?.[5]).toBeNull();
});

it('paths lead to pages, and a match to its replay, whatever its name', () => {
  expect(['/', '/rooms', '/matches', '/matches/x', '/nowhere', '/matches/x/y'].map(pageAt)).toEqual([
    'projector',
    'rooms',
    'matches',
    'replay',
    null,
    null,
  ]);
  expect(matchAt(replayPath('a b/ü?'))).toBe('a b/ü?');
});

it('an effect fades from 1 to nothing, for its seat alone', () => {
  const effects = new Effects();
  effects.note({ event: 'point', seat: 'left' }, 1000);
  effects.note({ event: 'join', seat: 'right' }, 1000);
  expect([1000, 1250, 1500, 2000].map((now) => effects.freshness('point', 'left', now, 500))).toEqual([1, 0.5, 0, 0]);
  expect(effects.freshness('point', 'right', 1000, 500)).toBe(0);
  expect(effects.freshness('bounce', 'left', 1000, 500)).toBe(0);
});

describe('the JSON of the hub', () => {
  it('a scoreboard comes through whole', () => {
    const scoreboard = scoreboardOf({ points: [3, 12, null, 1], phase: 'paused', reason: 'teacher', away: [1] });
    expect(parseScoreboard(JSON.stringify(scoreboard))).toEqual(scoreboard);
  });

  it.each(['', 'null', '[]', '7', '{"phase":"playing"}', '{"phase":"sleeping","seats":[]}', '{"phase":1,"seats":[]}'])(
    'is no scoreboard: %s',
    (json) => expect(parseScoreboard(json)).toBeNull(),
  );

  it('wrong fields become harmless ones', () => {
    const json = '{"phase":"over","rate":-5,"countdownMs":1e999,"parameters":[],"seats":[7,{"points":"9","name":{}}]}';
    const scoreboard = parseScoreboard(json);
    expect(scoreboard).toMatchObject({ rate: 60, countdownMs: 0, parameters: {}, seats: [{ points: 0, name: null }] });
  });

  it('what the lab does to seats comes through, and nothing else as such', () => {
    const lab = { left: { delayMs: 80, jitterMs: 40, lossPercent: 20 } };
    expect(parseScoreboard(JSON.stringify(scoreboardOf({ lab })))?.lab).toEqual(lab);
    expect(parseScoreboard(JSON.stringify(scoreboardOf({ lab: { left: 7, up: { delayMs: -1 } } })))?.lab).toEqual({
      up: { delayMs: 0, jitterMs: 0, lossPercent: 0 },
    });
  });

  it('figures that the hub does not tell, or tells otherwise, are null', () => {
    const told = { store: 'ok', tickLatenessMs: { p50: 1, p99: 'x' }, memoryBytes: 5, refused: { a: 2, b: 'y' } };
    const health = parseHealth(JSON.stringify(told));
    expect(health?.figures).toMatchObject({ tickLatenessMs: null, memoryBytes: 5, refused: { a: 2, b: 0 } });
    expect(health?.figures.diskFreeBytes).toBeNull();
    expect(parseHealth('{"rooms":1}')).toBeNull();
  });

  it('a presence is kept short, and needs a state that is known', () => {
    const device = parsePresence('x', JSON.stringify({ state: 'ready', name: 'n'.repeat(5000), link: 'serial' }));
    expect(device?.name).toHaveLength(64);
    expect(parsePresence('x', '{"state":"ready"}')).toMatchObject({ name: 'x', link: null });
    expect(parsePresence('x', '{"state":"dancing"}')).toBeNull();
    expect(parsePresence('x', '')).toBeNull();
  });
});

describe('the dot font', () => {
  it('fills squares inside the width it claims', () => {
    let [dots, right, bottom] = [0, 0, 0];
    eachDot('Paddlewire 0123456789', (column, row) => {
      [dots, right, bottom] = [dots + 1, Math.max(right, column), Math.max(bottom, row)];
    });
    expect(right).toBe(dotWidth('Paddlewire 0123456789') - 1);
    expect(bottom).toBe(6);
    expect(dots).toBeGreaterThan(250);
  });

  it('knows what it lacks', () => {
    expect(hasDots('Waiting for players')).toBe(true);
    expect(hasDots('Größe')).toBe(false);
  });
});
