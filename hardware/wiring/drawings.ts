/** Lays a circuit out beside its board: pins on the board's right edge, parts to the right, ground along the bottom. */
import type { Board } from '../boards/board.ts';
import { circuitOf, describeCircuit, WIRED, type Circuit, type Drop, type Element, type Wired } from './circuit.ts';
import { box, dot, svg, text, wire, type Point, type WireKind } from './svg.ts';
import * as symbols from './symbols.ts';

const WIDTH = 640;
const BOARD = { left: 16, right: 212, top: 62 };
/** The first pin's y: under the board's name. */
const FIRST = 158;
const MARGIN = 16;
/** A name's line in the board's box, in characters. */
const NAME_CHARACTERS = 14;
/** Where drops stand: one or two have room for words beside them. */
const ROOMY = { rowStep: 46, columnStep: 170, firstColumn: 306 } as const;
const CROWDED = { rowStep: 34, columnStep: 66, firstColumn: 252 } as const;
/** Room under the ground wire for its symbol. */
const GROUND_ROOM = 56;

interface Layout {
  readonly height: number;
  readonly shapes: readonly string[];
}

export interface Drawing {
  /** Path from the package's root. */
  readonly file: string;
  readonly title: string;
  readonly description: string;
  readonly svg: string;
}

/** The drawing, or in words why there is none. */
export function drawingOf(board: Board, wired: Wired): Drawing | string {
  const circuit = circuitOf(board, wired);
  if (typeof circuit === 'string') return circuit;
  const title = `${board.name}: ${WIRED[wired].title}`;
  const description = describeCircuit(board, circuit);
  const { height, shapes } = layout(board, circuit);
  const frame = [text([BOARD.left, 40], title, 'start', 'head'), ...boardBox(board, height)];
  const picture = { width: WIDTH, height, title, description, shapes: [...frame, ...shapes] };
  return { file: `docs/images/wiring-${board.id}-${wired}.svg`, title, description, svg: svg(picture) };
}

function layout(board: Board, circuit: Circuit): Layout {
  switch (circuit.shape) {
    case 'drops':
      return drops(board, circuit.drops);
    case 'knob':
      return knob(board, circuit);
    case 'pixels':
      return pixels(board, circuit);
  }
}

function boardBox(board: Board, height: number): string[] {
  const { left, right, top } = BOARD;
  const name = inLines(board.name).map((words, index) =>
    text([left + 14, top + 32 + index * 26], words, 'start', 'name'),
  );
  return [box([left, top], right - left, height - top - MARGIN, 'board', 10), ...name];
}

/** Words in lines that fit the board's box. */
function inLines(words: string): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= NAME_CHARACTERS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * The lowest pin's wire goes down nearest to the board, so that no two cross; so pins are drawn from the last to the
 * first, and parts stand from left to right in their order.
 */
function drops(board: Board, all: readonly Drop[]): Layout {
  const crowded = all.length > 2;
  const { rowStep, columnStep, firstColumn } = crowded ? CROWDED : ROOMY;
  const lastRow = FIRST + (all.length - 1) * rowStep;
  const middles = (all[0] as Drop).elements.map((_, index) => lastRow + 72 + index * 92);
  const [highest, lowest] = [middles[0] as number, middles.at(-1) as number];
  const groundY = lowest + 72;
  const columns = all.map((_, index) => firstColumn + index * columnStep);
  const lastX = columns.at(-1) as number;
  const shapes = all.flatMap((drop, index) => {
    const x = columns[index] as number;
    const y = lastRow - index * rowStep;
    const kind: WireKind = index % 2 === 0 ? 'signal' : 'other';
    return [
      wire(kind, [BOARD.right, y], [x, y], [x, highest - symbols.REACH]),
      ...between(kind, x, middles),
      wire('ground', [x, lowest + symbols.REACH], [x, groundY]),
      ...drop.elements.flatMap((element, place) => draw(element, [x, middles[place] as number], !crowded)),
      ...(crowded || x !== lastX ? [dot('ground', [x, groundY])] : []),
      ...(crowded ? [text([x, groundY + 32], `${index + 1}`, 'middle')] : []),
      ...symbols.pad([BOARD.right, y], drop.pin, kind),
    ];
  });
  const shared = crowded
    ? (all[0] as Drop).elements.flatMap((element, place) => said(element, [lastX, middles[place] as number]))
    : [];
  return {
    height: groundY + GROUND_ROOM,
    shapes: [...groundWire(board.power.ground, groundY, crowded ? lastX + 60 : lastX), ...shapes, ...shared],
  };
}

