/** Where a hub is, as a user writes it: a host, host:port, an IPv6 address with or without brackets, or a URL. */
import { isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import { PaddlewireError } from '../../shared/errors.ts';

const DEFAULT_PORT = 1883;
const PARTS =
  /^(?:(?<scheme>[a-z][a-z0-9+.-]*):\/\/)?(?:\[(?<literal>[^\]]*)\]|(?<name>[^:/?#@]*))(?::(?<port>\d{1,5}))?(?<path>\/[^#]*)?$/i;
const SCHEMES = ['mqtt', 'mqtts', 'ws', 'wss'];

/** @throws PaddlewireError usage */
export function hubUrl(host: string): string {
  if (isIPv6(host)) return hubUrl(`[${host}]`);
  // No zones (fe80::1%eth0): the MQTT library cannot.
  const { scheme = 'mqtt', literal, name = '', port, path = '' } = PARTS.exec(host)?.groups ?? {};
  if (!SCHEMES.includes(scheme.toLowerCase())) throw wrong(`begins with ${SCHEMES.join(', ')} or no scheme at all`);
  const place =
    literal === undefined ? hostName(name) : isIPv6(literal) && !literal.includes('%') ? `[${literal}]` : '';
  const number = Number(port ?? DEFAULT_PORT);
  if (place === '' || number < 1 || number > 65_535) throw wrong('is a host, host:port, [IPv6]:port or a URL');
  const explicit = port === undefined && host.includes('://') ? '' : `:${number}`;
  return `${scheme.toLowerCase()}://${place}${explicit}${path}`;
}

/** In ASCII, or empty if it is none. */
const hostName = (name: string): string => (/[\s\u0000-\u001f\u007f%]/.test(name) ? '' : domainToASCII(name));

const wrong = (what: string): PaddlewireError => new PaddlewireError('usage', `--host ${what}, e.g. 192.168.1.20.`);
