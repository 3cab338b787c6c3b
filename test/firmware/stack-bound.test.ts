/** The script that bounds the stack from a disassembly: what it adds up, and what it refuses to. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { packageUrl } from '../../shared/package-files.ts';

const SCRIPT = fileURLToPath(packageUrl('device/firmware/tools/stack.awk'));

/** Lines as `avr-objdump -d` prints them. */
function listing(functions: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(functions)
    .map(([name, lines]) => `00000100 <${name}>:\n${lines.map((line) => ` 100:\t00 00 \t${line}\n`).join('')}`)
    .join('\n');
}

const bound = (functions: Readonly<Record<string, readonly string[]>>) => {
  const { status, stdout, stderr } = spawnSync('awk', ['-f', SCRIPT], { input: listing(functions), encoding: 'utf8' });
  return { status, stderr, stack: Number(/^stack (\d+)$/m.exec(stdout)?.[1]) };
};

const LEAF = { leaf: ['push\tr16', 'push\tr17', 'ret'] };

describe('the bound of the stack', () => {
  test('is the deepest chain of calls and the deepest interrupt', () => {
    const { status, stack } = bound({
      main: ['push\tr28', 'call\t0x200\t; 0x200 <shallow>', 'call\t0x300\t; 0x300 <deep>'],
      shallow: ['push\tr2', 'push\tr3', 'push\tr4', 'push\tr5', 'ret'],
      deep: ['push\tr2', 'rcall\t.+8\t; 0x400 <leaf>', 'ret'],
      ...LEAF,
      __vector_5: ['push\tr1', 'rjmp\t.+8\t; 0x400 <__vector_pin_change>'],
      __vector_pin_change: ['push\tr24', 'push\tr25', 'call\t0x400\t; 0x400 <leaf>', 'reti'],
      __vector_11: ['push\tr24', 'reti'],
    });
    expect(status).toBe(0);
    // main: 2 to return, 1; deep: 2, 1; leaf: 2, 2. Interrupt: 2, 1, 2; leaf: 2, 2.
    expect(stack).toBe(2 + 1 + 2 + 1 + 2 + 2 + (2 + 1 + 2 + 2 + 2));
  });

  test.each([
    ['small', ['in\tr28, 0x3d\t; 61', 'in\tr29, 0x3e\t; 62', 'sbiw\tr28, 0x29\t; 41', 'out\t0x3d, r28\t; 61'], 41],
    [
      'large',
      [
        'in\tr29, 0x3e\t; 62',
        'subi\tr28, 0x2C\t; 44',
        'sbci\tr29, 0x01\t; 1',
        'out\t0x3d, r28\t; 61',
        'adiw\tr28, 0x05',
      ],
      300,
    ],
    ['of two bytes by a call to the next instruction', ['rcall\t.+0      \t; 0x102 <main+0x2>'], 2],
  ])('counts a frame: %s', (_name, main, bytes) => {
    expect(bound({ main }).stack).toBe(2 + bytes);
  });

  test.each([
    [
      'recursion',
      {
        main: ['call\t0x200\t; 0x200 <again>'],
        again: ['rcall\t.-2\t; 0x200 <other>'],
        other: ['call\t0x200\t; 0x200 <again>'],
      },
      /calls itself/,
    ],
    ['a call through a pointer', { main: ['icall'] }, /through a pointer/],
    ['an interrupt that lets others in', { main: ['ret'], __vector_5: ['sei', 'reti'] }, /lets other interrupts in/],
    ['no program', {}, /no main/],
  ])('refuses %s', (_name, functions, reason) => {
    const { status, stderr } = bound(functions);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(reason);
  });
});
