/** What a test needs from the machine besides `npm ci`. A user's run skips it in one clear line; in CI a skip fails. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PROBES = {
  'avr-gcc': { found: () => runs('avr-gcc', '--version'), install: 'apt install gcc-avr avr-libc binutils-avr make' },
  optiboot: {
    found: () =>
      existsSync('/usr/share/arduino/hardware/arduino/avr/bootloaders/optiboot/optiboot.c') &&
      runs('avr-gcc', '--version'),
    install: 'apt install arduino-core-avr gcc-avr avr-libc binutils-avr',
  },
  'arduino-core': {
    found: () =>
      existsSync('/usr/share/arduino/hardware/arduino/avr/cores/arduino/Arduino.h') && runs('avr-g++', '--version'),
    install: 'apt install arduino-core-avr gcc-avr avr-libc binutils-avr',
  },
  cc: { found: () => runs('cc', '--version'), install: 'apt install gcc make' },
  chromium: { found: () => existsSync('/usr/bin/chromium'), install: 'apt install chromium' },
  mosquitto_pub: { found: () => runs('mosquitto_pub', '--version'), install: 'apt install mosquitto-clients' },
  paho: {
    found: () => runs('/usr/bin/python3', '-c', 'import paho.mqtt.client'),
    install: 'apt install python3-paho-mqtt',
  },
  unshare: {
    found: () => runs('unshare', '-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt'),
    install: 'a kernel that lets users have mount namespaces',
  },
  'qemu-system-arm': { found: () => runs('qemu-system-arm', '--version'), install: 'apt install qemu-system-arm' },
  'microbit-firmware': {
    found: () => existsSync('/usr/share/firmware-microbit-micropython/firmware.hex'),
    install: 'apt install firmware-microbit-micropython',
  },
  pty: { found: () => process.platform === 'linux', install: 'Linux (the emulated boards use a Linux pty)' },
} as const;

export type Need = keyof typeof PROBES;

const said = new Set<Need>();

/** True when `need` is missing, for `describe.skipIf(missing('chromium'))`. Throws in CI, where nothing may be missing. */
export function missing(...needs: Need[]): boolean {
  const absent = needs.filter((need) => !PROBES[need].found());
  for (const need of absent) {
    const line = `skipped: needs ${need} (${PROBES[need].install})`;
    if (process.env['CI']) throw new Error(line);
    if (!said.has(need)) console.warn(line);
    said.add(need);
  }
  return absent.length > 0;
}

function runs(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch (error) {
    // Some programs answer --version with a status of their own; only a missing program counts as missing.
    return args[0] === '--version' && (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}
