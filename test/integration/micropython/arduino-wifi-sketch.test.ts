/** The sketch for WiFi of docs/wifi-boards.md: its bytes on a real hub, and its text through a real compiler. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { topics } from '../../../shared/contract/topics.ts';
import { packageUrl } from '../../../shared/package-files.ts';
import { compileSketch } from '../../support/arduino-sketch.ts';
import { eventually } from '../../support/eventually.ts';
import { startHub } from '../../support/hubs.ts';
import { RawDevice } from '../../support/mqtt-clients.ts';
import { missing } from '../../support/needs.ts';

const page = readFileSync(packageUrl('docs/wifi-boards.md'), 'utf8');
const sketch = /```cpp\n(.*?)```/s.exec(page)?.[1] ?? '';

const ID = /\bID = "(.*?)"/.exec(sketch)?.[1] ?? '';
const formats = Object.fromEntries(
  [...sketch.matchAll(/(\w+) = R"\((.*?)\)";/g)].map(([, name, text]) => [name, text]),
);

/** As snprintf fills it in. */
function filled(name: string, ...values: readonly (string | number)[]): string {
  const rest = [...values];
  return (formats[name] ?? '').replaceAll(/%(s|lu)/g, () => String(rest.shift()));
}

/** As the board says it. */
const micros = (): number => Math.round(performance.now() * 1000) % 2 ** 32;

/** The two libraries, as far as the sketch uses them. */
const LIBRARIES = `
struct WiFiClient {};
struct { void begin(const char *, const char *) {} } WiFi;
struct PubSubClient {
  PubSubClient(WiFiClient &) {}
  bool publish(const char *, const char *) { return true; }
  bool connect(const char *) { return true; }
  bool connect(const char *, const char *, const char *) { return true; }
  bool subscribe(const char *) { return true; }
  bool connected() { return false; }
  bool loop() { return true; }
  void setServer(const char *, int) {}
  void setCallback(void (*)(char *, byte *, unsigned int)) {}
  bool setBufferSize(int) { return true; }
  void setSocketTimeout(int) {}
};
`;

describe('the sketch with PubSubClient', () => {
  it('is seated and moves its paddle by the messages that stand in it', async () => {
    expect(Object.keys(formats)).toEqual(['HELLO', 'JOIN', 'INPUTS', 'PONG']);
    const running = await startHub();
    const device = await RawDevice.connect(running.url, ID);
    let longest = 0;
    device.test.client.on('message', (topic, payload) => {
      longest = Math.max(longest, topic.length + payload.length);
      const token = /"token":(\d+)/.exec(payload.toString())?.[1];
      if (token !== undefined) device.raw(filled('PONG', token, micros()));
    });
    device.raw(filled('HELLO', ID));
    await device.told('WELCOME');
    device.raw(filled('JOIN'));
    expect((await device.told('SEAT')).side).toBe('left');
    await eventually(() => running.hub.lobby.session(ID)?.clock.known);
    for (const [seq, buttons] of [
      [1, 1],
      [2, 2],
      [3, 0],
    ] as const) {
      device.raw(filled('INPUTS', seq, micros(), buttons));
      await eventually(() => running.hub.rooms.get('main')?.seats.of(ID)?.command === buttons);
    }
    expect(running.hub.lobby.session(ID)?.counters).toMatchObject({ inputs: 3, stale: 0, missed: 0, refused: 0 });
    const buffer = Number(/setBufferSize\((\d+)\)/.exec(sketch)?.[1]);
    // The largest message, its topic with the longest id, and what MQTT puts around it.
    expect(buffer).toBeGreaterThanOrEqual(1024 + topics.down('x'.repeat(32)).length + 7);
    expect(longest).toBeLessThan(buffer);
    // In its arrays of 120 characters.
    expect(filled('HELLO', 'x'.repeat(32)).length).toBeLessThan(120);
    expect(filled('INPUTS', 2 ** 32 - 1, 2 ** 32 - 1, 255).length).toBeLessThan(120);
  });

  it.skipIf(missing('arduino-core'))('compiles', () => {
    const plain = sketch.replace(/#if defined\(ESP8266\)\n#include.*?#include <PubSubClient.h>\n/s, LIBRARIES);
    expect(plain).not.toContain('#include');
    expect(compileSketch(plain)).toMatch(/^:10/);
  });
});
