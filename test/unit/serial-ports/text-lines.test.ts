import { describe, expect, it } from 'vitest';
import { BUTTON } from '../../../shared/contract/messages.ts';
import { LineReader, readTextLine } from '../../../shared/serial/text-lines.ts';

describe('a line of text', () => {
  it.each([
    ['U', { is: 'held', buttons: BUTTON.up }],
    ['d', { is: 'held', buttons: BUTTON.down }],
    ['L', { is: 'held', buttons: BUTTON.left }],
    ['r', { is: 'held', buttons: BUTTON.right }],
    [' S ', { is: 'held', buttons: 0 }],
    ['A', { is: 'tap' }],
    ['axis 0', { is: 'axis', position: 0 }],
    ['AXIS 1023', { is: 'axis', position: 4095 }],
    ['Axis  512', { is: 'axis', position: 2050 }],
    ['hello desk-3', { is: 'hello', id: 'desk-3', name: '' }],
    ['HELLO desk-3 Anna und Ben', { is: 'hello', id: 'desk-3', name: 'Anna und Ben' }],
    ['hello a \u001b[2JAn\u009b2Jna\u007f', { is: 'hello', id: 'a', name: '[2JAn2Jna' }],
    [`hello a ${'ü'.repeat(17)}`, { is: 'hello', id: 'a', name: 'ü'.repeat(16) }],
    [`hello a x${'ü'.repeat(17)}`, { is: 'hello', id: 'a', name: `x${'ü'.repeat(15)}` }],
  ])('%j means %j', (line, meaning) => expect(readTextLine(line)).toEqual(meaning));

  it.each(['', 'UU', 'U D', 'axis', 'axis -1', 'axis 1024', 'axis 5 5', 'axis 1e3', 'hello', 'hello ä', 'B', '512'])(
    '%j means nothing',
    (line) => expect(readTextLine(line)).toBe(null),
  );
});

/** What is read of pieces. */
function lines(...chunks: string[]): string[] {
  const reader = new LineReader();
  const read: string[] = [];
  for (const chunk of chunks) reader.push(new TextEncoder().encode(chunk), (line) => read.push(line));
  return [...read, `too long: ${reader.tooLong}`];
}

describe('the reader of lines', () => {
  it('takes CR, LF and both, in pieces, and leaves out empty lines', () => {
    expect(lines('U\r\nD\rS\n\n', 'ax', 'is 5', '12\n', 'rest')).toEqual(['U', 'D', 'S', 'axis 512', 'too long: 0']);
  });

  it('drops what is longer than 64 bytes, and no more', () => {
    const longest = 'x'.repeat(64);
    expect(lines(`${longest}\n${longest}x\n`, 'y'.repeat(100_000), '\nU\n')).toEqual([longest, 'U', 'too long: 2']);
  });

  it('does not mind zeros', () => expect(lines('\0\0U\n\0\n')).toEqual(['U', 'too long: 0']));
});
