/** Reads what the hub measures of itself. What it does not tell, or tells otherwise, is null. */
import { count, isFields, MAX_TEXT, number, type Fields } from './json-fields.ts';
import type { Figures, Spread } from './model.ts';

const MAX_CODES = 100;

export function parseFigures(fields: Fields): Figures {
  const messages = isFields(fields['messagesPerSecond']) ? fields['messagesPerSecond'] : {};
  return {
    uptimeS: number(fields['uptime']),
    rooms: Array.isArray(fields['rooms']) ? fields['rooms'].length : number(fields['rooms']),
    devices: number(fields['devices']),
    clients: number(fields['clients']),
    tickLatenessMs: spread(fields['tickLatenessMs']),
    tickWorkMs: spread(fields['tickWorkMs']),
    ticksSkipped: number(fields['ticksSkipped']),
    messagesIn: number(messages['in']),
    messagesOut: number(messages['out']),
    memoryBytes: number(fields['memoryBytes']),
    diskFreeBytes: number(fields['diskFreeBytes']),
    journalLagMs: number(fields['journalLagMs']),
    unsaved: number(fields['unsaved']),
    refused: counts(fields['refused']),
  };
}

function spread(value: unknown): Spread | null {
  if (!isFields(value)) return null;
  const [p50, p99] = [number(value['p50']), number(value['p99'])];
  return p50 === null || p99 === null ? null : { p50, p99 };
}

const counts = (value: unknown): Readonly<Record<string, number>> =>
  isFields(value)
    ? Object.fromEntries(
        Object.entries(value)
          .slice(0, MAX_CODES)
          .map(([code, times]) => [code.slice(0, MAX_TEXT), count(times)]),
      )
    : {};
