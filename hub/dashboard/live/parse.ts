/** Reads the hub's JSON. A device publishes its own presence, so nothing here is trusted to be what it should be. */
import { MAX_SEATS, ROOM_PHASES } from '../../../shared/contract/messages.ts';
import { PRESENCES } from '../../../shared/contract/topics.ts';
import type { DeviceInfo, Health, LinkInfo, RoomEvent, Scoreboard, SeatInfo } from './model.ts';

type Fields = Readonly<Record<string, unknown>>;

const MAX_TEXT = 64;
const MAX_SENTENCE = 200;
const MAX_LISTED = 200;

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
  const fields = parseFields(json);
  const store = text(fields?.['store']);
  if (fields === null || store === null) return null;
  const links = list(fields['links']).map(toLink);
  const troubles = list(fields['ports']).flatMap((port) => {
    const trouble = isFields(port['trouble']) ? text(port['trouble']['text'], MAX_SENTENCE) : null;
    return trouble === null ? [] : [{ path: text(port['path']) ?? '', text: trouble }];
  });
  return { store, links: new Map(links.map((link) => [link.device, link])), troubles };
}

function toLink(fields: Fields): LinkInfo {
  const roundTrip = isFields(fields['roundTripMs']) ? fields['roundTripMs']['p50'] : null;
  return {
    device: text(fields['device']) ?? '',
    address: text(fields['address']) ?? '',
    firmware: text(fields['firmware']) ?? '',
    update: text(fields['update']),
    roundTripMs: typeof roundTrip === 'number' ? roundTrip : null,
  };
}

function parseFields(json: string): Fields | null {
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.slice(0, MAX_LISTED).filter(isFields) : []);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown, most = MAX_TEXT): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, most) : null;

const count = (value: unknown, otherwise = 0): number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.floor(value) : otherwise;
