/** Reads the hub's JSON. A device publishes its own presence, so nothing here is trusted to be what it should be. */
import type { Lab } from '../../../shared/contract/api.ts';
import type { RoomPhase } from '../../../shared/contract/messages.ts';
import { PRESENCES } from '../../../shared/contract/topics.ts';
import { count, isFields, list, MAX_TEXT, number, parseFields, text, total, type Fields } from './json-fields.ts';
import { MAX_SEATS } from './limits.ts';
import { parseFigures } from './parse-figures.ts';
import type { DeviceInfo, Health, LinkInfo, RoomEvent, Scoreboard, SeatInfo } from './model.ts';

const MAX_SENTENCE = 200;
const PHASES: Readonly<Record<RoomPhase, true>> = {
  waiting: true,
  countdown: true,
  playing: true,
  paused: true,
  over: true,
};

/** null for a text that is not a scoreboard. */
export function parseScoreboard(json: string): Scoreboard | null {
  const fields = parseFields(json);
  if (fields === null) return null;
  const phase = fields['phase'];
  if (!isPhase(phase) || !Array.isArray(fields['seats'])) return null;
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
    policy: text(fields['policy']),
    begins: fields['begins'] === 'teacher' ? 'teacher' : 'itself',
    lab: labs(fields['lab']),
    winner: text(fields['winner']),
    final: fields['final'] === true,
  };
}

const isPhase = (value: unknown): value is RoomPhase => typeof value === 'string' && Object.hasOwn(PHASES, value);

/** Settings of the lab by seat; empty where there are none. */
function labs(value: unknown): Readonly<Record<string, Lab>> {
  if (!isFields(value)) return {};
  const known = Object.entries(value).slice(0, MAX_SEATS);
  return Object.fromEntries(
    known.flatMap(([seat, one]) => {
      if (!isFields(one)) return [];
      const [delayMs, jitterMs] = [count(one['delayMs']), count(one['jitterMs'])];
      return [[seat.slice(0, MAX_TEXT), { delayMs, jitterMs, lossPercent: count(one['lossPercent']) }]];
    }),
  );
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
  return { store, links: new Map(links.map((link) => [link.device, link])), troubles, figures: parseFigures(fields) };
}

function toLink(fields: Fields): LinkInfo {
  const roundTrip = isFields(fields['roundTripMs']) ? fields['roundTripMs']['p50'] : null;
  return {
    device: text(fields['device']) ?? '',
    address: text(fields['address']) ?? '',
    firmware: text(fields['firmware']) ?? '',
    update: text(fields['update']),
    roundTripMs: typeof roundTrip === 'number' ? roundTrip : null,
    kind: text(fields['kind']) ?? '',
    link: text(fields['link']) ?? '',
    name: text(fields['name']) ?? '',
    inputsPerSecond: number(fields['inputsPerSecond']) ?? 0,
    lost: total(fields['lost']),
    missed: count(fields['missedInputs']),
    lostOnDevice: count(fields['lostOnDevice']),
    refused: count(fields['refused']),
  };
}
