/** Texts that more than one page shows: the head, words of the contract, and what is said when something fails. */
import type { DeviceKind, RoomPhase } from '../../../shared/contract/messages.ts';
import type { Presence } from '../../../shared/contract/topics.ts';
import { inLanguage } from './language.ts';
import { words } from './words.ts';

export const texts = inLanguage(
  {
    brand: 'Paddlewire',
    pages: {
      projector: 'Court',
      play: 'Play',
      local: 'One keyboard',
      rooms: 'Rooms',
      devices: 'Devices',
      leaderboard: 'Leaderboard',
      matches: 'Matches',
      replay: 'Replay',
      lab: 'Lab',
      health: 'Health',
    },
    menu: 'Menu',
    pagesHeading: 'Pages',
    otherLanguage: '中文',
    toMain: 'To the content',
    signIn: 'Teacher',
    signOut: 'Sign out',

    connection: { waiting: 'Looking for the hub', up: 'Connected', down: 'Not connected' },
    banner: 'The hub is not reachable. Trying again…',
    storeFailing: 'Points are kept in memory: the hub cannot write its disk',
    loading: 'One moment…',
    unknownPage: 'There is no such page',
    unknownPageText: (path: string): string => `Nothing is at ${path}. Perhaps the address was mistyped.`,
    toCourt: 'To the court',
    chunkFailed: 'This page could not be loaded',
    chunkFailedText: 'The hub is away, or has been brought to a newer version.',
    reload: 'Load again',

    unreachable: 'The hub does not answer.',
    unreachableRemedy: 'Look whether it still runs, and whether this computer is in its network.',
    failed: (status: number): string => `The hub could not do it (${status}).`,
    failedRemedy: 'Try again; if it stays so, look at the page Health.',

    teacherHeading: 'For the teacher',
    teacherText:
      'The hub’s own computer needs no password. From here it asks for the one that was set as access.teacher.',
    password: 'Password',
    passwordWrong: 'That was not the password.',
    ok: 'Sign in',
    cancel: 'Cancel',

    seats: words({ left: 'Left', right: 'Right', up: 'Top', down: 'Bottom' }),
    freeSeat: 'Free seat',
    linkLost: 'link lost',
    room: (room: string): string => `Room ${room}`,
    phases: {
      waiting: 'Waiting for players',
      countdown: 'Get ready',
      playing: 'Playing',
      paused: 'Paused',
      over: 'Match over',
    } satisfies Record<RoomPhase, string>,
    games: words({
      pong: 'Pong',
      reaction: 'Reaction',
      buzzer: 'Quiz buzzer',
      rps: 'Rock-paper-scissors',
      sum: 'Sum',
      hockey: 'Air hockey',
      snake: 'Snake',
    }),
    kinds: words({ board: 'board', browser: 'browser', agent: 'agent' } satisfies Record<DeviceKind, string>),
    links: words({ serial: 'USB cable', mqtt: 'network', bot: 'bot of the hub' }),
    noLink: 'no link',
    noSeat: 'no seat',
    presences: {
      init: 'starting',
      ready: 'ready',
      disconnected: 'left',
      sleeping: 'asleep',
      lost: 'lost',
    } satisfies Record<Presence, string>,
    roundTrip: (ms: number): string => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`,
  },
  {
    brand: 'Paddlewire',
    pages: {
      projector: '球場',
      play: '上場',
      local: '同一鍵盤',
      rooms: '房間',
      devices: '裝置',
      leaderboard: '排行榜',
      matches: '比賽紀錄',
      replay: '重播',
      lab: '實驗室',
      health: '系統狀態',
    },
    menu: '選單',
    pagesHeading: '頁面',
    otherLanguage: 'English',
    toMain: '跳到內容',
    signIn: '教師',
    signOut: '登出',

    connection: { waiting: '正在尋找主機', up: '已連線', down: '未連線' },
    banner: '連不上主機，正在重試…',
    storeFailing: '主機無法寫入磁碟，得分暫存在記憶體中',
    loading: '請稍候…',
    unknownPage: '沒有這個頁面',
    unknownPageText: (path: string): string => `${path} 沒有內容，網址可能打錯了。`,
    toCourt: '回到球場',
    chunkFailed: '無法載入這個頁面',
    chunkFailedText: '主機可能離線，或已更新到新版本。',
    reload: '重新載入',

    unreachable: '主機沒有回應。',
    unreachableRemedy: '請確認主機仍在執行，而且這台電腦與它在同一個網路。',
    failed: (status: number): string => `主機無法完成這個動作（${status}）。`,
    failedRemedy: '請再試一次；若仍然不行，請看「系統狀態」頁。',

    teacherHeading: '教師專用',
    teacherText: '在主機本身的電腦上不需要密碼；從這裡操作，請輸入以 access.teacher 設定的密碼。',
    password: '密碼',
    passwordWrong: '密碼不正確。',
    ok: '登入',
    cancel: '取消',

    seats: { left: '左', right: '右', up: '上', down: '下' },
    freeSeat: '空位',
    linkLost: '斷線',
    room: (room: string): string => `房間 ${room}`,
    phases: {
      waiting: '等待玩家',
      countdown: '準備開始',
      playing: '比賽中',
      paused: '暫停',
      over: '比賽結束',
    },
    games: {
      pong: '乓球',
      reaction: '反應力',
      buzzer: '搶答',
      rps: '剪刀石頭布',
      sum: '加到十',
      hockey: '空氣曲棍球',
      snake: '貪食蛇',
    },
    kinds: { board: '開發板', browser: '瀏覽器', agent: '程式' },
    links: { serial: 'USB 線', mqtt: '網路', bot: '主機的機器人' },
    noLink: '未連線',
    noSeat: '沒有座位',
    presences: {
      init: '啟動中',
      ready: '就緒',
      disconnected: '已離開',
      sleeping: '休眠中',
      lost: '失去連線',
    },
    roundTrip: (ms: number): string => `${ms.toFixed(ms < 10 ? 1 : 0)} 毫秒`,
  },
);

/** What a game is called; one that this page does not know, by its own name. */
export const gameName = (game: string): string => texts.games[game] ?? game;

/** The name of a seat. A class of thirty has numbers. */
export const seatName = (seat: string): string => texts.seats[seat] ?? seat;
