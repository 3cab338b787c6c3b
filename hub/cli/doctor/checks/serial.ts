/** Boards on USB: are there ports, may they be opened, does somebody else take them, do they answer at once? */
import { nameOfUsb } from '../../../../hardware/boards/boards.ts';
import { account, groups, type Group } from '../accounts.ts';
import { fail, ok, skipped, warn, type Check, type Wanted } from '../check.ts';
import { namesIn, numberIn, type Machine } from '../machine.ts';
import { findProcess, holderOf, isHub, nameOf } from '../processes.ts';

/** As the hub looks for them with `auto`. */
const PORT = /^tty(ACM|USB)\d+$/;
/** Owners of serial ports: Debian and its kin, then Arch and its kin. Debian has a `uucp` too, for other things. */
const PORT_GROUPS = ['dialout', 'uucp'];
/** ftdi_sio keeps bytes back for up to this long, by default 16. */
const LATENCY_MS = 2;
const FOLDERS_OF_RULES = ['/etc/udev/rules.d', '/run/udev/rules.d', '/usr/lib/udev/rules.d', '/lib/udev/rules.d'];

const portsOf = (machine: Machine): string[] => namesIn(machine, '/dev', PORT).map((name) => `/dev/${name}`);
const usesPorts = ({ serialPorts }: Wanted): boolean => serialPorts.some((port) => port !== 'none');
const NOT_WANTED = skipped('The hub is told to use no serial ports.');

/** sysfs: the USB device is one folder above the interface of a ttyACM, two above the port of a ttyUSB. */
function boardAt(machine: Machine, port: string): string {
  const device = `/sys/class/tty/${port.slice('/dev/'.length)}/device`;
  for (const above of ['..', '../..']) {
    const [vid, pid] = ['idVendor', 'idProduct'].map((id) => machine.readFile(`${device}/${above}/${id}`)?.trim());
    if (vid !== undefined && pid !== undefined)
      return nameOfUsb(parseInt(vid, 16), parseInt(pid, 16)) ?? `USB ${vid}:${pid}, no board we know`;
  }
  return 'unknown board';
}

export const portAccess: Check = {
  name: 'port-access',
  looksAt: 'the group that owns the serial ports, and whether your user has it (`/etc/group`, `/proc/self/status`)',
  why: 'without it no board can be opened',
  run(machine, wanted) {
    if (!usesPorts(wanted)) return NOT_WANTED;
    const who = account(machine);
    if (who === null) return skipped('This system does not tell who you are in /proc.');
    if (who.uid === 0) return ok('You are the administrator, who may open all ports.');
    const ports = portsOf(machine);
    const known = groups(machine);
    if (ports.length > 0) {
      const port = ports.find((path) => !machine.mayOpen(path));
      if (port === undefined) return ok('Your user may open all serial ports.');
      const owner = machine.owner(port)?.gid;
      const group = known.find(({ gid }) => gid === owner);
      return fail(`Your user ${who.name} may not open ${port}.`, joinGroup(who.name, group));
    }
    const group = PORT_GROUPS.flatMap((wish) => known.filter(({ name }) => name === wish))[0];
    if (group === undefined) return skipped('No port is there, and no group that usually owns them.');
    if (who.gids.includes(group.gid)) return ok(`Your user has the group ${group.name}, which owns serial ports.`);
    return fail(
      `Your user ${who.name} lacks the group ${group.name}, which owns serial ports.`,
      joinGroup(who.name, group),
    );
  },
};

function joinGroup(user: string, group: Group | undefined): string {
  if (group === undefined || group.name === 'root')
    return 'Pull the board out and plug it in again, or restart the computer.';
  if (group.members.includes(user)) return `You are in ${group.name} since your last login: log out and in again.`;
  return `sudo usermod -aG ${group.name} ${user}, then log out and in again.`;
}

