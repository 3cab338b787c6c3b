/** The arcade's letters: five by seven squares each, for scores and headings. Row by row, each row a base-32 digit. */

const GLYPHS: Readonly<Record<string, string>> = {
  0: 'ehhhhhe',
  1: '4c4444e',
  2: 'eh1248v',
  3: 'v2421he',
  4: '26aiv22',
  5: 'vgu11he',
  6: '68guhhe',
  7: 'v124888',
  8: 'ehhehhe',
  9: 'ehhf12c',
  A: 'ehhvhhh',
  B: 'uhhuhhu',
  C: 'ehggghe',
  D: 'sihhhis',
  E: 'vgguggv',
  F: 'vgguggg',
  G: 'ehgnhhf',
  H: 'hhhvhhh',
  I: 'e44444e',
  J: '72222ic',
  K: 'hikokih',
  L: 'ggggggv',
  M: 'hrllhhh',
  N: 'hhpljhh',
  O: 'ehhhhhe',
  P: 'uhhuggg',
  Q: 'ehhhlid',
  R: 'uhhukih',
  S: 'fgge11u',
  T: 'v444444',
  U: 'hhhhhhe',
  V: 'hhhhha4',
  W: 'hhhllla',
  X: 'hha4ahh',
  Y: 'hhha444',
  Z: 'v1248gv',
  '!': '4444004',
  '?': 'eh12404',
  '.': '00000cc',
  ':': '0cc0cc0',
  '-': '000v000',
  ' ': '0000000',
};

export const GLYPH_WIDTH = 5;
export const GLYPH_HEIGHT = 7;

/** Columns that a text takes, with one free between letters. */
export const dotWidth = (text: string): number => Math.max(0, text.length * (GLYPH_WIDTH + 1) - 1);

/** Whether every letter of a text (in capitals) is in the font. */
export const hasDots = (text: string): boolean => Array.from(text.toUpperCase()).every((letter) => letter in GLYPHS);

/** Calls `square` with column and row of every filled square of a text. Letters that are not in the font stay empty. */
export function eachDot(text: string, square: (column: number, row: number) => void): void {
  Array.from(text.toUpperCase()).forEach((letter, index) => {
    const rows = GLYPHS[letter] ?? '';
    for (let row = 0; row < rows.length; row++) {
      const bits = Number.parseInt(rows.charAt(row), 32);
      for (let column = 0; column < GLYPH_WIDTH; column++) {
        if ((bits >> (GLYPH_WIDTH - 1 - column)) & 1) square(index * (GLYPH_WIDTH + 1) + column, row);
      }
    }
  });
}
