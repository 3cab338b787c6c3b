/** How a rating went, match by match: mu as a line in the band of what is not sure. */
import type { VNode } from 'preact';
import { useAsked } from '../../live/asked.ts';
import { gameName } from '../../texts/common.ts';
import { skill, texts } from '../../texts/league.ts';

const WIDTH = 300;
const HEIGHT = 90;
const SIGMAS = 3;
const AGAIN_MS = 10_000;

interface Course {
  readonly mu: number;
  readonly sigma: number;
}

export function RatingCourse({ user, game }: { readonly user: string; readonly game: string }): VNode | null {
  const { answer } = useAsked('GET /api/league/users/{user}/history/{game}', { user, game }, AGAIN_MS);
  const course = answer?.toReversed() ?? [];
  const [first, last] = [course[0], course.at(-1)];
  if (first === undefined || last === undefined || course.length < 2) return null;
  const low = Math.min(...course.map(({ mu, sigma }) => mu - SIGMAS * sigma));
  const high = Math.max(...course.map(({ mu, sigma }) => mu + SIGMAS * sigma));
  const place = (index: number, value: number): string =>
    `${((index / (course.length - 1)) * WIDTH).toFixed(1)},${(HEIGHT * (1 - (value - low) / (high - low))).toFixed(1)}`;
  const line = (of: (one: Course) => number): string[] => course.map((one, index) => place(index, of(one)));
  const above = line(({ mu, sigma }) => mu + SIGMAS * sigma);
  const below = line(({ mu, sigma }) => mu - SIGMAS * sigma);
  return (
    <svg
      class="course"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={texts.course(gameName(game), skill(first.mu), skill(last.mu))}
    >
      <polygon points={[...above, ...below.toReversed()].join(' ')} />
      <polyline points={line(({ mu }) => mu).join(' ')} />
    </svg>
  );
}
