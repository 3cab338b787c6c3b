/** MQTT topics of the contract, and the one rule who may use which. */

export const ROOT = 'paddlewire/1';
/** The plain topic on which programs made after the rock-paper-scissors wiki article publish both choices. */
export const CHOICES_TOPIC = 'game/player_choices';
/** Retained JSON tally of what came on CHOICES_TOPIC: {"human_score": n, "AI_score": n}. */
export const CHOICES_TALLY_TOPIC = 'game/lifetime_wins';

export const topics = {
  up: (id: string): string => `${ROOT}/devices/${id}/up`,
  down: (id: string): string => `${ROOT}/devices/${id}/down`,
  /** Retained, and the will of the device's connection. */
  presence: (id: string): string => `${ROOT}/devices/${id}/presence`,
  state: (room: string): string => `${ROOT}/rooms/${room}/state`,
  events: (room: string): string => `${ROOT}/rooms/${room}/events`,
  scoreboard: (room: string): string => `${ROOT}/rooms/${room}/scoreboard`,
  health: `${ROOT}/hub/health`,
} as const;

/** What a presence message can say; `lost` is the will. */
export const PRESENCES = ['init', 'ready', 'disconnected', 'sleeping', 'lost'] as const;
export type Presence = (typeof PRESENCES)[number];

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;

/** Whether a text can be a device id (and so a topic level, a file name and a client id). */
export const isDeviceId = (id: string): boolean => ID.test(id);

/** Whether a client may publish on a topic: its own device's `up` and `presence`, and the plain choices topic. */
export function mayPublish(clientId: string, topic: string): boolean {
  if (topic === CHOICES_TOPIC) return true;
  return isDeviceId(clientId) && (topic === topics.up(clientId) || topic === topics.presence(clientId));
}

const PUBLIC = [
  /^game\/(player_choices|lifetime_wins|#|\+)$/,
  /^paddlewire\/1\/rooms\/(#|[a-z0-9-]{1,24}\/#)$/,
  /^paddlewire\/1\/rooms\/(\+|[a-z0-9-]{1,24})\/(\+|state|events|scoreboard)$/,
  /^paddlewire\/1\/hub\/(health|#|\+)$/,
  /^paddlewire\/1\/devices\/[^/#+]+\/presence$/,
  /^paddlewire\/1\/devices\/\+\/presence$/,
];

/** Whether a client may subscribe to a filter: all that is public, and its own `down`. */
export function maySubscribe(clientId: string, filter: string): boolean {
  if (isDeviceId(clientId) && filter === topics.down(clientId)) return true;
  return filter.length <= 100 && PUBLIC.some((pattern) => pattern.test(filter));
}
