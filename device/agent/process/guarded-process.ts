/**
 * A process that may do anything and harms nobody: in a group of its own, with less claim on the processor, watched for
 * memory and children, its output read within bounds, and ended with all that it started.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setPriority } from 'node:os';
import type { Duplex } from 'node:stream';
import { PaddlewireError } from '../../../shared/errors.ts';
import type { AgentLimits } from '../limits.ts';
import { endFamily } from './end-family.ts';
import { familyOf } from './family.ts';
import { OutputTail } from './output-tail.ts';

/** Every process that an agent starts has it in its environment, with a value of its own. */
const MARK = 'PADDLEWIRE_AGENT';
/** How often it is looked at, in ms. */
const WATCH_MS = 200;
/** Hubs and players go first, as `nice` says it. */
const NICENESS = 5;
/** What an agent is told of the environment it was started in: where programs are, and nothing that is secret. */
const PASSED_ON = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'HOME', 'TMPDIR', 'VIRTUAL_ENV', 'PYTHONPATH'];

export interface GuardedParts {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder?: string;
  /** The environment that it is started in, of which little is passed on; and what is added. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly own: Readonly<Record<string, string>>;
  /** Whether there is a pipe besides its output, as its file descriptor 3. */
  readonly pipe: boolean;
  readonly limits: Pick<AgentLimits, 'memoryMb' | 'processes'>;
  readonly printed: (line: string) => void;
}

export class GuardedProcess {
  readonly #child: ChildProcess;
  readonly #mark: string;
  readonly #limits: GuardedParts['limits'];
  readonly #output: OutputTail;
  readonly #timer: NodeJS.Timeout;
  #broken: PaddlewireError | null = null;
  #over = false;
  /** Resolves when the process is gone: with why, or null if nobody minded. */
  readonly ended: Promise<PaddlewireError | null>;

  constructor({ command, args, folder, env, own, pipe, limits, printed }: GuardedParts) {
    const mark = randomBytes(12).toString('hex');
    this.#mark = `${MARK}=${mark}`;
    this.#limits = limits;
    this.#output = new OutputTail(printed);
    this.#child = spawn(command, args, {
      env: { ...passedOn(env), ...own, [MARK]: mark },
      ...(folder !== undefined && { cwd: folder }),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', ...(pipe ? (['pipe'] as const) : [])],
    });
    const { stdout, stderr } = this.#child;
    if (stdout !== null) this.#output.read(stdout);
    if (stderr !== null) this.#output.read(stderr);
    this.#timer = setInterval(() => this.#look(), WATCH_MS);
    this.ended = this.#untilEnd(command);
    this.#beNice();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get over(): boolean {
    return this.#over;
  }

  /** The last lines that it printed. */
  get lastLines(): readonly string[] {
    return this.#output.lines;
  }

  /** Its file descriptor 3. */
  get pipe(): Duplex | null {
    return (this.#child.stdio[3] as unknown as Duplex | undefined) ?? null;
  }

  /** Ends it with all that it started. @param because it did what it may not */
  end(because: PaddlewireError | null = null): void {
    this.#broken ??= because;
    if (!this.#over && this.#child.pid !== undefined) endFamily(this.#child.pid, this.#mark);
  }

  #untilEnd(command: string): Promise<PaddlewireError | null> {
    return new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#finish();
        resolve(new PaddlewireError('agent-crashed', `${command} cannot be started: ${error.message}.`));
      });
      this.#child.once('exit', (code, signal) => {
        // Its children live on, if it had any.
        if (this.#child.pid !== undefined) endFamily(this.#child.pid, this.#mark);
        this.#finish();
        // What it printed last is read first: it says why.
        setImmediate(() => resolve(this.#broken ?? this.#why(code, signal)));
      });
    });
  }

  #finish(): void {
    this.#over = true;
    clearInterval(this.#timer);
    this.#output.drain();
  }

  #why(code: number | null, signal: NodeJS.Signals | null): PaddlewireError | null {
    if (code === 0) return null;
    const full = this.lastLines.some((line) => /heap limit|out of memory|MemoryError/i.test(line));
    if (full) return new PaddlewireError('agent-memory', `The agent used more than ${this.#limits.memoryMb} MB.`);
    return new PaddlewireError('agent-crashed', `The agent ended by itself, with ${signal ?? `code ${code}`}.`);
  }

  #look(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#over) return;
    const { pids, memoryMb } = familyOf(pid);
    const { memoryMb: most, processes } = this.#limits;
    if (pids.length > processes)
      this.end(
        new PaddlewireError('agent-processes', `The agent is ${pids.length} processes; ${processes} are allowed.`),
      );
    else if (memoryMb > most)
      this.end(new PaddlewireError('agent-memory', `The agent uses ${Math.round(memoryMb)} MB; ${most} are allowed.`));
  }

  #beNice(): void {
    try {
      if (this.#child.pid !== undefined) setPriority(this.#child.pid, NICENESS);
    } catch {
      // It has ended already.
    }
  }
}

const passedOn = (env: GuardedParts['env']): Record<string, string> =>
  Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
