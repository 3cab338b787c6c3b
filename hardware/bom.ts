/** What a classroom set needs, counted from the circuits of a board. No prices: they change, and differ by country. */
import { pinsFor, type Board } from './boards/board.ts';
import { circuitOf, WIRED, type Circuit, type Wired } from './wiring/circuit.ts';

export interface Item {
  readonly what: string;
  readonly count: number;
  readonly why: string;
}

/** One in ten, and at least one, to replace what breaks and gets lost. */
const SPARE = 10;
/** A hub with its own power supply: 500 mA is what USB 2.0 promises a device. */
const MILLIAMPS_A_PORT = 500;
/** Ports that hubs are sold with. */
const HUB_PORTS = [4, 7, 10, 16];
/** Wires that each pin of a circuit takes, its way to ground included. */
const WIRES_A_DROP = 2;
/** Jumper wires are sold in this number. */
const WIRES_A_PACK = 40;

const spares = (count: number): number => Math.max(1, Math.ceil(count / SPARE));

/**
 * @param board on which all controllers are built
 * @param controllers how many there are to be
 */
export function billOfMaterials(board: Board, controllers: number): Item[] {
  const circuits = (Object.keys(WIRED) as Wired[])
    // The light is on these boards already.
    .filter((wired) => wired !== 'led' || board.onBoard.light === undefined)
    .map((wired) => circuitOf(board, wired))
    .filter((circuit): circuit is Circuit => typeof circuit !== 'string');
  return [
    withSpares(board.name, controllers, 'the controller'),
    withSpares('USB cable for it, with data lines', controllers, 'some cables carry power only'),
    ...parts(circuits).map(([what, each]) => withSpares(what, each * controllers, `${each} a controller`)),
    { what: 'breadboard, half size', count: controllers, why: 'one a controller' },
    packsOfWire(circuits, controllers),
    ...hubs(controllers),
    ...theHub(),
  ];
}

const withSpares = (what: string, count: number, why: string): Item => {
  const spare = spares(count);
  return { what, count: count + spare, why: `${why}, and one in ten to spare` };
};

/** Parts of one controller with their number, in the order in which they come up. */
function parts(circuits: readonly Circuit[]): [what: string, each: number][] {
  const counts = new Map<string, number>();
  for (const what of circuits.flatMap(partsOf)) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts];
}

function partsOf(circuit: Circuit): string[] {
  switch (circuit.shape) {
    case 'drops':
      return circuit.drops.flatMap(({ elements }) =>
        elements.map((element) => {
          switch (element.kind) {
            case 'button':
              return 'push button, for a breadboard or a panel';
            case 'resistor':
              return `resistor ${element.ohms} Ω`;
            case 'led':
              return 'LED, red, 5 mm';
            case 'piezo':
              return 'piezo disc or small loudspeaker, without electronics (passive)';
          }
        }),
      );
    case 'knob':
      return [`potentiometer ${circuit.kiloohms} kΩ, linear`];
    case 'pixels':
      return [
        `bar of ${circuit.count} NeoPixels (WS2812B)`,
        `resistor ${circuit.ohms} Ω`,
        `capacitor ${circuit.microfarads} µF, 6.3 V or more`,
        ...(circuit.diode ? ['diode 1N4001'] : []),
      ];
  }
}

function packsOfWire(circuits: readonly Circuit[], controllers: number): Item {
  const each = circuits.reduce((sum, circuit) => sum + wiresOf(circuit), 0);
  const count = Math.ceil((each * controllers) / WIRES_A_PACK);
  return {
    what: `jumper wires, pack of ${WIRES_A_PACK}`,
    count,
    why: `${each} wires a controller`,
  };
}

const wiresOf = (circuit: Circuit): number => (circuit.shape === 'drops' ? circuit.drops.length * WIRES_A_DROP : 3);

/** USB hubs for the controllers: the smallest that has ports for all, or as many of the largest as it takes. */
function hubs(controllers: number): Item[] {
  const largest = HUB_PORTS.at(-1) as number;
  const ports = HUB_PORTS.find((many) => many >= controllers) ?? largest;
  const count = Math.ceil(controllers / ports);
  const amperes = (ports * MILLIAMPS_A_PORT) / 1000;
  return [
    {
      what: `USB hub with ${ports} ports and its own power supply of 5 V, ${amperes} A or more`,
      count,
      why: `${MILLIAMPS_A_PORT} mA a port; the ports of a Pi share what its own supply leaves over`,
    },
  ];
}

const theHub = (): Item[] => [
  { what: 'Raspberry Pi 4 or 5, 2 GB or more', count: 1, why: 'the hub; any computer with Linux does as well' },
  { what: 'its own power supply (Pi 4: 5.1 V 3 A; Pi 5: 5.1 V 5 A)', count: 1, why: 'a phone charger sags under load' },
  { what: 'microSD card, 32 GB, class A1 or better', count: 2, why: 'one in the Pi, one with a copy' },
  { what: 'HDMI cable for the projector (micro HDMI at the Pi)', count: 1, why: 'the court, for all to see' },
];

/** What one controller draws at most from its lights, in mA: every LED on at once. */
export function lightMilliamps(board: Board): number {
  const bar = circuitOf(board, 'bar');
  if (typeof bar === 'string') return 0;
  return pinsFor(board, 'bar').length * board.milliamps.steady;
}
