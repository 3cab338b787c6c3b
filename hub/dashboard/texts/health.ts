/** Texts of the page that tells how the hub is. */
import { inLanguage } from './language.ts';

export const texts = inLanguage(
  {
    waiting: 'The hub tells this once a second.',
    well: 'The hub is well',
    unwell: 'Something is wrong',
    storeFailing: 'The hub cannot write its disk. Points are kept in memory; free some space, and nothing is lost.',
    behind: 'Ticks come late: this computer has too much to do. Close other programs, or rooms that nobody needs.',
    diskShort: 'The disk is nearly full. Free some space before the next lesson.',
    others: 'For programs:',

    ticks: 'Ticks',
    lateness: 'Lateness',
    work: 'Work in a tick',
    skipped: 'Ticks left out',
    spread: (what: string): string => `${what}: half and 99 % below`,
    half: 'half below',
    most: '99 % below',
    messages: 'Messages',
    in: 'In',
    out: 'Out',
    perSecond: (count: number): string => `${count.toFixed(0)} a second`,
    computer: 'Computer and disk',
    memory: 'Memory of the hub',
    disk: 'Free on the disk',
    journal: 'Journal not yet on disk',
    unsaved: 'Points not yet on disk',
    uptime: 'Runs for',
    clients: 'Connections',
    devices: 'Devices',
    rooms: 'Rooms',
    refused: 'Refused, by code',
    noneRefused: 'Nothing was refused.',
    links: 'Links',
    noLinks: 'No device has a link.',
    device: 'Device',
    link: 'Link',
    roundTrip: 'Round trip',
    inputs: 'Inputs a second',
    lost: 'Lost to the hub',
    lostOnDevice: 'Lost to the device',
    missed: 'Never came',
    refusedMessages: 'Refused',
    lastMinutes: 'last 2 minutes',
    ms: (ms: number): string => `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`,
    duration: (hours: number, minutes: number): string => (hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`),
  },
  {
    waiting: '主機每秒回報一次。',
    well: '主機運作正常',
    unwell: '出了狀況',
    storeFailing: '主機無法寫入磁碟，得分暫存在記憶體中；請清出空間，就不會遺失任何東西。',
    behind: '時序延遲：這台電腦太忙了。請關閉其他程式，或不需要的房間。',
    diskShort: '磁碟快滿了，請在下一堂課前清出空間。',
    others: '給程式使用：',

    ticks: '時序',
    lateness: '延遲',
    work: '每格的工作時間',
    skipped: '略過的格數',
    spread: (what: string): string => `${what}：半數與 99 % 低於`,
    half: '半數低於',
    most: '99 % 低於',
    messages: '訊息',
    in: '收到',
    out: '送出',
    perSecond: (count: number): string => `每秒 ${count.toFixed(0)} 則`,
    computer: '電腦與磁碟',
    memory: '主機使用的記憶體',
    disk: '磁碟剩餘空間',
    journal: '尚未寫入磁碟的紀錄',
    unsaved: '尚未寫入磁碟的得分',
    uptime: '已執行',
    clients: '連線數',
    devices: '裝置',
    rooms: '房間',
    refused: '拒絕次數（依代碼）',
    noneRefused: '沒有拒絕任何訊息。',
    links: '連線',
    noLinks: '沒有任何裝置連線。',
    device: '裝置',
    link: '連線方式',
    roundTrip: '往返延遲',
    inputs: '每秒輸入',
    lost: '往主機遺失',
    lostOnDevice: '往裝置遺失',
    missed: '從未送達',
    refusedMessages: '被拒絕',
    lastMinutes: '最近 2 分鐘',
    ms: (ms: number): string => `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} 毫秒`,
    duration: (hours: number, minutes: number): string => (hours > 0 ? `${hours} 小時 ${minutes} 分` : `${minutes} 分`),
  },
);

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size in the unit that makes it short: `96 MB`. */
export function size(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : value.toFixed(0)} ${UNITS[power] ?? ''}`;
}

export function duration(seconds: number): string {
  return texts.duration(Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60));
}
