/** Computers with nothing wrong, in the words of their own files. */
import type { Fixture } from './fixture-machine.ts';

/** The files of a process. */
export const processFiles = (pid: number, name: string, command: string = name): Record<string, string> => ({
  [`/proc/${pid}/comm`]: `${name}\n`,
  [`/proc/${pid}/cmdline`]: `${command.replaceAll(' ', '\0')}\0`,
});

export const BRLTTY_RULE = 'ENV{PRODUCT}=="1a86/7523/*", ENV{BRLTTY_BRAILLE_DRIVER}="bm", GOTO="brltty_usb_run"\n';

const TCP_HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

/** A row of /proc/net/tcp. */
export const tcpRow = (local: string, state: string, inode: number): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`;

export const tcpTable = (...rows: string[]): string => TCP_HEAD + rows.join('');

/** A Raspberry Pi 4 that is its own access point, with an Uno, a Nano with an FTDI converter, and avahi. */
export const HEALTHY_PI: Fixture = {
  files: {
    '/proc/device-tree/model': 'Raspberry Pi 4 Model B Rev 1.5\0',
    '/proc/self/status':
      'Name:\tnode\nUid:\t1000\t1000\t1000\t1000\nGid:\t1000\t1000\t1000\t1000\nGroups:\t20 27 1000 \n',
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nteacher:x:1000:1000:,,,:/home/teacher:/bin/bash\n',
    '/etc/group': 'root:x:0:\nuucp:x:10:\ndialout:x:20:teacher\nsudo:x:27:teacher\nteacher:x:1000:\n',
    '/sys/class/tty/ttyACM0/device/../idVendor': '2341\n',
    '/sys/class/tty/ttyACM0/device/../idProduct': '0043\n',
    '/sys/class/tty/ttyUSB0/device/../../idVendor': '0403\n',
    '/sys/class/tty/ttyUSB0/device/../../idProduct': '6001\n',
    '/sys/bus/usb-serial/devices/ttyUSB0/latency_timer': '1\n',
    '/sys/class/thermal/thermal_zone0/type': 'cpu-thermal\n',
    '/sys/class/thermal/thermal_zone0/temp': '48686\n',
    '/run/systemd/system/started': '',
    '/proc/sys/kernel/hostname': 'paddlewire\n',
    '/proc/sys/net/ipv4/ip_unprivileged_port_start': '1024\n',
    '/proc/net/tcp': tcpTable(tcpRow('00000000:0016', '0A', 11111), tcpRow('6500A8C0:1F90', '06', 0)),
    '/proc/net/tcp6': TCP_HEAD,
    '/sys/class/net/wlan0/wireless/status': '',
    '/sys/class/net/wlan0/device/device': '0xa9bf\n',
    '/etc/NetworkManager/system-connections/arcade.nmconnection':
      '[connection]\nid=arcade\n\n[wifi]\nmode=ap\nssid=arcade\n',
    '/usr/lib/udev/rules.d/60-serial.rules': 'SUBSYSTEM=="tty", GOTO="serial_end"\n',
    ...processFiles(1, 'systemd', '/sbin/init'),
    ...processFiles(412, 'avahi-daemon', 'avahi-daemon: running [paddlewire.local]'),
    ...processFiles(500, 'NetworkManager', '/usr/sbin/NetworkManager --no-daemon'),
  },
  links: {
    '/sys/class/net/wlan0/device/driver': '../../../../../../../bus/sdio/drivers/brcmfmac',
    '/etc/alternatives/cyfmac43455-sdio.bin': '/lib/firmware/cypress/cyfmac43455-sdio-minimal.bin',
    '/proc/1/fd/3': 'socket:[11111]',
  },
  owners: {
    '/dev/ttyACM0': { uid: 0, gid: 20 },
    '/dev/ttyUSB0': { uid: 0, gid: 20 },
    '/usr/sbin/avahi-daemon': { uid: 0, gid: 0 },
  },
  closed: [],
  commands: {
    'vcgencmd get_throttled': 'throttled=0x0\n',
    'timedatectl show --property=NTPSynchronized --value': 'yes\n',
    'iw dev':
      'phy#0\n\tInterface wlan0\n\t\tifindex 3\n\t\twdev 0x1\n\t\taddr dc:a6:32:00:00:01\n\t\tssid arcade\n\t\ttype AP\n\t\tchannel 6 (2437 MHz), width: 20 MHz\n',
  },
  space: { freeBytes: 20 * 2 ** 30, totalBytes: 32 * 2 ** 30 },
  writeTimesMs: Array.from({ length: 20 }, (_, index) => 4 + index / 10),
  now: '2026-09-14T07:30:00Z',
  nodeVersion: 'v20.19.0',
};

/** A container: hardly anything can be looked at, and nothing is wrong. */
export const BARE: Fixture = {
  files: {
    '/proc/self/status': 'Name:\tnode\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nGroups:\t0 \n',
    '/proc/sys/kernel/hostname': 'box\n',
    '/proc/net/tcp': TCP_HEAD,
    ...processFiles(1, 'node', 'node dist/hub/main.js doctor'),
  },
  links: {},
  owners: {},
  closed: [],
  commands: {},
  space: null,
  writeTimesMs: [0.2],
  now: '2026-09-14T07:30:00Z',
  nodeVersion: 'v24.1.0',
};

/** Another system, without /proc and /sys: a Mac. */
export const ELSEWHERE: Fixture = { ...BARE, files: {} };
