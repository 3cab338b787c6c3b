/** Scenes between two scenes: what has the same name in both is on its way from one place to the other. */
import type { Scene, Shape } from '../../../shared/games/scene.ts';

/** @param part 0: `before`, 1: `latest` */
export function between(before: Scene, latest: Scene, part: number): Scene {
  if (part >= 1 || before.width !== latest.width || before.height !== latest.height) return latest;
  const known = new Map(before.shapes.flatMap((shape) => (shape.name === undefined ? [] : [[shape.name, shape]])));
  const shapes = latest.shapes.map((shape) => glided(known.get(shape.name ?? ''), shape, part));
  return { ...latest, shapes };
}

/** Every number of it but its paint goes evenly. */
function glided(before: Shape | undefined, shape: Shape, part: number): Shape {
  if (before === undefined || before.kind !== shape.kind) return shape;
  const from = before as unknown as Readonly<Record<string, unknown>>;
  const now: Record<string, unknown> = { ...shape };
  for (const [key, to] of Object.entries(shape)) {
    const start = from[key];
    if (key !== 'paint' && typeof to === 'number' && typeof start === 'number') now[key] = start + (to - start) * part;
  }
  return now as unknown as Shape;
}
