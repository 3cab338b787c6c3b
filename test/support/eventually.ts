/** Waits for something to hold, without guessing how long it takes: the test's own time limit is the only one. */

/** Polls until `probe` gives something other than undefined, null or false. @returns it */
export async function eventually<T>(
  probe: () => T | undefined | null | false | Promise<T | undefined | null | false>,
): Promise<T> {
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== null && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
