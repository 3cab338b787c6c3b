/** Whether two views say the same: most moments of a game in which somebody is waited for do. */
export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);
