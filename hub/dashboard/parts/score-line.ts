/** Who has how many points, as words: for who cannot see the picture. */
import type { Scoreboard } from '../live/model.ts';
import { seatName } from '../texts/common.ts';
import { texts } from '../texts/projector.ts';

export function scoreLine({ seats }: Pick<Scoreboard, 'seats'>): string {
  const taken = seats.filter(({ device }) => device !== null);
  return taken.map(({ seat, points }) => texts.score(seatName(seat), points)).join(', ');
}
