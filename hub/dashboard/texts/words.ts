/** Small helpers of the texts. */

/** Words by a name that only the hub knows: what is missing has none. */
export type Words = Readonly<Record<string, string>>;
export const words = (all: Words): Words => all;

export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
