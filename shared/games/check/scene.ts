/** Whether a picture can be painted. */
import type { Scene, Shape } from '../scene.ts';
import type { Findings } from './findings.ts';

const MAX_SHAPES = 2000;
const MAX_TEXT = 100;
const PAINTS = new Set<unknown>(['ink', 'faint', 'accent']);

export function checkScene(scene: Scene, seats: number, tick: number, findings: Findings): void {
  const { width, height, shapes } = scene;
  const say = (what: string): void => findings.add('drawing', `draw gives ${what} at tick ${tick}.`);
  if (!(width > 0 && height > 0 && Number.isFinite(width * height))) say(`a picture of ${width} by ${height}`);
  if (shapes.length > MAX_SHAPES) say(`${shapes.length} shapes (${MAX_SHAPES} can be painted 60 times a second)`);
  for (const shape of shapes) {
    const fault = shapeFault(shape, seats);
    if (fault !== null) say(`a ${shape.kind} with ${fault}`);
  }
}

function shapeFault(shape: Shape, seats: number): string | null {
  const { paint } = shape;
  const painted =
    typeof paint === 'number' ? Number.isInteger(paint) && paint >= 0 && paint < seats : PAINTS.has(paint);
  if (!painted) return `the paint ${String(paint)}`;
  for (const [name, value] of Object.entries(shape))
    if (typeof value === 'number' && !Number.isFinite(value)) return `${name} ${value}`;
  return shape.kind === 'text' && shape.text.length > MAX_TEXT ? `a text of ${shape.text.length}` : null;
}
