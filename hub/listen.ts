/** Binds a server to an address, or says in words why it cannot. */
import type { AddressInfo, Server } from 'node:net';
import { PaddlewireError } from '../shared/errors.ts';

/**
 * @param option the flag by which a user changes the port
 * @returns the port, also when 0 was asked for
 * @throws PaddlewireError port-in-use
 */
export async function listen(server: Server, host: string, port: number, option: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((error: NodeJS.ErrnoException) => {
    const text = `Cannot listen on ${host}:${port} (${error.code}); choose another with ${option}.`;
    throw new PaddlewireError('port-in-use', text, { code: error.code ?? '' });
  });
  return (server.address() as AddressInfo).port;
}
