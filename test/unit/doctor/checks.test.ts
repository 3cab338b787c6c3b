/** Each check on a healthy computer and on sick ones, told by the files they read. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isAlarm, runChecks, type Check, type Status, type Wanted } from '../../../hub/cli/doctor/check.ts';
import { CHECKS } from '../../../hub/cli/doctor/checks.ts';
import { NODE_NEEDED } from '../../../hub/cli/doctor/checks/system.ts';
import { report } from '../../../hub/cli/doctor.ts';
import { packageUrl } from '../../../shared/package-files.ts';
import { changed, machineOf, type Change, type Fixture } from './fixture-machine.ts';
import { BARE, ELSEWHERE, HEALTHY_PI, tcpRow, tcpTable } from './healthy.ts';

const WANTED: Wanted = { dataFolder: 'paddlewire-data', httpPort: 8080, mqttPort: 1883, serialPorts: ['auto'] };

const look = (name: string, fixture: Fixture, wanted: Partial<Wanted> = {}) => {
  const check = CHECKS.find((one) => one.name === name) as Check;
  return check.run(machineOf(fixture), { ...WANTED, ...wanted });
};

const BRLTTY_RULE = 'ENV{PRODUCT}=="1a86/7523/*", ENV{BRLTTY_BRAILLE_DRIVER}="bm", GOTO="brltty_usb_run"\n';
const NO_PORTS = { '/dev/ttyACM0': null, '/dev/ttyUSB0': null };
const NO_GROUPS = 'Name:\tnode\nUid:\t1000\t1000\t1000\t1000\nGid:\t1000\t1000\t1000\t1000\nGroups:\t1000 \n';
const comm = (pid: number, name: string): Record<string, string> => ({
  [`/proc/${pid}/comm`]: `${name}\n`,
  [`/proc/${pid}/cmdline`]: `${name}\0`,
});
const iw = (type: string) => ({ 'iw dev': `phy#0\n\tInterface wlan0\n\t\tifindex 3\n\t\ttype ${type}\n` });

describe('a healthy computer', () => {
  it.each([
    ['a Raspberry Pi', HEALTHY_PI],
    ['a container', BARE],
    ['a system without /proc', ELSEWHERE],
  ])('gives no alarm: %s', (_, fixture) => {
    const results = runChecks(CHECKS, machineOf(fixture), WANTED);
    expect(results.filter(isAlarm)).toEqual([]);
    expect(results.map(({ check }) => check).toSorted()).toEqual(CHECKS.map(({ name }) => name).toSorted());
  });

  it('leaves nothing out on a Pi, and says once each what it could not look at elsewhere', () => {
    expect(runChecks(CHECKS, machineOf(HEALTHY_PI), WANTED).filter(({ status }) => status !== 'ok')).toEqual([]);
    const unseen = runChecks(CHECKS, machineOf(ELSEWHERE), WANTED).filter(({ status }) => status === 'skipped');
    expect(unseen.map(({ check }) => check)).toEqual([
      'port-access',
      'latency-timer',
      'http-port',
      'mqtt-port',
      'disk-space',
      'power',
      'temperature',
      'mdns',
      'wifi-stations',
      'wifi-isolation',
    ]);
  });

  it('has its boards named', () => {
    expect(look('serial-ports', HEALTHY_PI).text).toBe(
      'Plugged in: /dev/ttyACM0 (Arduino Uno), /dev/ttyUSB0 (a board with a FTDI FT232R).',
    );
  });
});

type Sick = readonly [check: string, what: string, change: Change, status: Status, text: RegExp, remedy: RegExp | null];

const SICK: readonly Sick[] = [
  [
    'port-access',
    'no group, a board plugged in',
    {
      files: { '/proc/self/status': NO_GROUPS, '/etc/group': 'uucp:x:10:\ndialout:x:20:\n' },
      closed: ['/dev/ttyACM0'],
    },
    'fail',
    /teacher may not open \/dev\/ttyACM0/,
    /^sudo usermod -aG dialout teacher/,
  ],
  [
    'port-access',
    'no group, nothing plugged in',
    { files: { '/proc/self/status': NO_GROUPS, '/etc/group': 'uucp:x:10:\ndialout:x:20:\n' }, owners: NO_PORTS },
    'fail',
    /lacks the group dialout/,
    /usermod -aG dialout teacher/,
  ],
  [
    'port-access',
    'a group that was given since the login',
    { files: { '/proc/self/status': NO_GROUPS }, owners: NO_PORTS },
    'fail',
    /lacks the group dialout/,
    /log out and in again/,
  ],
  [
    'port-access',
    'a port of another group',
    {
      files: { '/etc/group': 'plugdev:x:46:\n' },
      owners: { '/dev/ttyACM0': { uid: 0, gid: 46 } },
      closed: ['/dev/ttyACM0'],
    },
    'fail',
    /may not open/,
    /usermod -aG plugdev teacher/,
  ],
  [
    'serial-ports',
    'an editor that holds a port',
    { files: comm(900, 'arduino-ide'), links: { '/proc/900/fd/42': '/dev/ttyACM0' } },
    'fail',
    /ttyACM0 is held by arduino-ide \(process 900\)/,
    /Close arduino-ide/,
  ],
  ['port-grabbers', 'brltty at work', { files: comm(77, 'brltty') }, 'fail', /brltty runs/, /apt remove brltty/],
  [
    'port-grabbers',
    'a rule for brltty',
    { files: { '/usr/lib/udev/rules.d/85-brltty.rules': `# Device: 1A86:7523\n${BRLTTY_RULE}` } },
    'warn',
    /85-brltty.rules gives/,
    /apt remove brltty/,
  ],
  ['port-grabbers', 'ModemManager', { files: comm(78, 'ModemManager') }, 'warn', /ModemManager runs/, /disable --now/],
  [
    'latency-timer',
    'the default of ftdi_sio',
    { files: { '/sys/bus/usb-serial/devices/ttyUSB0/latency_timer': '16\n' } },
    'warn',
    /ttyUSB0 keeps bytes back for 16 ms/,
    /echo 1 \| sudo tee \/sys\/bus\/usb-serial\/devices\/ttyUSB0\/latency_timer/,
  ],
  [
    'http-port',
    'another program',
    {
      files: { ...comm(901, 'jupyter'), '/proc/net/tcp': tcpTable(tcpRow('0100007F:1F90', '0A', 4242)) },
      links: { '/proc/901/fd/7': 'socket:[4242]' },
    },
    'fail',
    /8080 is taken by jupyter \(process 901\)/,
    /--http-port/,
  ],
  [
    'http-port',
    'a program on IPv6',
    { files: { '/proc/net/tcp6': tcpTable(tcpRow('00000000000000000000000000000000:1F90', '0A', 4243)) } },
    'fail',
    /8080 is taken by a program of somebody else/,
    /sudo ss -ltnp/,
  ],
  [
    'mqtt-port',
    'a hub that runs already',
    {
      files: {
        '/proc/902/comm': 'node\n',
        '/proc/902/cmdline': 'node\0/usr/bin/paddlewire\0start\0',
        '/proc/net/tcp': tcpTable(tcpRow('00000000:075B', '0A', 4244)),
      },
      links: { '/proc/902/fd/20': 'socket:[4244]' },
    },
    'fail',
    /1883 is taken by a hub that runs already/,
    /Use that one/,
  ],
  ['disk-space', 'a full disk', { space: { freeBytes: 2 ** 20, totalBytes: 2 ** 34 } }, 'fail', /Only 1 MB/, /--data/],
  [
    'disk-space',
    'a nearly full one',
    { space: { freeBytes: 2 ** 28, totalBytes: 2 ** 34 } },
    'warn',
    /Only 256/,
    /--data/,
  ],
  ['disk-speed', 'a worn card', { writeTimesMs: [80, 90, 110, 95] }, 'warn', /takes 95 ms/, /another card/],
  ['disk-speed', 'a card that stalls', { writeTimesMs: [3, 3, 2100, 3] }, 'warn', /slowest of 4 took 2100 ms/, /card/],
  [
    'disk-speed',
    'a folder of somebody else',
    { writeTimesMs: null },
    'fail',
    /paddlewire-data cannot be written/,
    /owner/,
  ],
  [
    'power',
    'under-voltage',
    { commands: { 'vcgencmd get_throttled': 'throttled=0x50005\n' } },
    'fail',
    /right now/,
    /supply/,
  ],
  [
    'power',
    'heat',
    { commands: { 'vcgencmd get_throttled': 'throttled=0x8\n' } },
    'fail',
    /slowed itself down right now/,
    /air/,
  ],
  [
    'power',
    'the past',
    { commands: { 'vcgencmd get_throttled': 'throttled=0x10000\n' } },
    'warn',
    /at some time/,
    /supply/,
  ],
  [
    'power',
    'past heat',
    { commands: { 'vcgencmd get_throttled': 'throttled=0xe0000\n' } },
    'warn',
    /had to slow/,
    /air/,
  ],
  [
    'power',
    'under-voltage, without vcgencmd',
    {
      commands: { 'vcgencmd get_throttled': null },
      files: { '/sys/devices/platform/soc/soc:firmware/get_throttled': '50005\n' },
    },
    'fail',
    /too little voltage right now/,
    /supply/,
  ],
  [
    'power',
    'a firmware that is silent',
    { commands: { 'vcgencmd get_throttled': null } },
    'skipped',
    /does not tell/,
    null,
  ],
  [
    'temperature',
    'a hot Pi',
    { files: { '/sys/class/thermal/thermal_zone0/temp': '82150\n' } },
    'warn',
    /82 °C/,
    /heat sink/,
  ],
  [
    'clock',
    'a Pi that woke in 1970',
    { now: '1970-01-01T00:10:00Z' },
    'fail',
    /1970-01-01, which cannot be/,
    /sudo date/,
  ],
  [
    'clock',
    'no time server',
    { commands: { 'timedatectl show --property=NTPSynchronized --value': 'no\n' } },
    'warn',
    /no time server has set it/,
    /time server/,
  ],
  ['node', 'an old one', { nodeVersion: 'v18.20.4' }, 'fail', /v18.20.4/, /20.19/],
  ['node', 'a slightly old one', { nodeVersion: 'v20.18.3' }, 'fail', /v20.18.3/, /20.19/],
  ['mdns', 'avahi not running', { files: { '/proc/412/comm': null } }, 'warn', /does not run/, /systemctl enable/],
  [
    'mdns',
    'avahi not installed',
    { files: { '/proc/412/comm': null }, owners: { '/usr/sbin/avahi-daemon': null } },
    'warn',
    /not installed/,
    /apt install avahi-daemon/,
  ],
  [
    'mdns',
    'the factory’s name',
    {
      files: {
        '/proc/sys/kernel/hostname': 'raspberrypi\n',
        '/proc/412/cmdline': 'avahi-daemon: running [raspberrypi.local]\0',
      },
    },
    'warn',
    /as every new Raspberry Pi/,
    /set-hostname/,
  ],
  [
    'mdns',
    'a name that another has',
    { files: { '/proc/412/cmdline': 'avahi-daemon: running [paddlewire-2.local]\0' } },
    'warn',
    /Another computer here is called paddlewire.local too, so this one is paddlewire-2.local/,
    /set-hostname/,
  ],
  [
    'wifi-stations',
    'the firmware it comes with',
    { links: { '/etc/alternatives/cyfmac43455-sdio.bin': '/lib/firmware/cypress/cyfmac43455-sdio-standard.bin' } },
    'warn',
    /7 to 10 stations/,
    /update-alternatives --set cyfmac43455-sdio.bin .*-minimal.bin/,
  ],
  [
    'wifi-stations',
    'a Pi 3B',
    { files: { '/sys/class/net/wlan0/device/device': '0xa9a6\n' } },
    'warn',
    /about 10/,
    /USB/,
  ],
  ['wifi-stations', 'no access point', { commands: iw('managed') }, 'skipped', /no access point/, null],
  [
    'wifi-isolation',
    'NetworkManager keeps them apart',
    { files: { '/etc/NetworkManager/system-connections/arcade.nmconnection': '[wifi]\nap-isolation=1\nmode=ap\n' } },
    'warn',
    /arcade.nmconnection keeps/,
    /Set it to 0/,
  ],
  [
    'wifi-isolation',
    'hostapd keeps them apart',
    {
      files: {
        '/proc/600/comm': 'hostapd\n',
        '/proc/600/cmdline': '/usr/sbin/hostapd\0-B\0/etc/hostapd/arcade.conf\0',
        '/etc/hostapd/arcade.conf': 'interface=wlan0\nap_isolate=1\n',
      },
    },
    'warn',
    /arcade.conf keeps .*ap_isolate=1/,
    /Set it to 0/,
  ],
];

describe('a sick computer', () => {
  it.each(SICK)('%s: %s', (check, _, change, status, text, remedy) => {
    const finding = look(check, changed(HEALTHY_PI, change));
    expect(finding).toMatchObject({ status, text: expect.stringMatching(text) });
    if (remedy === null) expect(finding.remedy).toBeNull();
    else expect(finding.remedy).toMatch(remedy);
  });

  it('is there for every check', () => {
    const alarmed = new Set(SICK.filter(([, , , status]) => status !== 'skipped').map(([check]) => check));
    expect(CHECKS.map(({ name }) => name).filter((name) => !alarmed.has(name))).toEqual([]);
  });
});

function fine(name: string, change: Change, wanted: Partial<Wanted> = {}): void {
  const finding = look(name, changed(HEALTHY_PI, change), wanted);
  expect(isAlarm(finding), finding.text).toBe(false);
}

describe('no false alarm', () => {
  it('where a rule of brltty is commented out, or a file of the same name in /etc takes its place', () => {
    fine('port-grabbers', { files: { '/usr/lib/udev/rules.d/85-brltty.rules': `# ${BRLTTY_RULE}` } });
    fine('port-grabbers', {
      files: { '/usr/lib/udev/rules.d/85-brltty.rules': BRLTTY_RULE, '/etc/udev/rules.d/85-brltty.rules': '# none\n' },
    });
  });

  it('where ModemManager is told to leave boards alone', () => {
    const rule = 'SUBSYSTEM=="tty", ENV{ID_MM_DEVICE_IGNORE}="1"\n';
    fine('port-grabbers', { files: { ...comm(78, 'ModemManager'), '/etc/udev/rules.d/99-boards.rules': rule } });
  });

  it('for connections to other computers on the same port number, or any free port', () => {
    const outward = tcpTable(tcpRow('6500A8C0:1F90', '01', 5), tcpRow('6500A8C0:C350', '0A', 6));
    fine('http-port', { files: { '/proc/net/tcp': outward } });
    const taken = { files: { '/proc/net/tcp': tcpTable(tcpRow('00000000:1F90', '0A', 7)) } };
    fine('http-port', taken, { httpPort: 0 });
    expect(look('http-port', HEALTHY_PI, { httpPort: 80 }).text).toMatch(/administrator only/);
  });

  it('while our own hub has the boards', () => {
    const hub = { '/proc/902/comm': 'node\n', '/proc/902/cmdline': 'node\0dist/hub/main.js\0start\0' };
    fine('serial-ports', { files: hub, links: { '/proc/902/fd/20': '/dev/ttyACM0' } });
  });

  it('without serial ports, if none are wanted; but for one that is named and missing', () => {
    expect(look('port-access', HEALTHY_PI, { serialPorts: ['none'] }).status).toBe('skipped');
    expect(look('serial-ports', HEALTHY_PI, { serialPorts: ['firmata:/dev/ttyACM7'] }).text).toBe(
      'There is no port /dev/ttyACM7.',
    );
  });

  it('for sensors that measure nonsense, or the heat of a laptop', () => {
    fine('temperature', { files: { '/sys/class/thermal/thermal_zone1/temp': '-274000\n' } });
    fine('temperature', {
      files: { '/proc/device-tree/model': null, '/sys/class/thermal/thermal_zone0/temp': '85000\n' },
    });
  });
});

describe('all checks together', () => {
  it('go on when one throws', () => {
    const broken: Check = {
      ...(CHECKS[0] as Check),
      name: 'broken',
      run: () => {
        throw new Error('a bug');
      },
    };
    const results = runChecks([broken, ...CHECKS], machineOf(HEALTHY_PI), WANTED);
    expect(results).toHaveLength(CHECKS.length + 1);
    expect(results.at(-1)).toMatchObject({
      check: 'broken',
      status: 'skipped',
      text: expect.stringContaining('a bug'),
    });
  });

  it('are told worst first, one line each', () => {
    const sick = changed(HEALTHY_PI, {
      nodeVersion: 'v18.0.0',
      files: { '/sys/bus/usb-serial/devices/ttyUSB0/latency_timer': '16\n', '/proc/device-tree/model': null },
    });
    const lines = report(runChecks(CHECKS, machineOf(sick), WANTED));
    expect(lines[0]).toBe('WRONG  node            Node is v18.0.0. To do: Install Node 20.19 or newer.');
    expect(lines[1]).toMatch(
      /^LOOK {3}latency-timer {3}The converter at ttyUSB0 keeps bytes back for 16 ms\. To do: echo 1/,
    );
    expect(lines).toContain('-      power           Not looked at. This is no Raspberry Pi.');
    expect(lines).toHaveLength(CHECKS.length + 2);
    expect(lines.at(-1)).toBe('2 things to do.');
  });

  it('want the Node that the package wants', () => {
    const { engines } = JSON.parse(readFileSync(packageUrl('package.json'), 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe(`>=${NODE_NEEDED.join('.')}`);
  });

  it('have names that fit their column and tell them apart', () => {
    const names = CHECKS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z-]{3,14}$/);
  });
});
