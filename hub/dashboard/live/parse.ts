/** Reads the hub's JSON. A device publishes its own presence, so nothing here is trusted to be what it should be. */
import { MAX_SEATS, ROOM_PHASES } from '../../../shared/contract/messages.ts';
import { PRESENCES } from '../../../shared/contract/topics.ts';
import type { DeviceInfo, Health, RoomEvent, Scoreboard, SeatInfo } from './model.ts';

type Fields = Readonly<Record<string, unknown>>;

const MAX_TEXT = 64;

/** null for a text that is not a scoreboard. */
export function parseScoreboard(json: string): Scoreboard | null {
  const fields = parseFields(json);
  if (fields === null) return null;
  const phase = ROOM_PHASES.find((known) => known === fields['phase']);
  if (phase === undefined || !Array.isArray(fields['seats'])) return null;
  return {
    room: text(fields['room']) ?? '',
    game: text(fields['game']) ?? '',
    match: text(fields['match']),
    minSeats: count(fields['minSeats'], 2),
    phase,
    rate: Math.max(1, count(fields['rate'], 60)),
    parameters: isFields(fields['parameters']) ? fields['parameters'] : {},
    target: typeof fields['target'] === 'number' ? count(fields['target']) : null,
    countdownMs: count(fields['countdownMs']),
    reason: text(fields['reason']),
    seats: fields['seats'].filter(isFields).slice(0, MAX_SEATS).map(toSeat),
    winner: text(fields['winner']),
    final: fields['final'] === true,
  };
}

function toSeat(fields: Fields): SeatInfo {
  return {
    seat: text(fields['seat']) ?? '',
    index: count(fields['index']),
    device: text(fields['device']),
    name: text(fields['name']),
    kind: text(fields['kind']),
    link: text(fields['link']),
    present: fields['present'] === true,
    points: count(fields['points']),
    lifetimePoints: count(fields['lifetimePoints']),
    lifetimeWins: count(fields['lifetimeWins']),
  };
}

/** null for a text that is not a presence. */
export function parsePresence(id: string, json: string): DeviceInfo | null {
  const fields = parseFields(json);
  const state = PRESENCES.find((known) => known === fields?.['state']);
  if (fields === null || state === undefined) return null;
  return {
    id: id.slice(0, MAX_TEXT),
    state,
    name: text(fields['name']) ?? id.slice(0, MAX_TEXT),
    kind: text(fields['kind']) ?? '',
    link: text(fields['link']),
  };
}

export function parseEvent(json: string): RoomEvent | null {
  const fields = parseFields(json);
  const event = text(fields?.['event']);
  return fields === null || event === null ? null : { event, seat: text(fields['seat']) };
}

export function parseHealth(json: string): Health | null {
  const store = text(parseFields(json)?.['store']);
  return store === null ? null : { store };
}

function parseFields(json: string): Fields | null {
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, MAX_TEXT) : null;

const count = (value: unknown, otherwise = 0): number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.floor(value) : otherwise;
