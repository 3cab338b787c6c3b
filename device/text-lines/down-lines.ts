/** What the hub's messages become as lines of text (docs/text-lines.md). Pure; remembers the score to tell what is new. */
import type { DownMessage, MessageOf } from '../../shared/contract/messages.ts';

/** A tone this short is that of the ball on the own paddle. */
const BOUNCE_MS = 60;

export class DownLines {
  #seat = '';
  #scores = '';
  #points = 0;

  /** The lines that say it; none for what a text board has no use for. */
  of(message: DownMessage): readonly string[] {
    switch (message.type) {
      case 'WELCOME':
        // It is a new beginning: what was said before is said again.
        this.#seat = this.#scores = '';
        return [`welcome ${message.name}`];
      case 'SEAT':
        return this.#seatLines(message.side);
      case 'START':
        this.#points = 0;
        return ['start'];
      case 'SCORE':
        return this.#scoreLines(message);
      case 'EFFECT':
        return effectLines(message);
      case 'END':
        return message.result === 'void' ? [] : [message.result];
      default:
        return [];
    }
  }

  #seatLines(side: string): readonly string[] {
    if (side === this.#seat) return [];
    this.#seat = side;
    return [side === '' ? 'seat none' : `seat ${side}`];
  }

  #scoreLines({ scores, points }: MessageOf<'SCORE'>): readonly string[] {
    const said = scores.join(' ');
    if (said === this.#scores) return [];
    const scored = points > this.#points;
    this.#scores = said;
    this.#points = points;
    return scored ? ['point', `score ${said}`] : [`score ${said}`];
  }
}

function effectLines({ effect, value, ms }: MessageOf<'EFFECT'>): readonly string[] {
  if (effect === 'identify') return ['identify'];
  return effect === 'tone' && value > 0 && ms > 0 && ms <= BOUNCE_MS ? ['bounce'] : [];
}
