import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { environmentName, group, loadConfig, type Config } from '../../../hub/config/config.ts';
import { SETTINGS, type Setting, type SettingKey } from '../../../hub/config/schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'paddlewire-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fromToml(text: string): Config {
  const file = join(folder, 'hub.toml');
  writeFileSync(file, text);
  return loadConfig({ file, env: {}, flags: {} });
}

const all = Object.entries(SETTINGS) as [SettingKey, Setting][];

describe('the configuration', () => {
  it('is whole without any file', () => {
    const config = loadConfig({ env: {}, flags: {} });
    expect(Object.keys(config)).toEqual(Object.keys(SETTINGS));
    expect(config['http.port']).toBe(8080);
  });

  it('flags go before the environment, that before the file, that before defaults', () => {
    const file = join(folder, 'order.toml');
    writeFileSync(file, '[http]\nport = 1001\n[mqtt]\nport = 1002\n[rooms]\nrate = 30\n');
    const config = loadConfig({
      file,
      env: { PADDLEWIRE_HTTP_PORT: '2001', PADDLEWIRE_MQTT_PORT: '2002' },
      flags: { 'http.port': '3001' },
    });
    expect([config['http.port'], config['mqtt.port'], config['rooms.rate'], config['store.commitMs']]).toEqual([
      3001, 2002, 30, 10,
    ]);
  });

  it('takes lists, and the parameters of a game', () => {
    const config = fromToml('[serial]\nports = ["/dev/ttyS0", "firmata:/dev/ttyS1"]\n[pong]\ntarget = 11\n');
    expect(config['serial.ports']).toEqual(['/dev/ttyS0', 'firmata:/dev/ttyS1']);
    expect(group(config, 'pong')).toMatchObject({ target: 11, width: 900 });
    expect(loadConfig({ env: { PADDLEWIRE_SERIAL_PORTS: 'a,b' }, flags: {} })['serial.ports']).toEqual(['a', 'b']);
  });

  it.each([
    ['# ports\n[http]\nport = 70000\n', 'config-value', ', line 3: http.port must be an integer from 0 to 65535'],
    [
      '[rooms]\nrate = 60\nlost = "panic"\n',
      'config-value',
      ', line 3: rooms.lost must be one of pause, freeze, remove, end, not "panic"',
    ],
    ['rooms.rate = 1.5', 'config-value', ', line 1: rooms.rate must be an integer'],
    ['[rooms]\nnames = []', 'config-value', 'rooms.names'],
    ['[rooms]\nnames = ["Two Words"]', 'config-value', 'rooms.names'],
    ['[rooms]\nnames = ["main", "main"]', 'config-value', 'a list of different rooms'],
    ['[rooms]\nnames = ["quiz:chess"]', 'config-value', 'a game, one of pong, reaction, buzzer'],
    ['[room]\nrate = 60', 'config-value', ', line 2: room.rate is no setting of this hub'],
    ['constructor = 1', 'config-value', 'constructor is no setting'],
    ['[http]\nport = = 1', 'config-malformed', 'line 2, column'],
  ])('%j is refused, naming where and why', (text, code, part) => {
    expect(() => fromToml(text)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(part) as string }),
    );
  });

  it('names the variable or flag that is wrong', () => {
    expect(() => loadConfig({ env: { PADDLEWIRE_HTTP_PORT: 'x' }, flags: {} })).toThrow('PADDLEWIRE_HTTP_PORT must be');
    expect(() => loadConfig({ env: {}, flags: { 'access.mode': 'closed' } })).toThrow(
      '--access must be one of open, pin, token',
    );
    expect(() => loadConfig({ file: join(folder, 'none.toml'), env: {}, flags: {} })).toThrow('Cannot read');
  });

  it.each(all)('%s refuses what is just out of its range, and takes its bounds', (key, setting) => {
    const load = (text: string): unknown => loadConfig({ env: { [environmentName(key)]: text }, flags: {} })[key];
    if (setting.kind === 'integer') {
      expect([load(String(setting.min)), load(String(setting.max))]).toEqual([setting.min, setting.max]);
      for (const value of [setting.min - 1, setting.max + 1, '', 'NaN', '1e99', ' ', '1.0'])
        expect(() => load(String(value)), String(value)).toThrow('must be');
    }
    if (setting.kind === 'choice') expect(() => load('?')).toThrow('must be one of');
    expect(setting.doc.length).toBeGreaterThan(5);
  });
});
