/** Moments of a lesson, each as the page should look at it. */
import { withDefaults } from '../../../shared/games/game.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import type { PongState } from '../../../shared/games/pong/state.ts';
import { BADGES } from './canned-answers.ts';
import type { Classroom } from './classroom.ts';
import { PLAYERS, showDevice, showHealth, showMoment, showState, type Moment } from './scoreboards.ts';

export interface Scene {
  readonly name: string;
  readonly rooms: readonly Moment[];
  /** Of the seats in play; 0 for an empty list. */
  readonly devices: number;
}

export const SCENES: readonly Scene[] = [
  { name: 'four', rooms: [{ points: [4, 12, 3, 0] }], devices: 4 },
  { name: 'two', rooms: [{ points: [3, 4, null, null] }], devices: 2 },
  { name: 'waiting', rooms: [{ phase: 'waiting', match: null, points: [0, null, null, null] }], devices: 1 },
  { name: 'countdown', rooms: [{ phase: 'countdown', countdownMs: 60_000, points: [0, 0, null, 0] }], devices: 3 },
  {
    name: 'paused',
    rooms: [{ phase: 'paused', reason: 'device-lost', points: [2, 1, 0, null], away: [1] }],
    devices: 3,
  },
  { name: 'over', rooms: [{ phase: 'over', winner: 'up', final: true, points: [3, 4, 5, 1] }], devices: 4 },
  {
    name: 'rooms',
    rooms: [
      { room: 'main', points: [1, 2, null, null] },
      { room: 'window-side', points: [0, 3, 1, 4] },
      { room: 'workshop', phase: 'waiting', points: [null, null, null, null] },
    ],
    devices: 4,
  },
  {
    name: 'four rooms',
    rooms: ['east', 'north', 'south', 'west'].map((room, index) => ({ room, points: [index, 3, 4 - index, null] })),
    devices: 4,
  },
  {
    name: 'lab',
    rooms: [{ points: [3, 4, null, null], lab: { right: { delayMs: 80, jitterMs: 40, lossPercent: 20 } } }],
    devices: 2,
  },
  { name: 'empty', rooms: [], devices: 0 },
];

/** Tells what is retained. */
export function setScene(classroom: Classroom, { rooms, devices }: Scene): void {
  for (const moment of rooms) showMoment(classroom, moment);
  for (const { device, ...player } of PLAYERS.slice(0, devices)) showDevice(classroom, device, player);
  if (devices > 2) {
    showDevice(classroom, 'pico-shelf', { name: 'Pico on the shelf', kind: 'board', link: 'mqtt', state: 'sleeping' });
    showDevice(classroom, 'uno-91ab', { name: 'Quiet Finch', kind: 'board', link: null, state: 'lost' });
  }
  showHealth(classroom, 'ok', BADGES);
}

/** Tells what is not retained, once a page is there to see it. */
export function playScene(classroom: Classroom, { rooms }: Scene): void {
  for (const { room = 'main', points = [], phase = 'playing' } of rooms) {
    if (phase !== 'waiting') showState(classroom, midRally(points), 100, room);
  }
}

function midRally(points: readonly (number | null)[]): PongState {
  let state = pong.initial(withDefaults(pong.parameters), 1, 60);
  points.forEach((scored, seat) => {
    if (scored !== null) state = pong.join(state, seat);
  });
  const ball = { at: [300 * 256, 210 * 256] as const, velocity: [512, 256] as const, speed: 572 };
  const scores = [0, 1, 2, 3].map((seat) => points[seat] ?? 0) as unknown as PongState['scores'];
  return { ...state, ball, scores, rally: { ...state.rally, server: -1, wait: 0, touched: 1, hits: 6 } };
}
