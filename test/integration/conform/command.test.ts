import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { run } from '../../../hub/cli/run.ts';
import type { Context } from '../../../hub/cli/context.ts';

const never = new AbortController().signal;

const conform = (...args: string[]): ReturnType<typeof conformUntil> => conformUntil(never, args);

async function conformUntil(
  stop: AbortSignal,
  args: readonly string[],
  onError: (text: string) => void = () => {},
): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const context = {
    env: {},
    stdin: process.stdin,
    stdout: { write: (text: string) => (out += text) },
    stderr: {
      write: (text: string) => {
        err += text;
        onError(text);
      },
    },
    stop,
  } as unknown as Context;
  const code = await run(['conform', ...args], context);
  return { code, out, err };
}

/** A port on which nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('paddlewire conform', () => {
  it.each([[[]], [['/dev/a', '/dev/b']], [['/dev/a', '--hub', 'localhost']], [['mqtt://']], [['mqtt://a:99999']]])(
    'does not understand %j: exit status 2',
    async (args) => {
      expect(await conform(...args)).toMatchObject({ code: 2, out: '' });
    },
  );

  it('says what is wrong with a port: exit status 1', async () => {
    const { code, err } = await conform('/dev/there-is-no-such-port');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('port-open-failed') });
  });

  it('a hub that is not there fails one assertion, and the others are not tried', async () => {
    const { code, out } = await conform('--hub', `mqtt://127.0.0.1:${await closedPort()}`, '--json');
    const results = JSON.parse(out) as { number: number; id: string; outcome: string; clause: string; came?: string }[];
    expect(code).toBe(1);
    expect(results[0]).toMatchObject({ number: 1, id: 'lets-in', outcome: 'failed', came: expect.any(String) });
    expect(new Set(results.slice(1).map(({ outcome }) => outcome))).toEqual(new Set(['not tried']));
  });

  it('ends at once when somebody wants to end', async () => {
    const stop = new AbortController();
    const listening = (text: string): void => {
      if (text.startsWith('Point your client at')) stop.abort();
    };
    expect(await conformUntil(stop.signal, ['mqtt://127.0.0.1:0'], listening)).toMatchObject({ code: 1, out: '' });
  });
});
