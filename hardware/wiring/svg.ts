/** SVG as text: the few shapes that wiring diagrams need, and their colours for light and dark. */

export type Point = readonly [x: number, y: number];
/** Roles of a wire. Colours are of Okabe and Ito's set, darkened or lightened for contrast; shape and label tell too. */
export type WireKind = 'supply' | 'ground' | 'signal' | 'other';

export const text = (
  [x, y]: Point,
  words: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
  style: 'label' | 'pin' | 'name' | 'head' = 'label',
): string => `<text x="${x}" y="${y}" class="${style}" text-anchor="${anchor}">${escape(words)}</text>`;

export const wire = (kind: WireKind, ...points: readonly Point[]): string =>
  `<polyline class="wire ${kind}" points="${points.map(([x, y]) => `${x},${y}`).join(' ')}"/>`;

export const dot = (kind: WireKind, [x, y]: Point): string => `<circle class="dot ${kind}" cx="${x}" cy="${y}" r="6"/>`;

export const box = ([x, y]: Point, width: number, height: number, style: string, round = 6): string =>
  `<rect class="${style}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>`;

export const circle = ([x, y]: Point, radius: number, style: string): string =>
  `<circle class="${style}" cx="${x}" cy="${y}" r="${radius}"/>`;

export const shape = (style: string, ...points: readonly Point[]): string =>
  `<polygon class="${style}" points="${points.map(([x, y]) => `${x},${y}`).join(' ')}"/>`;

export const line = (style: string, [x1, y1]: Point, [x2, y2]: Point): string =>
  `<line class="${style}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;

const STYLE = `
  .paper { fill: #ffffff }
  text { fill: #14181f; font: 600 22px system-ui, sans-serif }
  .name { font-size: 20px }
  .head { font-size: 26px; font-weight: 700 }
  .board { fill: #e3ebf4; stroke: #14181f; stroke-width: 3 }
  .part { fill: #ffffff; stroke: #14181f; stroke-width: 3 }
  .ink { fill: #14181f; stroke: #14181f; stroke-width: 4 }
  .wire { fill: none; stroke-width: 6; stroke-linejoin: round; stroke-linecap: round }
  .supply { stroke: #c44f00 }
  .ground { stroke: #14181f }
  .signal { stroke: #0072b2 }
  .other { stroke: #a6427a }
  .dot { stroke: none }
  .dot.supply { fill: #c44f00 }
  .dot.ground { fill: #14181f }
  .dot.signal { fill: #0072b2 }
  .dot.other { fill: #a6427a }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #12161c }
    text { fill: #f2f5f9 }
    .board { fill: #25303d; stroke: #f2f5f9 }
    .part { fill: #12161c; stroke: #f2f5f9 }
    .ink { fill: #f2f5f9; stroke: #f2f5f9 }
    .supply { stroke: #ff9a4d }
    .ground { stroke: #f2f5f9 }
    .signal { stroke: #56b4e9 }
    .other { stroke: #e79ac6 }
    .dot { stroke: none }
    .dot.supply { fill: #ff9a4d }
    .dot.ground { fill: #f2f5f9 }
    .dot.signal { fill: #56b4e9 }
    .dot.other { fill: #e79ac6 }
  }`;

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** The whole content in words. */
  readonly description: string;
  readonly shapes: readonly string[];
}

export function svg({ width, height, title, description, shapes }: Picture): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">
<title id="title">${escape(title)}</title>
<desc id="description">${escape(description)}</desc>
<style>${STYLE}
</style>
${box([0, 0], width, height, 'paper', 0)}
${shapes.join('\n')}
</svg>
`;
}

const escape = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
