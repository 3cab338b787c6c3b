/** Texts of the replay. */
import type { Call } from '../../../shared/journal/calls.ts';
import { seatName, texts as common } from './common.ts';
import { inLanguage } from './language.ts';
import { words } from './words.ts';

export const texts = inLanguage(
  {
    loading: 'Loading the journal…',
    back: 'All matches',
    cannot: 'This journal cannot be played',
    cannotText: 'It may be of another version of the rules, or damaged.',
    damaged: 'The end of this journal is damaged; it is shown as far as it is whole.',
    picture: (scores: string): string => `The court at this tick. ${scores}`,
    play: 'Play',
    pause: 'Pause',
    stepBack: 'One tick back',
    stepOn: 'One tick on',
    noteBack: 'To what was noted before',
    noteOn: 'To what is noted next',
    speed: 'Speed',
    tick: 'Tick',
    place: (seconds: string, tick: number, last: number): string => `${seconds} s, tick ${tick} of ${last}`,
    keys: 'Space plays and pauses, the arrow keys step by one tick.',

    timeline: 'What was noted',
    nothingNoted: 'Nothing was noted.',
    point: (seat: string): string => `${seat} scores`,
    seatEvents: {
      join: (seat: string): string => `${seat} sits down`,
      leave: (seat: string): string => `${seat} leaves`,
      drop: (seat: string): string => `${seat} lost the link`,
      rejoin: (seat: string): string => `${seat} is back`,
      takeover: (seat: string): string => `${seat} is taken over`,
    },
    pausedBecause: words({
      'device-lost': 'Pause: a link was lost',
      'score-buffer-full': 'Pause: points wait for the disk',
      teacher: 'Pause: the teacher',
      recovered: 'Pause: the hub was started again',
    }),
    paused: (reason: string): string => `Pause: ${reason}`,
    resume: 'Play goes on',
    outcome: 'The match ends',
    labSet: 'The lab changes the network',
    memory: 'Memory is written',

    inspector: 'State',
    hash: 'Hash of the state',
    commands: 'Commands in force',
    items: (count: number): string => `${count} items`,
  },
  {
    loading: '正在載入紀錄…',
    back: '所有比賽',
    cannot: '無法播放這份紀錄',
    cannotText: '它可能屬於另一版規則，或者已損壞。',
    damaged: '紀錄的結尾已損壞，只播放完整的部分。',
    picture: (scores: string): string => `此刻的球場。${scores}`,
    play: '播放',
    pause: '暫停',
    stepBack: '退一格',
    stepOn: '進一格',
    noteBack: '到上一個事件',
    noteOn: '到下一個事件',
    speed: '速度',
    tick: '格',
    place: (seconds: string, tick: number, last: number): string => `${seconds} 秒，第 ${tick} 格，共 ${last} 格`,
    keys: '空白鍵播放或暫停，左右方向鍵逐格移動。',

    timeline: '事件',
    nothingNoted: '沒有事件。',
    point: (seat: string): string => `${seat}得分`,
    seatEvents: {
      join: (seat: string): string => `${seat}入座`,
      leave: (seat: string): string => `${seat}離開`,
      drop: (seat: string): string => `${seat}斷線`,
      rejoin: (seat: string): string => `${seat}重新連線`,
      takeover: (seat: string): string => `${seat}由他人接手`,
    },
    pausedBecause: words({
      'device-lost': '暫停：有人斷線',
      'score-buffer-full': '暫停：得分等待寫入磁碟',
      teacher: '暫停：老師按下暫停',
      recovered: '暫停：主機重新啟動',
    }),
    paused: (reason: string): string => `暫停：${reason}`,
    resume: '繼續比賽',
    outcome: '比賽結束',
    labSet: '實驗室改變網路',
    memory: '寫入記憶',

    inspector: '狀態',
    hash: '狀態雜湊值',
    commands: '生效中的指令',
    items: (count: number): string => `${count} 項`,
  },
);

/** A noted call in words. @param seats names of the game's seats */
export function noteWords(call: Call, seats: readonly string[]): string {
  const seat = (index: number): string => seatName(seats[index] ?? String(index + 1));
  switch (call.op) {
    case 'mark':
      return call.kind === 'point' && typeof call.data === 'number'
        ? texts.point(seat(call.data))
        : `${call.kind} ${JSON.stringify(call.data)}`;
    case 'seat': {
      const kind = call.kind === '' ? '' : ` (${common.kinds[call.kind] ?? call.kind})`;
      return `${texts.seatEvents[call.event](seat(call.seat))}${kind}`;
    }
    case 'pause':
      return texts.pausedBecause[call.reason] ?? texts.paused(call.reason);
    case 'resume':
      return texts.resume;
    case 'outcome':
      return texts.outcome;
    case 'lab':
      return `${texts.labSet}: ${JSON.stringify(call.settings)}`;
    case 'memory':
      return `${texts.memory}: ${call.keys.join('.')}`;
    case 'host':
      return call.word;
    default:
      return call.op;
  }
}
