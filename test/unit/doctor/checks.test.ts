/** Each check on a healthy computer and on sick ones, told by the files they read. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isAlarm, runChecks, type Check, type Wanted } from '../../../hub/cli/doctor/check.ts';
import { CHECKS } from '../../../hub/cli/doctor/checks.ts';
import { NODE_NEEDED } from '../../../hub/cli/doctor/checks/system.ts';
import { report } from '../../../hub/cli/doctor.ts';
import { packageUrl } from '../../../shared/package-files.ts';
import { changed, machineOf, type Change, type Fixture } from './fixture-machine.ts';
import { BARE, BRLTTY_RULE, ELSEWHERE, HEALTHY_PI, processFiles, tcpRow, tcpTable } from './healthy.ts';
import { SICK } from './sick.ts';

const WANTED: Wanted = { dataFolder: 'paddlewire-data', httpPort: 8080, mqttPort: 1883, serialPorts: ['auto'] };

const look = (name: string, fixture: Fixture, wanted: Partial<Wanted> = {}) => {
  const check = CHECKS.find((one) => one.name === name) as Check;
  return check.run(machineOf(fixture), { ...WANTED, ...wanted });
};

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

  it('may be used by the administrator, whatever the groups', () => {
    const groups = { '/etc/group': 'dialout:x:20:\n' };
    expect(look('port-access', changed(BARE, { files: groups })).text).toMatch(/administrator/);
  });

  it('has its boards named', () => {
    expect(look('serial-ports', HEALTHY_PI).text).toBe(
      'Plugged in: /dev/ttyACM0 (Arduino Uno), /dev/ttyUSB0 (a board with a FTDI FT232R).',
    );
  });
});

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
    fine('port-grabbers', {
      files: { ...processFiles(78, 'ModemManager'), '/etc/udev/rules.d/99-boards.rules': rule },
    });
  });

  it('for connections to other computers on the same port number, or any free port', () => {
    const outward = tcpTable(tcpRow('6500A8C0:1F90', '01', 5), tcpRow('6500A8C0:C350', '0A', 6));
    fine('http-port', { files: { '/proc/net/tcp': outward } });
    const taken = { files: { '/proc/net/tcp': tcpTable(tcpRow('00000000:1F90', '0A', 7)) } };
    fine('http-port', taken, { httpPort: 0 });
    expect(look('http-port', HEALTHY_PI, { httpPort: 80 }).text).toMatch(/administrator only/);
  });

  it('while our own hub has the boards', () => {
    const hub = processFiles(902, 'node', 'node dist/hub/main.js start');
    fine('serial-ports', { files: hub, links: { '/proc/902/fd/20': '/dev/ttyACM0' } });
  });

  it('without serial ports, if none are wanted; but for one that is named and missing', () => {
    expect(look('port-access', HEALTHY_PI, { serialPorts: ['none'] }).status).toBe('skipped');
    expect(look('serial-ports', HEALTHY_PI, { serialPorts: ['firmata:/dev/ttyACM7'] }).text).toBe(
      'There is no port /dev/ttyACM7.',
    );
  });

  it('for sensors that measure nonsense, or the heat of a laptop', () => {
    const nonsense = { files: { '/sys/class/thermal/thermal_zone0/temp': '-274000\n' } };
    expect(look('temperature', changed(HEALTHY_PI, nonsense)).status).toBe('skipped');
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
