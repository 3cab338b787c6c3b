/** An agent in a process of its own, as whoever runs it sees it: asked step by step, told what happens, ended for sure. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ERRORS, PaddlewireError } from '../../shared/errors.ts';
import { compiledUrl } from '../../shared/package-files.ts';
import { agentFile } from './agent-file.ts';
import type { EndStats } from './agent.ts';
import type { Shape } from './brain.ts';
import { Lines, MAX_LINE, parseSaid, type Said, type Told } from './host/protocol.ts';
import { LIMITS, type AgentLimits } from './limits.ts';
import { GuardedProcess } from './process/guarded-process.ts';

export interface AgentProcessParts {
  readonly file: string;
  readonly args?: readonly string[];
  readonly limits?: AgentLimits;
  /** The environment that it is started in; it is told little of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Each line that it prints. */
  readonly printed?: (line: string) => void;
}

/** How long it may take to say goodbye, in ms. */
const GOODBYE_MS = 500;

interface Waiting {
  resolve(value: never): void;
  reject(error: PaddlewireError): void;
}

export class AgentProcess {
  readonly #parts: AgentProcessParts;
  readonly #limits: AgentLimits;
  #process: GuardedProcess | null = null;
  #failure: PaddlewireError | null = null;
  #failed: ((error: PaddlewireError) => void)[] = [];
  /** By what it will say. */
  readonly #waiting = new Map<Said['did'], Waiting>();
  #step: (Waiting & { readonly tick: number }) | null = null;
  shape: Shape = 'step';

  constructor(parts: AgentProcessParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? LIMITS;
  }

  /** Why it ended, if it was not asked to. */
  get failure(): PaddlewireError | null {
    return this.#failure;
  }

  get busy(): boolean {
    return this.#step !== null;
  }

  get lastLines(): readonly string[] {
    return this.#process?.lastLines ?? [];
  }

  onFailure(listener: (error: PaddlewireError) => void): void {
    this.#failed.push(listener);
  }

  /** Loads it. @throws PaddlewireError agent-missing, agent-syntax, agent-shape, agent-threw and others of its process */
  async start(): Promise<void> {
    const file = agentFile(this.#parts.file);
    const child = new GuardedProcess({
      command: process.execPath,
      args: [...nodeFlags(dirname(file), this.#limits), fileURLToPath(compiledUrl('device/agent/host/main.js'))],
      folder: dirname(file),
      env: this.#parts.env,
      own: {},
      pipe: true,
      limits: this.#limits,
      printed: this.#parts.printed ?? (() => {}),
    });
    this.#process = child;
    this.#listen(child);
    void child.ended.then((error) =>
      this.#fail(error ?? new PaddlewireError('agent-crashed', 'The agent ended itself.')),
    );
    const timer = setTimeout(
      () =>
        child.end(new PaddlewireError('agent-hung', `The agent was not loaded in ${this.#limits.loadMs / 1000} s.`)),
      this.#limits.loadMs,
    );
    try {
      this.shape = await this.#ask<Shape>('loaded', { do: 'load', file, args: this.#parts.args ?? [] });
    } finally {
      clearTimeout(timer);
    }
  }

  begin(match: string): void {
    this.#tell({ do: 'begin', match });
  }

  /**
   * Asks for a move, while it is not busy with another.
   * @returns what it answered
   * @throws PaddlewireError command-invalid, message-too-large: it goes on; all others: it has ended
   */
  step(tick: number, seen: unknown): Promise<unknown> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    return new Promise<unknown>((resolve, reject) => {
      this.#step = { tick, resolve, reject };
      this.#tell({ do: 'step', tick, seen });
    });
  }

  /** Tells how the match ended; resolves when it has heard. */
  end(won: boolean, stats: EndStats): Promise<void> {
    return this.#ask('ended', { do: 'end', won, stats });
  }

  /** Whether it wants another match. */
  ready(): Promise<boolean> {
    return this.#ask('ready', { do: 'ready' });
  }

  error(text: string): void {
    this.#tell({ do: 'error', text });
  }

  message(text: string): void {
    this.#tell({ do: 'message', text });
  }

  /** The hub is gone. */
  gone(): void {
    this.#tell({ do: 'gone' });
  }

  /** Ends it because of something that it did. */
  fail(error: PaddlewireError): void {
    this.#process?.end(error);
  }

  /** Lets it say goodbye, and ends it. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child === null) return;
    this.#failed = [];
    this.gone();
    child.pipe?.end();
    const timer = setTimeout(() => child.end(), GOODBYE_MS);
    await child.ended;
    clearTimeout(timer);
  }

  #tell(told: Told): void {
    const pipe = this.#process?.pipe ?? null;
    if (pipe?.writable === true && this.#failure === null) pipe.write(`${JSON.stringify(told)}\n`);
  }

  #ask<T>(did: Said['did'], told: Told): Promise<T> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(did, { resolve, reject });
      this.#tell(told);
    });
  }

  #listen(child: GuardedProcess): void {
    const lines = new Lines();
    const foreign = (): void => child.end(new PaddlewireError('agent-malformed', ERRORS['agent-malformed'].meaning));
    child.pipe?.on('error', () => {});
    child.pipe?.on('data', (chunk: Uint8Array) => {
      try {
        for (const line of lines.push(chunk)) {
          const said = line.length > MAX_LINE ? null : parseSaid(line);
          if (said === null) return foreign();
          this.#take(said, child);
        }
      } catch {
        foreign();
      }
    });
  }

  #take(said: Said, child: GuardedProcess): void {
    switch (said.did) {
      case 'loaded':
        this.#settle('loaded', said.shape);
        break;
      case 'ready':
        this.#settle('ready', said.ready);
        break;
      case 'ended':
        this.#settle('ended', undefined);
        break;
      case 'acted':
        this.#acted(said.tick)?.resolve(said.value as never);
        break;
      case 'refused':
        this.#acted(said.tick)?.reject(new PaddlewireError(said.code, said.text));
        break;
      case 'failed':
        // It ends now; if it would not, it is ended.
        child.end(new PaddlewireError(said.code, said.text));
        break;
    }
  }

  #settle(did: Said['did'], value: unknown): void {
    this.#waiting.get(did)?.resolve(value as never);
    this.#waiting.delete(did);
  }

  #acted(tick: number): Waiting | null {
    const step = this.#step;
    if (step === null || step.tick !== tick) return null;
    this.#step = null;
    return step;
  }

  #fail(error: PaddlewireError): void {
    if (this.#failure !== null) return;
    this.#failure = error;
    this.#step?.reject(error);
    this.#step = null;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
    for (const listener of this.#failed) listener(error);
  }
}

/**
 * Node's own fence, where this Node has one: an agent reads its folder and this package, writes nothing, and starts
 * neither processes nor threads. The network is not fenced.
 */
function nodeFlags(folder: string, { memoryMb }: AgentLimits): string[] {
  const fence = ['--permission', '--experimental-permission'].find((flag) =>
    process.allowedNodeEnvironmentFlags.has(flag),
  );
  const transform = dirname(fileURLToPath(import.meta.resolve('@swc/wasm-typescript')));
  const readable = [folder, fileURLToPath(compiledUrl('')).replace(/\/$/, ''), transform];
  return [
    `--max-old-space-size=${Math.floor((memoryMb * 3) / 4)}`,
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    ...(fence === undefined ? [] : [fence, ...readable.map((path) => `--allow-fs-read=${path}/`)]),
  ];
}
