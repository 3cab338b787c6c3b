/** The doctor as people run it, on whatever computer this is. */
import { readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../../hub/cli/doctor/check.ts';
import { CHECKS } from '../../../hub/cli/doctor/checks.ts';
import { paddlewire, temporaryFolder } from '../../support/hubs.ts';

const ANY_PORT = ['--http-port', '0', '--mqtt-port', '0'];

describe('paddlewire doctor', () => {
  it('looks at everything, and its exit code says whether something is to be done', async () => {
    const { code, stdout, stderr } = await paddlewire(['doctor', '--json', '--data', temporaryFolder(), ...ANY_PORT]);
    expect(stderr).toBe('');
    const results = JSON.parse(stdout) as Result[];
    expect(results.map(({ check }) => check).toSorted()).toEqual(CHECKS.map(({ name }) => name).toSorted());
    for (const result of results) expect(Object.keys(result)).toEqual(['check', 'status', 'text', 'remedy']);
    expect(results.filter(({ text }) => text.includes('has a bug'))).toEqual([]);
    const alarms = results.filter(({ status }) => status === 'warn' || status === 'fail');
    for (const { remedy } of alarms) expect(remedy).toMatch(/\w/);
    expect(code).toBe(alarms.length === 0 ? 0 : 1);
    expect(results.find(({ check }) => check === 'node')?.status).toBe('ok');
  });

  it('names who has the port that the hub wants', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, stdout } = await paddlewire([
      'doctor',
      '--data',
      temporaryFolder(),
      '--http-port',
      String(port),
      '--mqtt-port',
      '0',
    ]);
    server.close();
    expect(code).toBe(1);
    expect(stdout).toMatch(
      new RegExp(`^WRONG  http-port +Port ${port} is taken by .+ \\(process ${process.pid}\\)\\. To do: `, 'm'),
    );
  });

  it('leaves nothing behind in the folder it tried', async () => {
    const folder = temporaryFolder();
    await paddlewire(['doctor', '--data', folder, ...ANY_PORT]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses an option that it does not have', async () => {
    const { code, stderr } = await paddlewire(['doctor', '--bogus']);
    expect(code).toBe(2);
    expect(stderr).toContain('usage');
  });
});
