/** The data of each kind of record, read and checked. */
import { DEVICE_KINDS } from '../contract/messages.ts';
import { BytesError, type ByteReader } from './byte-reader.ts';
import type { Plain } from './byte-writer.ts';
import { SEAT_EVENTS, type Call, type CallBody, type JournalHeader } from './calls.ts';
import { FIRST_CUSTOM, MAX_TICK, nominalTime, OP } from './format.ts';

export const isCount = (value: unknown, most: number): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;

/** The calls of a record; a run of inputs is many. @throws BytesError what makes no sense */
export function callsOf(op: number, tick: number, time: number, body: ByteReader, header: JournalHeader): Call[] {
  if (op === OP.inputs) return inputsOf(body, tick, time, header);
  const call = bodyOf(op, body, header.seats.length);
  // Of a newer minor kind: it changes nothing that this program knows.
  return call === null ? [] : [{ ...call, tick, time }];
}

function inputsOf(body: ByteReader, first: number, time: number, { rate, seats }: JournalHeader): Call[] {
  const count = body.varint();
  const calls: Call[] = [];
  let tick = first;
  for (let index = 0; index < count; index++) {
    const packed = body.varint();
    tick += Math.floor(packed / seats.length);
    if (tick > MAX_TICK) throw new BytesError('an input is out of all time');
    const [seat, command] = [packed % seats.length, body.value()];
    const call = { op: 'input', tick, time: nominalTime(time, tick - first, rate), seat, command } as const;
    calls.push(index === 0 ? { ...call, begins: true } : call);
  }
  return calls;
}

function seatOf(body: ByteReader, seats: number): number {
  const seat = body.byte();
  if (seat >= seats) throw new BytesError('there is no such seat');
  return seat;
}

const hashOf = (value: number): string => value.toString(16).padStart(8, '0');

function textOf(value: Plain): string {
  if (typeof value !== 'string') throw new BytesError('a text is missing');
  return value;
}

function listOf(value: Plain): readonly Plain[] {
  if (!Array.isArray(value)) throw new BytesError('a list is missing');
  return value as readonly Plain[];
}

function keysOf(value: Plain): readonly (string | number)[] {
  const keys = listOf(value);
  if (!keys.every((key) => typeof key === 'string' || isCount(key, Number.MAX_SAFE_INTEGER)))
    throw new BytesError('a key is neither text nor number');
  return keys as (string | number)[];
}

function numbersOf(value: Plain): readonly number[] {
  const numbers = listOf(value);
  if (!numbers.every((number) => typeof number === 'number')) throw new BytesError('a number is missing');
  return numbers;
}

function commandsOf(value: Plain, seats: number): readonly Plain[] {
  const commands = listOf(value);
  if (commands.length !== seats) throw new BytesError('a command for each seat is missing');
  return commands;
}

function bodyOf(op: number, body: ByteReader, seats: number): CallBody | null {
  switch (op) {
    case OP.seat: {
      const [event, seat, kind] = [SEAT_EVENTS[body.byte()], seatOf(body, seats), body.byte()];
      if (event === undefined) throw new BytesError('an unknown event of a seat');
      return { op: 'seat', event, seat, kind: DEVICE_KINDS[kind - 1] ?? '' };
    }
    case OP.host:
      return { op: 'host', word: textOf(body.value()) };
    case OP.pause:
      return { op: 'pause', reason: textOf(body.value()) };
    case OP.resume:
      return { op: 'resume' };
    case OP.mark:
      return { op: 'mark', kind: textOf(body.value()), data: body.value() };
    case OP.memory:
      return { op: 'memory', keys: keysOf(body.value()), value: body.value() };
    case OP.lab:
      return { op: 'lab', settings: body.value() };
    case OP.hash:
      return { op: 'hash', hash: hashOf(body.uint32()) };
    case OP.key:
      return { op: 'key', state: body.value(), commands: commandsOf(body.value(), seats) };
    case OP.outcome:
      return {
        op: 'outcome',
        outcome: body.value(),
        scores: numbersOf(body.value()),
        hash: hashOf(body.uint32()),
      };
    default:
      return op >= FIRST_CUSTOM ? { op: 'custom', code: op, data: body.value() } : null;
  }
}
