/** Texts of the court: who plays, why nobody does, and how to join. */
import { inLanguage } from './language.ts';
import { counted, words } from './words.ts';

interface Way {
  readonly what: string;
  readonly how: string;
  readonly code?: boolean;
}

export const texts = inLanguage(
  {
    fullScreen: 'Full screen',
    soundOn: 'Sound is on',
    soundOff: 'Sound is off',
    allRooms: 'All rooms',
    seatsHeading: 'Players',
    waitingHeading: 'Waiting for a seat',
    courtOf: (room: string, score: string): string => `Live court of room ${room}. ${score}`,
    score: (seat: string, points: number): string => `${seat} ${points}`,
    pointsOf: (points: number): string => counted(points, 'point', 'points'),
    lifetime: (points: number, wins: number): string =>
      `All time: ${counted(points, 'point', 'points')}, ${counted(wins, 'win', 'wins')}`,
    target: (points: number): string => `First to ${counted(points, 'point', 'points')}`,
    delay: (ms: string): string => `Round trip ${ms}`,
    inLab: 'slowed in the lab',
    bot: 'bot',

    noRooms: 'No court yet',
    noRoomsText: 'The hub answers, but it has not opened a room. The page Rooms opens one.',
    connectingText: 'This page connects by itself as soon as the hub answers.',
    seatsTaken: (taken: number, needed: number): string => `${taken} of at least ${needed} seats taken`,
    howToJoin: (host: string): readonly Way[] => [
      { what: 'Plug in a board.', how: 'It takes the next free seat by itself.' },
      { what: 'Take a phone.', how: 'Scan the code, or type the address beside the court.' },
      { what: 'Join from a keyboard.', how: `paddlewire play --host ${host}`, code: true },
    ],
    nobodyToPlay: 'Nobody to play with?',
    startBots: 'Let bots play',
    pausedBecause: words({
      'device-lost': 'A player lost the link. Seat and points are kept; play goes on when it is back.',
      'score-buffer-full': 'Points are waiting for the disk. Play goes on as soon as they are written.',
      teacher: 'The teacher stopped the clock.',
      recovered: 'The hub was started again. Play goes on as soon as everybody is back.',
    }),
    pausedLost: (names: string): string =>
      `${names} lost the link. Seat and points are kept; a board may be plugged in again anywhere.`,
    pausedUnknown: 'The match goes on soon.',
    winner: 'Winner',
    noWinner: 'Nobody won',
    saving: 'Writing the result to disk…',
    saved: 'The result is on disk.',
    otherGame: (game: string): string => `This page cannot draw ${game} yet.`,
    pictureOf: (game: string, room: string, score: string): string => `${game} in room ${room}. ${score}`,

    joinHeading: 'Join in',
    joinCode: (address: string): string => `A code to scan with a phone: ${address}`,
    joinAt: 'On a phone or laptop:',
    pin: 'PIN',
    noPin: 'No PIN is needed.',
    pinHidden: 'The PIN is shown on the hub’s own computer, or to the teacher:',
    showPin: 'Show the PIN',
    noNetwork: 'The hub listens on its own computer alone; phones cannot reach it.',

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
  },
  {
    fullScreen: '全螢幕',
    soundOn: '音效開啟',
    soundOff: '音效關閉',
    allRooms: '所有房間',
    seatsHeading: '選手',
    waitingHeading: '等候座位',
    courtOf: (room: string, score: string): string => `房間 ${room} 的即時球場。${score}`,
    score: (seat: string, points: number): string => `${seat} ${points}`,
    pointsOf: (points: number): string => `${points} 分`,
    lifetime: (points: number, wins: number): string => `累計 ${points} 分，${wins} 勝`,
    target: (points: number): string => `先得 ${points} 分者勝`,
    delay: (ms: string): string => `往返延遲 ${ms}`,
    inLab: '實驗室減速中',
    bot: '機器人',

    noRooms: '還沒有球場',
    noRoomsText: '主機有回應，但還沒有開房間。請到「房間」頁開一間。',
    connectingText: '主機一有回應，這個頁面就會自動連線。',
    seatsTaken: (taken: number, needed: number): string => `已有 ${taken} 人入座，至少需要 ${needed} 人`,
    howToJoin: (host: string): readonly Way[] => [
      { what: '接上開發板。', how: '它會自動坐到下一個空位。' },
      { what: '拿起手機。', how: '掃描條碼，或輸入球場旁的網址。' },
      { what: '用鍵盤加入。', how: `paddlewire play --host ${host}`, code: true },
    ],
    nobodyToPlay: '沒有對手？',
    startBots: '讓機器人上場',
    pausedBecause: {
      'device-lost': '有選手斷線了。座位和得分都保留著，重新連上就繼續比賽。',
      'score-buffer-full': '得分正在等待寫入磁碟，寫完就繼續比賽。',
      teacher: '老師按下了暫停。',
      recovered: '主機重新啟動了，等大家都回來就繼續比賽。',
    },
    pausedLost: (names: string): string => `${names} 斷線了。座位和得分都保留著，開發板可以插回任何一個連接埠。`,
    pausedUnknown: '比賽很快就會繼續。',
    winner: '優勝',
    noWinner: '沒有人獲勝',
    saving: '正在把結果寫入磁碟…',
    saved: '結果已存到磁碟。',
    otherGame: (game: string): string => `這個頁面還不會畫「${game}」。`,
    pictureOf: (game: string, room: string, score: string): string => `房間 ${room}：${game}。${score}`,

    joinHeading: '一起玩',
    joinCode: (address: string): string => `用手機掃描的條碼：${address}`,
    joinAt: '用手機或筆電打開：',
    pin: 'PIN 碼',
    noPin: '不需要 PIN 碼。',
    pinHidden: 'PIN 碼顯示在主機的電腦上，教師也能在這裡查看：',
    showPin: '顯示 PIN 碼',
    noNetwork: '主機只接受本機連線，手機連不進來。',

    presses: {
      ranking: '依按下時刻排列',
      round: (game: string, round: number, of: number): string =>
        game === 'buzzer' ? `第 ${round} 題` : `第 ${round} 回合，共 ${of} 回合`,
      nobody: '沒有人按',
      tie: (names: string): string => `難分先後：${names}`,
      falseStart: '太早了',
      wrong: '這題出局',
      reaction: {
        idle: '預備',
        wait: '等一下…',
        lit: '就是現在！',
        hold: '誰最快？',
        over: '',
        shown: (name: string): string => `${name} 最快`,
      },
      buzzer: {
        idle: '請出題',
        wait: '',
        lit: '可以搶答',
        hold: '誰最快？',
        over: '',
        shown: (name: string): string => `請 ${name} 回答`,
      },
    },
    leader: { arm: '開放搶答', right: '答對', wrong: '答錯', next: '下一題' },
  },
);
