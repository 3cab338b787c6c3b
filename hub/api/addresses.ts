/** Under which addresses phones reach the hub. */
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Names and addresses of this computer by which a browser reaches what listens on `host`, those of the network first. */
export function reachable(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [isIPv6(host) ? `[${host}]` : host];
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const outside = own.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
  return [...outside, 'localhost'];
}
