/** Every text of the dashboard that is not a name or a number from the hub. */
import type { DeviceKind, RoomPhase } from '../../shared/contract/messages.ts';
import type { Presence } from '../../shared/contract/topics.ts';

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const texts = {
  brand: 'Paddlewire',
  fullScreen: 'Full screen',
  allRooms: 'All rooms',
  seatsHeading: 'Players',
  devicesHeading: 'Plugged in',
  courtOf: (room: string, score: string): string => `Live court of room ${room}. ${score}`,
  room: (room: string): string => `Room ${room}`,

  seats: { left: 'Left', right: 'Right', up: 'Top', down: 'Bottom' } as Readonly<Record<string, string>>,
  freeSeat: 'Free seat',
  score: (seat: string, points: number): string => `${seat} ${points}`,
  pointsOf: (points: number): string => counted(points, 'point', 'points'),
  lifetime: (points: number, wins: number): string =>
    `All time: ${counted(points, 'point', 'points')}, ${counted(wins, 'win', 'wins')}`,
  target: (points: number): string => `First to ${counted(points, 'point', 'points')}`,
  linkLost: 'link lost',

  connection: { waiting: 'Looking for the hub', up: 'Connected', down: 'Not connected' },
  banner: 'The hub is not reachable. Trying again…',
  storeFailing: 'Points are kept in memory: the hub cannot write its disk',

  phases: {
    waiting: 'Waiting for players',
    countdown: 'Get ready',
    playing: 'Playing',
    paused: 'Paused',
    over: 'Match over',
  } satisfies Record<RoomPhase, string>,
  noRooms: 'No court yet',
  noRoomsText: 'The hub answers, but it has not opened a room.',
  connectingText: 'This page connects by itself as soon as the hub answers.',
  seatsTaken: (taken: number, needed: number): string => `${taken} of at least ${needed} seats taken`,
  howToJoin: (host: string): readonly { readonly what: string; readonly how: string; readonly code?: boolean }[] => [
    { what: 'Plug in a board.', how: 'It takes the next free seat by itself.' },
    { what: 'Join from a keyboard.', how: `paddlewire play --host ${host}`, code: true },
    { what: 'Nobody to play with?', how: `paddlewire play --bot --host ${host}`, code: true },
  ],
  pausedBecause: {
    'device-lost': 'A player lost the link. Seat and points are kept; play goes on when it is back.',
    'score-buffer-full': 'Points are waiting for the disk. Play goes on as soon as they are written.',
    teacher: 'The teacher stopped the clock.',
    recovered: 'The hub was started again. Play goes on as soon as everybody is back.',
  } as Readonly<Record<string, string>>,
  pausedLost: (names: string): string =>
    `${names} lost the link. Seat and points are kept; a board may be plugged in again anywhere.`,
  pausedUnknown: 'The match goes on soon.',
  winner: 'Winner',
  noWinner: 'Nobody won',
  saving: 'Writing the result to disk…',
  saved: 'The result is on disk.',
  otherGame: (game: string): string => `This page cannot draw ${game} yet.`,

  presses: {
    ranking: 'Presses in the order of their moments',
    round: (game: string, round: number, of: number): string =>
      game === 'buzzer' ? `Question ${round}` : `Round ${round} of ${of}`,
    nobody: 'Nobody pressed',
    tie: (names: string): string => `Too close to call: ${names}`,
    falseStart: 'too early',
    wrong: 'out of this question',
    reaction: {
      idle: 'Ready',
      wait: 'Wait for it…',
      lit: 'Now!',
      hold: 'Who was first?',
      over: '',
      shown: (name: string): string => `${name} was first`,
    },
    buzzer: {
      idle: 'The question, please',
      wait: '',
      lit: 'Buzzers are armed',
      hold: 'Who was first?',
      over: '',
      shown: (name: string): string => `${name} may answer`,
    },
  },
  leader: { arm: 'Arm', right: 'Right', wrong: 'Wrong', next: 'Next question' },

  kinds: { board: 'board', browser: 'browser', agent: 'agent' } satisfies Record<DeviceKind, string>,
  links: { serial: 'USB cable', mqtt: 'network' } as Readonly<Record<string, string>>,
  noLink: 'no link',
  roundTrip: (ms: number): string => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`,
  identify: 'Find',
  update: (version: string): string => `Update to ${version}`,
  updating: 'Writing the program…',
  presences: {
    init: 'starting',
    ready: 'ready',
    disconnected: 'left',
    sleeping: 'asleep',
    lost: 'lost',
  } satisfies Record<Presence, string>,
  noDevices: 'Nothing is plugged in yet.',
  noSeat: 'no seat',
} as const;
