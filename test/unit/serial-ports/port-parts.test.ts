import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FloodGuard } from '../../../hub/links/serial/flood-guard.ts';
import { portPatterns, presentPorts } from '../../../hub/links/serial/port-patterns.ts';
import { openTrouble, unknownTrouble } from '../../../hub/links/serial/port-trouble.ts';
import { RestartWatch } from '../../../hub/links/serial/restart-watch.ts';
import { UsbPorts, type ListedPort } from '../../../hub/links/serial/usb-info.ts';
import { temporaryFolder } from '../../support/hubs.ts';

describe('what serialport says when it cannot open a port', () => {
  // The words of serialport 13 on Linux, as its binding puts them together (serialport_unix.cpp).
  it.each([
    ['Error Resource temporarily unavailable Cannot lock port\n', 'port-busy'],
    ['Error: Device or resource busy, cannot open /dev/ttyACM0', 'port-busy'],
    ['Error: Permission denied, cannot open /dev/ttyACM0', 'port-forbidden'],
    ['Error: Operation not permitted, cannot open /dev/ttyACM0', 'port-forbidden'],
    ['Error: No such file or directory, cannot open /dev/ttyACM0', 'port-open-failed'],
    ['Error: Inappropriate ioctl for device setting custom baud rate of 115200', 'port-open-failed'],
  ])('%j is %s, in a sentence with the port', (message, code) => {
    const trouble = openTrouble('/dev/ttyACM0', new Error(message));
    expect(trouble.code).toBe(code);
    expect(trouble.text).toContain('/dev/ttyACM0');
    expect(trouble.text).not.toContain('\n');
  });
});

describe('a board that nobody understands', () => {
  it('is told by what it says', () => {
    expect(unknownTrouble('/dev/x', { bytes: 0, line: null })).toMatchObject({ code: 'port-silent' });
    expect(unknownTrouble('/dev/x', { bytes: 9, line: null })).toMatchObject({ code: 'dialect-unknown' });
    expect(unknownTrouble('/dev/x', { bytes: 9, line: 'T=21\u0007' }).text).toContain('it prints "T=21?"');
  });
});

describe('a flood', () => {
  it('is more than a line of 115200 baud carries, for seconds', () => {
    const guard = new FloodGuard(0);
    for (let ms = 0; ms < 60_000; ms += 10) expect(guard.take(115, ms)).toBe(false);
    const torrent = new FloodGuard(0);
    const noticed = Array.from({ length: 1000 }, (_, at) => torrent.take(1000, at * 10)).indexOf(true);
    expect(noticed).toBeGreaterThan(10);
    expect(noticed).toBeLessThan(100);
  });
});

describe('starts of a board', () => {
  it('three within seconds are a fault; those that opening causes, or that hands cause, are not', () => {
    const watch = new RestartWatch();
    for (let start = 1; start <= 20; start++) {
      // The port was opened anew, which resets an Uno.
      watch.opened(start * 100);
      watch.hello(2 * start, start * 100);
      watch.hello(2 * start + 1, start * 100 + 50);
      watch.hello(2 * start + 1, start * 100 + 60);
      expect(watch.trouble(start * 100 + 50)).toBe(null);
    }
    for (let start = 51; start < 55; start++) watch.hello(start, 10_000 + start * 6000);
    expect(watch.trouble(10_000 + 54 * 6000)).toBe(null);
    for (let start = 60; start < 63; start++) watch.hello(start, 400_000 + start);
    expect(watch.trouble(400_100)).toBe(3);
    expect(watch.trouble(411_000)).toBe(null);
  });
});

describe('the setting serial.ports', () => {
  it('names paths, patterns and dialects; the first that fits a port counts', () => {
    const folder = temporaryFolder();
    for (const name of ['tty-1', 'tty-2', 'tty.3', 'other']) writeFileSync(join(folder, name), '');
    mkdirSync(join(folder, 'deep'));
    const present = presentPorts(
      portPatterns([
        'none',
        `text:${folder}/tty-2`,
        `${folder}/tty-*`,
        'firmata:/nowhere/x*',
        `firmata:${folder}/oth*`,
      ]),
    );
    expect(Object.fromEntries(present)).toEqual({
      [join(folder, 'tty-1')]: null,
      [join(folder, 'tty-2')]: 'text',
      [join(folder, 'other')]: 'firmata',
    });
    expect(portPatterns(['auto']).length).toBeGreaterThan(1);
    expect(portPatterns(['none'])).toEqual([]);
  });
});

const uno = (path: string, serialNumber?: string): ListedPort => ({
  path,
  vendorId: '2341',
  productId: '0043',
  serialNumber,
});

describe('what USB tells', () => {
  it('is an identity where it is one', async () => {
    const usb = new UsbPorts(() => Promise.resolve([uno('/a', '1'), uno('/b', '2'), uno('/c', '2'), uno('/d')]));
    await usb.refresh();
    expect(['/a', '/b', '/c', '/d', '/e'].map((path) => usb.identity(path))).toEqual([
      'usb:2341:0043:1',
      '/b',
      '/c',
      '/d',
      '/e',
    ]);
    expect(usb.of('/a')).toEqual({ vendorId: '2341', productId: '0043', serialNumber: '1', manufacturer: null });
    expect(usb.of('/e')).toBe(null);
  });

  it('is read again for a port that came while it was read', async () => {
    const lists = [[uno('/a', '1')], [uno('/a', '1'), uno('/b', '2')]];
    let reads = 0;
    const usb = new UsbPorts(async () => lists[reads++] ?? []);
    const first = usb.refresh();
    await Promise.all([usb.refresh(), usb.refresh(), first]);
    expect([reads, usb.identity('/b')]).toEqual([2, 'usb:2341:0043:2']);
  });

  it('is not asked for again where there is no udev, but is where it failed once', async () => {
    let asked = 0;
    const without = new UsbPorts(() => Promise.reject(new Error(`spawn udevadm ENOENT ${asked++}`)));
    await without.refresh();
    await without.refresh();
    expect([asked, without.identity('/a')]).toEqual([1, '/a']);
    const failing = new UsbPorts(() => Promise.reject(new Error(`exited with error code: ${asked++}`)));
    await failing.refresh();
    await failing.refresh();
    expect(asked).toBe(3);
  });
});
