/** The parts of a wiring diagram, each drawn around a point. Vertical ones reach `REACH` up and down from it. */
import { box, circle, dot, line, shape, text, wire, type Point, type WireKind } from './svg.ts';

/** How far a vertical part reaches from its middle to where its wires begin, in px of the picture. */
export const REACH = 30;
/** Labels stand this far right of a part's middle. */
const BESIDE = 42;
/** From a line of text's base to its optical middle. */
export const TEXT_DROP = 8;

/** Words beside a part. */
export const beside = ([x, y]: Point, words: string): string => text([x + BESIDE, y + TEXT_DROP], words);

/** A push button from above: its cap, and its two legs. */
export const button = ([x, y]: Point, label: string): string[] => [
  box([x - REACH, y - REACH], REACH * 2, REACH * 2, 'part'),
  circle([x, y], 17, 'ink'),
  beside([x, y], label),
];

/** Upright. @param label null: none */
export const resistor = ([x, y]: Point, label: string | null): string[] => [
  box([x - 12, y - REACH], 24, REACH * 2, 'part', 3),
  ...(label === null ? [] : [beside([x, y], label)]),
];

export const flatResistor = ([x, y]: Point, label: string): string[] => [
  box([x - REACH, y - 12], REACH * 2, 24, 'part', 3),
  text([x, y - 24], label, 'middle'),
];

/** An LED whose current flows down, with its two arrows of light. */
export const led = ([x, y]: Point, label: readonly string[]): string[] => [
  line('ink', [x, y - REACH], [x, y + REACH]),
  shape('part', [x - 18, y - 16], [x + 18, y - 16], [x, y + 14]),
  line('ink', [x - 18, y + 16], [x + 18, y + 16]),
  ...[0, 12].flatMap((down) => [
    line('part', [x + 20, y - 8 + down], [x + 31, y - 19 + down]),
    shape('ink', [x + 34, y - 22 + down], [x + 26, y - 19 + down], [x + 31, y - 14 + down]),
  ]),
  ...label.map((words, index) => beside([x + 10, y + index * 26], words)),
];

export const flatDiode = ([x, y]: Point, label: string): string[] => [
  shape('part', [x - 16, y - 18], [x - 16, y + 18], [x + 14, y]),
  line('ink', [x + 16, y - 18], [x + 16, y + 18]),
  text([x, y - 28], label, 'middle'),
];

/** A disc on a disc. */
export const piezo = ([x, y]: Point, label: string): string[] => [
  circle([x, y], REACH, 'part'),
  circle([x, y], 18, 'part'),
  beside([x, y], label),
];

/** Upright; the plate above is the positive one. */
export const capacitor = ([x, y]: Point): string[] => [
  box([x - 24, y - 7], 48, 14, 'paper', 0),
  line('ink', [x - 22, y - 8], [x + 22, y - 8]),
  line('ink', [x - 22, y + 8], [x + 22, y + 8]),
  text([x + 14, y - 16], '+', 'start'),
];

/** A potentiometer: its track upright, the wiper from the left. */
export const potentiometer = ([x, y]: Point, label: string): string[] => [
  box([x - 14, y - 55], 28, 110, 'part', 3),
  shape('ink', [x - 17, y], [x - 35, y - 10], [x - 35, y + 10]),
  text([x + BESIDE, y - 6], 'knob'),
  text([x + BESIDE, y + 22], label),
];

export const ground = ([x, y]: Point): string[] => [
  wire('ground', [x, y], [x, y + 14]),
  line('ink', [x - 20, y + 16], [x + 20, y + 16]),
  line('ink', [x - 12, y + 24], [x + 12, y + 24]),
  line('ink', [x - 4, y + 32], [x + 4, y + 32]),
];

/** Where a wire leaves the board: its label inside, its pad on the edge. */
export const pad = (at: Point, label: string, kind: WireKind): string[] => [
  text([at[0] - 16, at[1] + TEXT_DROP], label, 'end', 'pin'),
  dot(kind, at),
];
