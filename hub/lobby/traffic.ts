/** Messages and bytes of all devices since the hub started, those of links that have ended too. */
import type { Link, LinkCounters } from '../links/link.ts';

type Counts = Pick<LinkCounters, 'framesIn' | 'framesOut' | 'bytesIn' | 'bytesOut'>;

/** As they were on their links. */
export interface Traffic {
  readonly messages: { readonly in: number; readonly out: number };
  readonly bytes: { readonly in: number; readonly out: number };
}

export class TrafficCount {
  readonly #ended: Counts = { framesIn: 0, framesOut: 0, bytesIn: 0, bytesOut: 0 };

  /** A link has ended. */
  ended(link: Link): void {
    add(this.#ended, link.counters);
  }

  /** @param links that are there */
  total(links: Iterable<Link>): Traffic {
    const sum = { ...this.#ended };
    for (const { counters } of links) add(sum, counters);
    return { messages: { in: sum.framesIn, out: sum.framesOut }, bytes: { in: sum.bytesIn, out: sum.bytesOut } };
  }
}

function add(sum: Counts, { framesIn, framesOut, bytesIn, bytesOut }: Counts): void {
  sum.framesIn += framesIn;
  sum.framesOut += framesOut;
  sum.bytesIn += bytesIn;
  sum.bytesOut += bytesOut;
}