export const serialPorts: Check = {
  name: 'serial-ports',
  looksAt: 'which ports there are, what is on them (USB ids), and whether another program has one open (`/proc/*/fd`)',
  why: 'a port that an editor holds is closed to the hub',
  run(machine, wanted) {
    if (!usesPorts(wanted)) return NOT_WANTED;
    const named = wanted.serialPorts
      .map((port) => port.replace(/^firmata:/, ''))
      .filter((port) => /^\/[^*]+$/.test(port));
    const missing = named.find((port) => machine.owner(port) === null);
    if (missing !== undefined)
      return warn(
        `There is no port ${missing}.`,
        'Plug the board in, or leave --serial out: the hub finds boards by itself.',
      );
    const ports = portsOf(machine);
    for (const port of ports) {
      const holder = holderOf(machine, port);
      if (holder !== null && !isHub(holder))
        return fail(`${port} is held by ${nameOf(holder)}.`, `Close ${holder.name}.`);
    }
    if (ports.length === 0) return ok('No board is plugged in; the hub finds one when it is.');
    return ok(`Plugged in: ${ports.map((port) => `${port} (${boardAt(machine, port)})`).join(', ')}.`);
  },
};

/** Lines of udev that give a converter of ours to brltty; an own file of the same name in /etc takes a rule's place. */
function brlttyRule(machine: Machine): string | null {
  const seen = new Set<string>();
  for (const folder of FOLDERS_OF_RULES) {
    for (const name of namesIn(machine, folder, /brltty.*\.rules$/)) {
      if (seen.has(name)) continue;
      seen.add(name);
      const path = `${folder}/${name}`;
      const grabs = /^\s*ENV\{PRODUCT\}=="(1a86\/7523|10c4\/ea60|403\/6001)\//m;
      if (grabs.test(machine.readFile(path) ?? '')) return path;
    }
  }
  return null;
}

/** A rule that keeps ModemManager off: ID_MM_DEVICE_IGNORE, as the project's manual has it. */
const modemRule = (machine: Machine): boolean =>
  namesIn(machine, '/etc/udev/rules.d', /\.rules$/).some((name) =>
    /^[^#\n]*ID_MM_(DEVICE|PORT)_IGNORE\}\s*=\s*"1"/m.test(machine.readFile(`/etc/udev/rules.d/${name}`) ?? ''),
  );

export const portGrabbers: Check = {
  name: 'port-grabbers',
  looksAt: 'brltty (its process, its udev rules) and ModemManager',
  why: 'brltty takes CH340, CP210x and FTDI converters for Braille displays: the port comes and goes at once; ModemManager talks to each new board as to a modem',
  run(machine) {
    if (findProcess(machine, 'brltty') !== null)
      return fail(
        'brltty runs and takes USB converters away from boards.',
        'If nobody here reads Braille: sudo apt remove brltty.',
      );
    const rule = brlttyRule(machine);
    if (rule !== null)
      return warn(
        `${rule} gives USB converters of boards to brltty.`,
        'If nobody here reads Braille: sudo apt remove brltty; else put a # before the line of your converter.',
      );
    if (findProcess(machine, 'ModemManager') !== null && !modemRule(machine))
      return warn(
        'ModemManager runs and speaks to each new board as to a modem.',
        'sudo systemctl disable --now ModemManager, if this computer has no mobile modem.',
      );
    return ok('Neither brltty nor ModemManager is in the way.');
  },
};

export const latencyTimer: Check = {
  name: 'latency-timer',
  looksAt: 'how long an FTDI converter keeps bytes back (`/sys/bus/usb-serial/devices/*/latency_timer`, in ms)',
  why: 'the default of 16 ms is a whole frame of the game, and differs from player to player',
  run(machine) {
    const folder = '/sys/bus/usb-serial/devices';
    const timers = namesIn(machine, folder, PORT).flatMap((name) => {
      const ms = numberIn(machine, `${folder}/${name}/latency_timer`);
      return ms === null ? [] : [{ path: `${folder}/${name}/latency_timer`, name, ms }];
    });
    const slow = timers.filter(({ ms }) => ms > LATENCY_MS);
    const [first] = slow;
    if (first === undefined)
      return timers.length === 0
        ? skipped('No FTDI converter is plugged in.')
        : ok('FTDI converters pass bytes on at once.');
    return warn(
      `The converter at ${slow.map(({ name, ms }) => `${name} keeps bytes back for ${ms} ms`).join(', at ')}.`,
      `echo 1 | sudo tee ${slow.map(({ path }) => path).join(' ')} (docs/doctor.md has the rule that does it for good).`,
    );
  },
};
