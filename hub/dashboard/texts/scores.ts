/** Texts of the leaderboard and the list of matches. */
import { inLanguage, language } from './language.ts';
import { counted, words } from './words.ts';

export const texts = inLanguage(
  {
    periods: { lifetime: 'All time', today: 'Today' },
    periodsHeading: 'Period',
    place: 'Place',
    name: 'Name',
    kind: 'Plays as',
    wins: 'Wins',
    points: 'Points',
    matches: 'Matches',
    nobody: 'Nobody has scored yet',
    nobodyText: 'Points are listed here as soon as they are on disk.',
    historyOf: (name: string): string => `Matches of ${name}`,
    close: 'Close',

    noMatches: 'No match yet',
    noMatchesText: 'A match is listed here from its first tick.',
    onlyMine: 'Show',
    going: 'is being played',
    outcomes: words({ win: 'won', draw: 'draw', void: 'given up' }),
    won: 'won',
    replay: 'Replay',
    noJournal: 'no journal is kept',
    star: 'Keep its journal for ever',
    unstar: 'Let its journal go with time',
    pointsOf: (points: number): string => counted(points, 'point', 'points'),
    lasted: (minutes: number, seconds: number): string => `${minutes}:${String(seconds).padStart(2, '0')} min`,
  },
  {
    periods: { lifetime: '歷來', today: '今天' },
    periodsHeading: '期間',
    place: '名次',
    name: '名稱',
    kind: '裝置',
    wins: '勝場',
    points: '得分',
    matches: '場次',
    nobody: '還沒有人得分',
    nobodyText: '得分一寫入磁碟，就會列在這裡。',
    historyOf: (name: string): string => `${name} 的比賽`,
    close: '關閉',

    noMatches: '還沒有比賽',
    noMatchesText: '比賽一開始，就會列在這裡。',
    onlyMine: '顯示',
    going: '進行中',
    outcomes: words({ win: '獲勝', draw: '平手', void: '中止' }),
    won: '獲勝',
    replay: '重播',
    noJournal: '沒有保留紀錄',
    star: '永久保留紀錄',
    unstar: '不再永久保留',
    pointsOf: (points: number): string => `${points} 分`,
    lasted: (minutes: number, seconds: number): string => `${minutes} 分 ${seconds} 秒`,
  },
);

const WHEN = new Intl.DateTimeFormat(language === 'en' ? undefined : language, {
  dateStyle: 'medium',
  timeStyle: 'short',
});

/** A moment by the reader's own clock. @param ms since 1970 */
export const when = (ms: number): string => WHEN.format(ms);