/** What is the same in all columns, said once beside the last. */
const said = (element: Element, at: Point): string[] =>
  element.kind === 'resistor'
    ? [symbols.beside(at, 'each'), symbols.beside([at[0], at[1] + 26], `${element.ohms} Ω`)]
    : [];

/** The wires from part to part of a drop. */
const between = (kind: WireKind, x: number, middles: readonly number[]): string[] =>
  middles
    .slice(1)
    .map((y, index) => wire(kind, [x, (middles[index] as number) + symbols.REACH], [x, y - symbols.REACH]));

const groundWire = (label: string, y: number, lastX: number): string[] => [
  wire('ground', [BOARD.right, y], [lastX, y]),
  ...symbols.ground([lastX, y]),
  ...symbols.pad([BOARD.right, y], label, 'ground'),
];

/** @param labelled whether there is room for words beside it */
function draw(element: Element, at: Point, labelled: boolean): string[] {
  switch (element.kind) {
    case 'button':
      return symbols.button(at, element.label);
    case 'resistor':
      return symbols.resistor(at, labelled ? `${element.ohms} Ω` : null);
    case 'led':
      return symbols.led(at, labelled ? ['LED, its long', 'leg on top'] : []);
    case 'piezo':
      return symbols.piezo(at, element.label);
  }
}

function knob(board: Board, circuit: Extract<Circuit, { shape: 'knob' }>): Layout {
  const [x, y, groundY] = [420, FIRST + 95, FIRST + 190];
  return {
    height: groundY + GROUND_ROOM,
    shapes: [
      wire('supply', [BOARD.right, FIRST], [x, FIRST], [x, y - 55]),
      ...symbols.pad([BOARD.right, FIRST], circuit.supply, 'supply'),
      wire('signal', [BOARD.right, y], [x - 30, y]),
      ...symbols.pad([BOARD.right, y], circuit.pin, 'signal'),
      wire('ground', [x, y + 55], [x, groundY]),
      ...groundWire(board.power.ground, groundY, x),
      ...symbols.potentiometer([x, y], `${circuit.kiloohms} kΩ`),
    ],
  };
}

function pixels(board: Board, circuit: Extract<Circuit, { shape: 'pixels' }>): Layout {
  const [left, right, y, groundY] = [340, 548, FIRST + 110, FIRST + 220];
  const capacitorX = 590;
  const supplyY = FIRST + 10;
  const inX = left + 30;
  const lights = Array.from({ length: circuit.count }, (_, index) =>
    box([left + 68 + index * 16.5, y - 6], 12, 12, 'ink', 2),
  );
  return {
    height: groundY + GROUND_ROOM + 24,
    shapes: [
      wire('supply', [BOARD.right, supplyY], [capacitorX, supplyY], [capacitorX, y - 8]),
      wire('supply', [inX, supplyY], [inX, y - 50]),
      dot('supply', [inX, supplyY]),
      ...symbols.pad([BOARD.right, supplyY], circuit.supply, 'supply'),
      ...(circuit.diode ? symbols.flatDiode([278, supplyY], '1N4001') : []),
      wire('signal', [BOARD.right, y], [left, y]),
      ...symbols.pad([BOARD.right, y], circuit.pin, 'signal'),
      ...symbols.flatResistor([278, y], `${circuit.ohms} Ω`),
      wire('ground', [inX, y + 50], [inX, groundY]),
      dot('ground', [inX, groundY]),
      wire('ground', [capacitorX, y + 8], [capacitorX, groundY]),
      ...groundWire(board.power.ground, groundY, capacitorX),
      box([left, y - 50], right - left, 100, 'part'),
      text([left + 12, y - 24], '5V'),
      text([left + 12, y + 40], 'GND'),
      text([right - 12, y - 24], `${circuit.count} pixels`, 'end'),
      text([left + 12, y + 8], 'DIN'),
      ...lights,
      ...symbols.capacitor([capacitorX, y]),
      text([capacitorX - 34, groundY + 34], `${circuit.microfarads} µF`, 'end'),
    ],
  };
}
