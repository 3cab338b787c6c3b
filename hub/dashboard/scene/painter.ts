/** Paints a scene on a canvas: as large as it fits, in the colours of the page. */
import type { Paint, Scene, Shape } from '../../../shared/games/scene.ts';
import type { Palette } from '../court/palette.ts';

type Context = CanvasRenderingContext2D;

/** Seats of a class have no colours of their own: there are not so many that can be told apart. */
const SEATS = ['left', 'right', 'up', 'down'] as const;
const FONT = 'system-ui, sans-serif';
/** Room around the scene, of its smaller side. */
const MARGIN = 0.03;

function colourOf(palette: Palette, paint: Paint): string {
  if (typeof paint === 'number') return palette[SEATS[paint] ?? 'ink'];
  return paint === 'faint' ? palette.edge : palette[paint];
}

/** @param width of the canvas, in its own px */
export function paintScene(context: Context, scene: Scene, palette: Palette, width: number, height: number): void {
  context.fillStyle = palette.court;
  context.fillRect(0, 0, width, height);
  const margin = 2 * MARGIN * Math.min(scene.width, scene.height);
  const scale = Math.min(width / (scene.width + margin), height / (scene.height + margin));
  context.save();
  context.translate((width - scene.width * scale) / 2, (height - scene.height * scale) / 2);
  context.scale(scale, scale);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const shape of scene.shapes) paintShape(context, shape, colourOf(palette, shape.paint));
  context.restore();
}

function paintShape(context: Context, shape: Shape, colour: string): void {
  context.fillStyle = colour;
  context.strokeStyle = colour;
  switch (shape.kind) {
    case 'box':
      context.fillRect(shape.x, shape.y, shape.w, shape.h);
      break;
    case 'disc':
      context.beginPath();
      context.arc(shape.x, shape.y, Math.max(0, shape.r), 0, 2 * Math.PI);
      context.fill();
      break;
    case 'line':
      context.lineWidth = shape.width;
      context.beginPath();
      context.moveTo(shape.x, shape.y);
      context.lineTo(shape.x2, shape.y2);
      context.stroke();
      break;
    case 'text':
      context.font = `700 ${shape.size}px ${FONT}`;
      context.fillText(shape.text, shape.x, shape.y);
      break;
  }
}
