/** The hub's part of the kit against our boards: the firmware on an emulated Uno, and the bridge to a Firmata board. */
import { SerialPort } from 'serialport';
import { describe, expect, it } from 'vitest';
import { FirmataPaddle } from '../../../device/johnny-five/firmata-paddle.ts';
import { systemClock } from '../../../hub/clock.ts';
import { SerialWire } from '../../../hub/conform/device/serial-wire.ts';
import { openLine } from '../../../hub/links/serial/line.ts';
import { FIRST_BAUD } from '../../../shared/contract/messages.ts';
import { LocalWire } from '../../conformance/support/local-wire.ts';
import { named } from '../../conformance/support/scripted-wires.ts';
import { BACKWARD, Bench, FORWARD } from '../../support/boards.ts';
import { missing } from '../../support/needs.ts';
import { conform, failures, MINUTES, press } from './playing.ts';

const clock = (): number => Number(process.hrtime.bigint() / 1000n);

/** A chip that is emulated on a busy computer runs slowly, never fast: what is left when that is not held against it. */
function butForBeingSlow(lines: readonly string[]): string[] {
  const slow = lines.findIndex((line) => /Its clock runs 0\.\d+ times as fast/.test(line));
  return slow < 0 ? [...lines] : lines.toSpliced(slow - 1, 2);
}

describe.skipIf(missing('pty'))('our firmware on an emulated Uno', () => {
  it('keeps every rule of a board', { timeout: MINUTES }, async () => {
    const bench = await Bench.start();
    const board = await bench.plug('tested');
    const wire = new SerialWire(() => openLine(board.path, FIRST_BAUD, systemClock));
    const hold = async (held: readonly boolean[]): Promise<void> => {
      for (const [index, pin] of [BACKWARD, FORWARD].entries())
        await (held[index] === true ? board.press(pin) : board.release(pin));
    };
    const results = await conform(wire, (sentence) => void press(sentence, hold));
    expect(butForBeingSlow(failures(results))).toEqual([]);
    expect(named(results, 'ok').length).toBeGreaterThanOrEqual(40);
  });
});

describe.skipIf(missing('pty'))('the bridge to a Firmata board', () => {
  it('keeps every rule that its messages can show', { timeout: MINUTES }, async () => {
    const bench = await Bench.start();
    const board = await bench.plugFirmata('tested');
    const port = new SerialPort({ path: board.path, baudRate: 57_600, autoOpen: false });
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
    const paddle = new FirmataPaddle({ transport: port, id: 'frank', clock });
    const hold = async (held: readonly boolean[]): Promise<void> => {
      for (const [index, pin] of [BACKWARD, FORWARD].entries())
        await (held[index] === true ? board.press(pin) : board.release(pin));
    };
    const results = await conform(new LocalWire(paddle), (sentence) => void press(sentence, hold));
    await new Promise<void>((resolve) => port.close(() => resolve()));
    expect(failures(results)).toEqual([]);
    expect(named(results, 'ok').length).toBeGreaterThanOrEqual(20);
  });
});
