/** `paddlewire flash`: puts our program, or StandardFirmata, on a board. */
import { readdirSync, readFileSync } from 'node:fs';
import { PaddlewireError } from '../../shared/errors.ts';
import { systemClock } from '../clock.ts';
import { firmataProgram, paddleProgram, type Program } from '../flash/firmware-files.ts';
import { flashBoard, type FlashProgress } from '../flash/flash-board.ts';
import { openPortLine } from '../flash/port-line.ts';
import { openTrouble } from '../links/serial/port-trouble.ts';
import { print, type Command, type Context } from './context.ts';
import { parseOptions } from './hub-options.ts';

const OPTIONS = {
  port: { type: 'string' },
  board: { type: 'string', default: 'uno' },
  firmata: { type: 'boolean', default: false },
  hex: { type: 'string' },
} as const;

/** Boards with an ATmega328P at 16 MHz and a boot loader that speaks STK500 version 1. */
const BOARDS = ['uno', 'nano'];
const PORTS = /^tty(ACM|USB)\d+$/;
const BAR_WIDTH = 30;

export const flash: Command = async (args, context) => {
  const { values } = parseOptions(args, OPTIONS);
  if (!BOARDS.includes(values['board'] as string))
    throw new PaddlewireError('usage', `--board is one of ${BOARDS.join(', ')}; other boards have no program of ours.`);
  const program = programOf(values['hex'] as string | undefined, values['firmata'] === true);
  const path = (values['port'] as string | undefined) ?? onlyPort();
  const line = await openPortLine(path, systemClock, openTrouble);
  try {
    const { bytes } = await flashBoard({
      line,
      clock: systemClock,
      hex: program.hex,
      onProgress: (progress) => showProgress(context, progress),
    });
    print(context, `${program.name} is on the board at ${path}: ${bytes} bytes written and read back.`);
  } finally {
    await line.close();
  }
  return 0;
};

function programOf(file: string | undefined, firmata: boolean): Program {
  if (file === undefined) return firmata ? firmataProgram() : paddleProgram();
  if (firmata) throw new PaddlewireError('usage', 'Give --hex or --firmata, not both.');
  try {
    return { name: file, hex: readFileSync(file, 'utf8') };
  } catch (error) {
    throw new PaddlewireError('hex-unusable', `Cannot read ${file}: ${(error as Error).message}`);
  }
}

/** The one port there is. */
function onlyPort(): string {
  const ports = readdirSync('/dev')
    .filter((name) => PORTS.test(name))
    .map((name) => `/dev/${name}`);
  const [port] = ports;
  if (port === undefined)
    throw new PaddlewireError(
      'usage',
      'No board is plugged in: no /dev/ttyACM* or /dev/ttyUSB*. Else say --port PATH.',
    );
  if (ports.length > 1)
    throw new PaddlewireError('usage', `Several ports are there: say --port ${ports.join(' or ')}.`);
  return port;
}

const STAGES = { connect: 'Looking for the boot loader', write: 'Writing', verify: 'Verifying' } as const;

/** A bar that moves in a terminal; elsewhere a line for each stage. */
function showProgress({ stderr }: Context, { stage, done, of }: FlashProgress): void {
  if ((stderr as Partial<NodeJS.WriteStream>).isTTY !== true) {
    if (done === (stage === 'connect' ? 0 : of))
      stderr.write(`${STAGES[stage]} ${stage === 'connect' ? '…' : 'done.'}\n`);
    return;
  }
  const filled = Math.round((done / of) * BAR_WIDTH);
  const bar = '█'.repeat(filled).padEnd(BAR_WIDTH, '·');
  stderr.write(`\r${STAGES[stage].padEnd(28)}${bar}${stage === 'verify' && done === of ? '\n' : ''}`);
}
