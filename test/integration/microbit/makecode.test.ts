/** The MakeCode program of docs/microbit.md: its types, against what it uses of MakeCode. It runs nowhere here. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { packageUrl } from '../../../shared/package-files.ts';
import { temporaryFolder } from '../../support/hubs.ts';

const MAKECODE = `
declare const enum BaudRate { BaudRate115200 }
declare const enum Delimiters { NewLine }
declare const enum IconNames { Happy, Sad, Fabulous, Diamond, Asleep }
declare const enum Button { A, B }
declare const enum Dimension { X, Y, Z }
declare namespace serial {
  function redirectToUSB(): void
  function setBaudRate(rate: BaudRate): void
  function writeLine(text: string): void
  function delimiters(which: Delimiters): string
  function readUntil(delimiter: string): string
  function onDataReceived(delimiters: string, body: () => void): void
}
declare namespace basic {
  function showIcon(icon: IconNames, interval?: number): void
  function showNumber(value: number, interval?: number): void
  function forever(body: () => void): void
}
declare namespace input {
  function buttonIsPressed(button: Button): boolean
  function acceleration(dimension: Dimension): number
}
declare namespace control { function deviceSerialNumber(): number }
interface Math { constrain(value: number, low: number, high: number): number }
`;

it('the MakeCode program is right by its types', () => {
  const page = readFileSync(packageUrl('docs/microbit.md'), 'utf8');
  const program = /```typescript\n(.*?)```/s.exec(page)?.[1] ?? '';
  expect(program).toContain('basic.forever');
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'makecode.d.ts'), MAKECODE);
  writeFileSync(join(folder, 'main.ts'), program);
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  const check = [tsc, '--noEmit', '--strict', '--lib', 'es5', '--types', '', '--moduleDetection', 'legacy'];
  const files = ['makecode.d.ts', 'main.ts'].map((name) => join(folder, name));
  const said = (): string => execFileSync(process.execPath, [...check, ...files], { cwd: folder, encoding: 'utf8' });
  expect(said()).toBe('');
});
