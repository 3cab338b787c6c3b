/** Sizes on the wire, and what encoding costs beside JSON. */
import { it } from 'vitest';
import { decode, encode, encodeShortInput } from '../../shared/contract/codec.ts';
import { withDefaults } from '../../shared/games/game.ts';
import { pong } from '../../shared/games/pong/pong.ts';
import { encodeFrame } from '../../shared/serial/frame.ts';
import { printTable } from './support/table.ts';

const ROUNDS = 200_000;

function perSecond(run: () => unknown): number {
  for (let warm = 0; warm < 10_000; warm++) run();
  const began = performance.now();
  for (let round = 0; round < ROUNDS; round++) run();
  return (ROUNDS / (performance.now() - began)) * 1000;
}

it('sizes and speeds of the contract and the rules', () => {
  let state = pong.initial(withDefaults(pong.parameters), 1, 60);
  for (let seat = 0; seat < 4; seat++) state = pong.join(state, seat);
  const message = { type: 'SNAPSHOT', tick: 100_000, phase: 'playing', view: pong.view(state) } as const;
  const snapshot = encode(message);
  const input = { type: 'INPUT', seq: 70_000, time: 123_456_789, buttons: 1, axis: null } as const;
  printTable('Bytes', [
    ['', 'CBOR', 'JSON', 'on a serial line'],
    ['SNAPSHOT of four-player Pong', snapshot.length, encode(message, 'json').length, encodeFrame(snapshot).length],
    ['INPUT, whole', encode(input).length, encode(input, 'json').length, encodeFrame(encode(input)).length],
    ['INPUT, short', encodeShortInput(input).length, '', encodeFrame(encodeShortInput(input)).length],
  ]);
  const json = encode(input, 'json');
  const cbor = encode(input);
  const short = encodeShortInput(input);
  const decodeJson = perSecond(() => decode(json));
  const rows: [string, number][] = [
    ['decode INPUT, JSON', decodeJson],
    ['decode INPUT, CBOR', perSecond(() => decode(cbor))],
    ['decode INPUT, short', perSecond(() => decode(short))],
    ['encode SNAPSHOT', perSecond(() => encode(message))],
    ['step four-player Pong', perSecond(() => (state = pong.step(state, [1, 2, 1, 2], [])))],
  ];
  printTable('Times a second, one core', [
    ['', '1/s', 'ratio'],
    ...rows.map(([name, rate]) => [name, rate, rate / decodeJson]),
  ]);
});
