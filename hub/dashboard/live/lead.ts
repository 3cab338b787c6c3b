/** What a leader does from the page (hub/http/actions.ts). */

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether this page is open on the hub's own computer: only there may it lead without a password. */
export const mayLead = ({ hostname }: Pick<Location, 'hostname'>): boolean => LOOPBACK.has(hostname);

/** @returns the sentence of what went wrong, or null */
export async function tellHub(path: string, body: Readonly<Record<string, unknown>> = {}): Promise<string | null> {
  try {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (response.ok) return null;
    const answer = (await response.json()) as { readonly text?: unknown };
    return typeof answer.text === 'string' ? answer.text : response.statusText;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
