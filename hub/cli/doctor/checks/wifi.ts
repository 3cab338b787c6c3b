/** A hub that is its own access point: how many stations it carries, and whether they see each other. */
import { ok, skipped, warn, type Check, type Finding } from '../check.ts';
import { namesIn, type Machine } from '../machine.ts';
import { findProcess } from '../processes.ts';

interface Radio {
  readonly name: string;
  /** As `iw dev` prints it: AP, managed, …; empty where `iw` is missing. */
  readonly type: string;
}

/** `iw dev` prints blocks of `Interface wlan0` with lines such as `type AP` and `ssid …`. */
function radios(machine: Machine): Radio[] {
  const names = namesIn(machine, '/sys/class/net', /./).filter(
    (name) =>
      machine.listFolder(`/sys/class/net/${name}/wireless`) !== null ||
      machine.readLink(`/sys/class/net/${name}/phy80211`) !== null,
  );
  const said = names.length === 0 ? '' : (machine.run('iw', 'dev') ?? '');
  return names.map((name) => {
    const block = said.split(/^\s*Interface /m).find((part) => part.startsWith(`${name}\n`)) ?? '';
    return { name, type: /^\s*type (\S+)/m.exec(block)?.[1] ?? '' };
  });
}

/** The radio that is an access point, or why there is nothing to look at. */
function accessPoint(machine: Machine): Radio | Finding {
  const all = radios(machine);
  if (all.length === 0) return skipped('This computer has no WiFi.');
  if (all.every(({ type }) => type === '')) return skipped('The tool `iw` is not there to tell what the WiFi does.');
  return all.find(({ type }) => type === 'AP') ?? skipped('This computer is no access point.');
}

/** SDIO ids of the Pi's radios, in linux/mmc/sdio_ids.h: the 43430 is in the 3B and Zero W, the 43455 in 3B+, 4 and 5. */
const CHIP_43430 = '0xa9a6';
const CHIP_43455 = '0xa9bf';
/** Debian's alternatives, as Raspberry Pi's firmware package sets them, and the link that leads there. */
const FIRMWARE_LINKS = ['/etc/alternatives/cyfmac43455-sdio.bin', '/lib/firmware/cypress/cyfmac43455-sdio.bin'];
const MINIMAL = '/lib/firmware/cypress/cyfmac43455-sdio-minimal.bin';

export const wifiStations: Check = {
  name: 'wifi-stations',
  looksAt: 'which firmware a Pi’s radio has, if the Pi is the access point (`/etc/alternatives/cyfmac43455-sdio.bin`)',
  why: 'the one it comes with carries 7 to 10 stations, the minimal one 19; the next board finds no network',
  run(machine) {
    const radio = accessPoint(machine);
    if ('status' in radio) return radio;
    const device = `/sys/class/net/${radio.name}/device`;
    if (!(machine.readLink(`${device}/driver`) ?? '').endsWith('/brcmfmac'))
      return skipped(`How many stations ${radio.name} carries is known for the radios of a Pi only.`);
    const chip = machine.readFile(`${device}/device`)?.trim();
    if (chip === CHIP_43430)
      return warn(
        'This Pi’s access point carries about 10 stations.',
        'Use an access point of its own, or boards on USB.',
      );
    if (chip !== CHIP_43455) return skipped('This radio of a Pi is not known.');
    const targets = FIRMWARE_LINKS.map((link) => machine.readLink(link) ?? '');
    if (targets.some((target) => target.includes('minimal')))
      return ok('This Pi’s access point carries 19 stations (minimal firmware).');
    return warn(
      'This Pi’s access point carries 7 to 10 stations with the firmware it has.',
      `For 19: sudo update-alternatives --set cyfmac43455-sdio.bin ${MINIMAL}, then restart (it leaves out WPA3).`,
    );
  },
};

export const wifiIsolation: Check = {
  name: 'wifi-isolation',
  looksAt:
    'whether this computer’s access point keeps its stations apart (`ap_isolate` of hostapd, `ap-isolation` of NetworkManager)',
  why: 'the hub is reached all the same, but not a program, broker or second hub on a pupil’s computer; of another access point no file tells: try the page on a phone',
  run(machine) {
    const radio = accessPoint(machine);
    if ('status' in radio) return radio;
    const settings = settingsOf(machine);
    const unread = settings.find(({ text }) => text === null);
    if (unread !== undefined) return skipped(`${unread.path} is for the administrator only: sudo tells more.`);
    const isolating = settings.find(({ text, pattern }) => pattern.test(text ?? ''));
    if (isolating === undefined) return ok('Stations of this access point see each other.');
    return warn(
      `${isolating.path} keeps the stations of this access point apart (${isolating.name}).`,
      'Set it to 0 if pupils’ computers are to see each other; the hub is reached either way.',
    );
  },
};

interface Settings {
  readonly path: string;
  /** null if it may not be read. */
  readonly text: string | null;
  /** What keeps stations apart, and what it is called. */
  readonly pattern: RegExp;
  readonly name: string;
}

/**
 * Where an access point keeps its settings: hostapd.conf with `ap_isolate=1`, or NetworkManager's key files, with
 * `ap-isolation` in `[wifi]` of a connection with `mode=ap` (nm-settings-keyfile(5)).
 */
function settingsOf(machine: Machine): Settings[] {
  const hostapd = findProcess(machine, 'hostapd');
  if (hostapd !== null) {
    const path = /(\/\S+\.conf)/.exec(hostapd.command)?.[1] ?? '/etc/hostapd/hostapd.conf';
    return [{ path, text: machine.readFile(path), pattern: /^\s*ap_isolate\s*=\s*1\b/m, name: 'ap_isolate' }];
  }
  const folder = '/etc/NetworkManager/system-connections';
  const pattern = /^(?=[^]*^mode=ap$)[^]*^ap-isolation=(1|true|yes)$/m;
  const keyFile = (path: string): Settings => ({ path, text: machine.readFile(path), pattern, name: 'ap-isolation' });
  if (machine.listFolder(folder) === null && findProcess(machine, 'NetworkManager') !== null) return [keyFile(folder)];
  return namesIn(machine, folder, /\.nmconnection$/).map((name) => keyFile(`${folder}/${name}`));
}
