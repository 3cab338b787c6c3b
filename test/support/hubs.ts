/** Real hubs for tests: in this process, or in one of their own that can be killed. Loopback and free ports only. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { localDevices } from '../../hub/cli/local-devices.ts';
import { loadConfig, type ConfigSources } from '../../hub/config/config.ts';
import { Hub, type HubAddress, type HubParts } from '../../hub/hub.ts';
import { Passwords } from '../../hub/league/passwords.ts';
import { compiledUrl } from '../../shared/package-files.ts';

/** An empty folder, gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paddlewire-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface RunningHub {
  readonly hub: Hub;
  readonly address: HubAddress;
  /** For MQTT over TCP. */
  readonly url: string;
  /** For pages. */
  readonly http: string;
  readonly log: { code: string; detail: Record<string, unknown> }[];
}

type Flags = ConfigSources['flags'];

/** A hub in this process with short waits, stopped after the test. */
export async function startHub(
  flags: Flags = {},
  env: ConfigSources['env'] = {},
  parts: Partial<HubParts> = {},
): Promise<RunningHub> {
  const config = loadConfig({
    env: { PADDLEWIRE_ROOMS_COUNTDOWN_MS: '100', PADDLEWIRE_ROOMS_RESUME_MS: '100', ...env },
    flags: {
      data: temporaryFolder(),
      host: '127.0.0.1',
      'http.port': '0',
      'mqtt.port': '0',
      'serial.ports': ['none'],
      ...flags,
    },
  });
  const log: RunningHub['log'] = [];
  const hub = new Hub({
    config,
    log: (code, detail = {}) => log.push({ code, detail }),
    devices: localDevices,
    // As safe as a test needs: the true cost is the test's of passwords.
    passwords: new Passwords({ N: 16, r: 1, p: 1 }),
    ...parts,
  });
  const address = await hub.start();
  onTestFinished(() => hub.stop());
  return {
    hub,
    address,
    url: `mqtt://127.0.0.1:${address.mqttPort}`,
    http: `http://127.0.0.1:${address.httpPort}`,
    log,
  };
}

export interface HubProcess {
  readonly process: ChildProcess;
  readonly address: HubAddress;
  readonly url: string;
  readonly http: string;
  /** Kills it as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to stop. @returns its exit code */
  stop(): Promise<number | null>;
}

/** The program itself, `paddlewire start`, in a process of its own. */
export async function spawnHub(
  args: readonly string[] = [],
  env: Record<string, string> = {},
  wrapper: readonly string[] = [],
): Promise<HubProcess> {
  const child = spawnPaddlewire(
    ['start', '--json', '--host', '127.0.0.1', '--http-port', '0', '--mqtt-port', '0', '--serial', 'none', ...args],
    env,
    wrapper,
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const line = await firstLine(child);
  const address = JSON.parse(line) as HubAddress;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  return {
    process: child,
    address,
    url: `mqtt://127.0.0.1:${address.mqttPort}`,
    http: `http://127.0.0.1:${address.httpPort}`,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** The compiled program with any arguments; killed after the test if it is still there. */
export function spawnPaddlewire(
  args: readonly string[],
  env: Record<string, string> = {},
  wrapper: readonly string[] = [],
): ChildProcess {
  const [command = '', ...rest] = [...wrapper, process.execPath, fileURLToPath(compiledUrl('hub/main.js')), ...args];
  const child = spawn(command, rest, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PADDLEWIRE_LOG: 'silent', ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program to its end. */
export async function paddlewire(args: readonly string[], env: Record<string, string> = {}): Promise<Finished> {
  const child = spawnPaddlewire(args, env);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}: ${errors}`)));
    if (child.stdout !== null) createInterface(child.stdout).once('line', resolve);
  });
}
