/** Network ports that the hub wants, and the name by which others find it. */
import { fail, ok, skipped, warn, type Check, type Finding } from '../check.ts';
import { hasSystemd, numberIn, type Machine } from '../machine.ts';
import { findProcess, holderOf, isHub, nameOf } from '../processes.ts';
import { account } from '../accounts.ts';

const LISTENING = '0A';

/**
 * Inode of the socket that listens on a port; null if none does; undefined where the system does not tell.
 * proc_net_tcp(5): columns are number, local address and port (hexadecimal), remote, state, …, inode as the tenth.
 */
function listenerOn(machine: Machine, port: number): string | null | undefined {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => machine.readFile(path));
  if (tables.every((table) => table === null)) return undefined;
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const rows = tables.flatMap((table) => (table ?? '').split('\n').map((row) => row.trim().split(/\s+/)));
  const found = rows.find(([, local, , state]) => state === LISTENING && local?.endsWith(`:${wanted}`) === true);
  return found?.[9] ?? null;
}

function portFree(machine: Machine, port: number, flag: string): Finding {
  if (port === 0) return ok('Any free port will be taken.');
  const other = `or choose another with ${flag} (0 takes any free one)`;
  const first = numberIn(machine, '/proc/sys/net/ipv4/ip_unprivileged_port_start') ?? 0;
  const who = account(machine);
  if (port < first && who !== null && who.uid !== 0)
    return fail(`Port ${port} is for the administrator only.`, `Choose one from ${first} on with ${flag}.`);
  const inode = listenerOn(machine, port);
  if (inode === undefined) return skipped('This system does not tell who listens, in /proc.');
  if (inode === null) return ok(`Port ${port} is free.`);
  const holder = holderOf(machine, `socket:[${inode}]`);
  if (holder === null)
    return fail(`Port ${port} is taken by a program of somebody else.`, `Stop it (sudo ss -ltnp names it), ${other}.`);
  if (isHub(holder)) return fail(`Port ${port} is taken by ${nameOf(holder)}.`, `Use that one, or stop it, ${other}.`);
  return fail(`Port ${port} is taken by ${nameOf(holder)}.`, `Stop it, ${other}.`);
}

export const httpPort: Check = {
  name: 'http-port',
  looksAt: 'whether the port of the page is free, and who has it (`/proc/net/tcp`, `/proc/*/fd`)',
  why: 'the hub cannot start on a port that is taken',
  run: (machine, wanted) => portFree(machine, wanted.httpPort, '--http-port'),
};

export const mqttPort: Check = {
  name: 'mqtt-port',
  looksAt: 'the same of the MQTT port; a Mosquitto that starts by itself is the usual one',
  why: 'the hub cannot start on a port that is taken',
  run: (machine, wanted) => portFree(machine, wanted.mqttPort, '--mqtt-port'),
};

/** What every fresh Raspberry Pi is called. */
const FACTORY_NAME = 'raspberrypi';

export const mdns: Check = {
  name: 'mdns',
  looksAt:
    'avahi-daemon, and the name it could get (it writes it into its own command line: `avahi-daemon: running [name.local]`)',
  why: 'boards and pupils find the hub as name.local; of two computers with one name the second is renamed',
  run(machine) {
    const host = (machine.readFile('/proc/sys/kernel/hostname') ?? machine.readFile('/etc/hostname') ?? '').trim();
    const daemon = findProcess(machine, 'avahi-daemon');
    if (daemon === null) return withoutAvahi(machine, host);
    const name = /running \[([^\].]+)/.exec(daemon.command)?.[1] ?? host;
    const rename = 'sudo hostnamectl set-hostname paddlewire (a name that nobody else here has), then restart.';
    if (name.toLowerCase() !== host.split('.')[0]?.toLowerCase())
      return warn(`Another computer here is called ${host}.local too, so this one is ${name}.local.`, rename);
    if (name === FACTORY_NAME) return warn(`This computer is called ${name}.local, as every new Raspberry Pi.`, rename);
    return ok(`Others find this computer as ${name}.local.`);
  },
};

function withoutAvahi(machine: Machine, host: string): Finding {
  // systemd-resolved can do the same: resolved.conf(5), MulticastDNS=.
  const resolved = /^\s*MulticastDNS\s*=\s*yes\b/im.test(machine.readFile('/etc/systemd/resolved.conf') ?? '');
  if (resolved && findProcess(machine, 'systemd-resolved') !== null)
    return ok(`Others find this computer as ${host}.local.`);
  if (!hasSystemd(machine)) return skipped('No services run here (a container, or no systemd).');
  const text = `Nobody finds this computer as ${host}.local:`;
  const installed = machine.owner('/usr/sbin/avahi-daemon') !== null;
  if (installed) return warn(`${text} avahi-daemon does not run.`, 'sudo systemctl enable --now avahi-daemon.');
  return warn(
    `${text} avahi-daemon is not installed.`,
    'sudo apt install avahi-daemon, or tell everybody the address that the hub prints.',
  );
}
