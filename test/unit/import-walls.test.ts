/** Holds the walls between the parts (docs/architecture.md): reads every import, and every use of `process`, and judges it. */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { packageUrl } from '../../shared/package-files.ts';

type Kind = 'types' | 'values';

/** Something a file takes from elsewhere: from another file (`path`) or from a package. */
interface Use {
  readonly file: string;
  readonly line: number;
  readonly kind: Kind;
  readonly path: string | null;
  readonly name: string;
}

/** Tools of the hub that stand beside its parts; each is one file and imports no part. */
const HUB_TOOLS = new Set<string | null>([
  'hub/clock.ts',
  'hub/listen.ts',
  'hub/log.ts',
  'hub/quantiles.ts',
  'hub/turns.ts',
  'hub/version.ts',
  'hub/worker-channel.ts',
]);

/**
 * What a part of the hub may take from another part. `types` leaves nothing behind when it is compiled: the part knows
 * what the other can do and is handed one. Only hub.ts and the commands build parts; the exceptions say why.
 */
const DOORS: readonly { readonly part: string; readonly takes: string; readonly as: Kind; readonly why: string }[] = [
  { part: 'api', takes: 'http/routes.ts', as: 'types', why: 'makes the routes of the server' },
  { part: 'api', takes: 'links/link.ts', as: 'types', why: 'sends to devices' },
  { part: 'api', takes: 'links/bot/bots.ts', as: 'types', why: 'brings bots in and out' },
  { part: 'api', takes: 'lobby/hand.ts', as: 'types', why: 'does what the teacher wants of a device' },
  { part: 'api', takes: 'rooms/rooms.ts', as: 'values', why: 'opens as many rooms as there may be' },
  { part: 'api', takes: 'journal/journals.ts', as: 'types', why: 'hands out journals' },
  { part: 'api', takes: 'store/store.ts', as: 'types', why: 'asks the store it is given' },
  { part: 'api', takes: 'store/kept.ts', as: 'types', why: 'keeps what the teacher has set' },
  { part: 'api', takes: 'lobby/lobby.ts', as: 'types', why: 'does what the teacher wants of a device' },
  { part: 'api', takes: 'rooms/room.ts', as: 'types', why: 'does what the teacher wants of a room' },
  { part: 'api', takes: 'health/health.ts', as: 'types', why: 'tells how the hub is' },
  { part: 'api', takes: 'health/metrics.ts', as: 'values', why: 'tells it to Prometheus too' },
  { part: 'api', takes: 'league/league.ts', as: 'types', why: 'does what users of the league want' },
  { part: 'api', takes: 'league/accounts.ts', as: 'types', why: 'asks who is logged in' },
  { part: 'api', takes: 'league/ladder.ts', as: 'types', why: 'shows the places of the ladder' },
  { part: 'api', takes: 'league/secrets.ts', as: 'values', why: 'makes passwords for who gives none' },
  { part: 'api', takes: 'league/tournaments/rounds.ts', as: 'types', why: 'shows the pairings of a tournament' },
  { part: 'api', takes: 'league/tournaments/tournaments.ts', as: 'types', why: 'shows tournaments' },
  { part: 'api', takes: 'league/tournaments/standings.ts', as: 'values', why: 'shows who stands how' },
  { part: 'api', takes: 'store/league-store.ts', as: 'types', why: 'asks the store it is given' },
  { part: 'league', takes: 'store/league-store.ts', as: 'types', why: 'keeps its books in the store it is given' },
  { part: 'league', takes: 'links/link.ts', as: 'types', why: 'knows a device by the token it came with' },
  { part: 'league', takes: 'links/bot/bots.ts', as: 'types', why: 'brings bots in for who finds nobody' },
  { part: 'league', takes: 'lobby/lobby.ts', as: 'types', why: 'seats those whom it has paired' },
  { part: 'league', takes: 'lobby/session.ts', as: 'types', why: 'pairs the devices that ask for it' },
  { part: 'league', takes: 'rooms/room.ts', as: 'types', why: 'looks whether a match has begun' },
  { part: 'league', takes: 'rooms/rooms.ts', as: 'types', why: 'opens a room for each match' },
  { part: 'league', takes: 'rooms/room-parts.ts', as: 'types', why: 'is told how a match ended' },
  { part: 'health', takes: 'lobby/badge.ts', as: 'types', why: 'shows the badges of devices' },
  { part: 'health', takes: 'lobby/lobby.ts', as: 'types', why: 'asks who is there' },
  { part: 'health', takes: 'lobby/traffic.ts', as: 'types', why: 'counts what devices say' },
  { part: 'health', takes: 'journal/journals.ts', as: 'types', why: 'asks how far journals are behind' },
  { part: 'health', takes: 'rooms/rooms.ts', as: 'types', why: 'looks at the ticks of rooms' },
  { part: 'health', takes: 'store/score-buffer.ts', as: 'types', why: 'asks how much is not on disk' },
  { part: 'broker', takes: 'links/link.ts', as: 'types', why: 'hands a device to whoever handles links' },
  { part: 'broker', takes: 'links/mqtt/mqtt-link.ts', as: 'values', why: 'makes the link of a client that speaks up' },
  { part: 'lobby', takes: 'links/link.ts', as: 'types', why: 'is the handler of links' },
  {
    part: 'links',
    takes: 'broker/aedes-internals.ts',
    as: 'values',
    why: 'what the MQTT link sends must stay in order beside what the broker sends',
  },
  { part: 'lobby', takes: 'rooms/room-parts.ts', as: 'types', why: 'hands on what a room tells' },
  { part: 'lobby', takes: 'rooms/room.ts', as: 'types', why: 'seats devices in rooms it is given' },
  { part: 'lobby', takes: 'store/score-buffer.ts', as: 'types', why: 'flushes the buffer it is given' },
  { part: 'lobby', takes: 'store/store.ts', as: 'types', why: 'asks the store it is given' },
  { part: 'journal', takes: 'rooms/match-log.ts', as: 'values', why: 'reads the seats and marks that rooms write' },
  { part: 'journal', takes: 'rooms/room-parts.ts', as: 'types', why: 'makes the saved match that a room goes on with' },
  { part: 'arena', takes: 'broker/broker.ts', as: 'values', why: 'lets programs in that speak MQTT' },
  { part: 'arena', takes: 'broker/access.ts', as: 'values', why: 'lets in only those that it started' },
  { part: 'arena', takes: 'links/link.ts', as: 'types', why: 'is the handler of their links' },
  { part: 'arena', takes: 'rooms/invalid-policy.ts', as: 'types', why: 'treats bad commands as rooms do' },
  { part: 'arena', takes: 'rooms/match-log.ts', as: 'values', why: 'marks points in its journals as rooms do' },
  { part: 'rooms', takes: 'store/store.ts', as: 'types', why: 'writes rows of matches and points' },
  { part: 'conform', takes: 'links/serial/line.ts', as: 'types', why: 'tests the board on a port that it is given' },
  {
    part: 'conform',
    takes: 'broker/aedes-internals.ts',
    as: 'values',
    why: 'what its small broker sends must stay in order as the hub’s does',
  },
  { part: 'config', takes: 'broker/access.ts', as: 'values', why: 'the choices of access.mode are listed there' },
  {
    part: 'config',
    takes: 'rooms/invalid-policy.ts',
    as: 'values',
    why: 'the choices of rooms.invalid are listed there',
  },
  { part: 'config', takes: 'rooms/lost-policy.ts', as: 'values', why: 'the choices of rooms.lost are listed there' },
];

/** The rule that a use breaks, or null. */
function brokenRule(use: Use): string | null {
  const { file, path } = use;
  const [top = '', part = ''] = file.split('/');
  const into = (...folders: string[]): boolean => folders.some((folder) => path?.startsWith(`${folder}/`) === true);
  if (into('test')) return 'nobody imports test';
  if (top === 'shared') {
    if (path !== null) return into('shared') ? null : 'shared imports only itself';
    const codec = file === 'shared/contract/codec.ts' && use.name === 'cbor-x';
    return codec ? null : 'shared imports no package and nothing of Node; only the codec takes cbor-x';
  }
  if (file.startsWith('hub/dashboard/')) {
    if (path === null) return isBuiltin(use.name) ? 'the dashboard runs in a browser: nothing of Node' : null;
    return into('shared', 'hub/dashboard') ? null : 'the dashboard imports only shared, never the rest of the hub';
  }
  if (path === null || into('shared')) return null;
  if (top === 'device' || top === 'hardware') return into(top) ? null : `${top} imports only shared`;
  if (top === 'docs') return into('docs', 'hub', 'hardware') ? null : 'docs import only hub, hardware and shared';
  if (top === 'hub') return brokenHubRule(use, part, path, into);
  return /^[^/]+\.config\.ts$/.test(file) ? 'a tool’s configuration imports only packages' : 'the file is in no part';
}

function brokenHubRule(use: Use, part: string, path: string, into: (...folders: string[]) => boolean): string | null {
  if (use.file === 'hub/main.ts') return path === 'hub/cli/run.ts' ? null : 'main.ts imports only the command line';
  if (into('hub/dashboard')) return 'the hub imports nothing of the dashboard: it serves its files';
  if (path === 'hub/main.ts') return 'nobody imports a main.ts';
  if (part === 'cli') return into('hub', 'device', 'hardware') ? null : 'hub/cli imports hub, device, hardware, shared';
  if (into('hub/cli')) return 'only main.ts imports hub/cli';
  if (!into('hub')) return 'in the hub only hub/cli imports device and hardware';
  if (use.file === 'hub/hub.ts') return null;
  if (path === 'hub/hub.ts') return 'only hub/cli imports hub.ts';
  if (HUB_TOOLS.has(use.file)) return HUB_TOOLS.has(path) ? null : 'a tool of the hub imports no part';
  if (into(`hub/${part}`) || HUB_TOOLS.has(path)) return null;
  const door = DOORS.find((known) => known.part === part && `hub/${known.takes}` === path);
  if (door === undefined) return `${part} has no door to ${path.slice(4)} (DOORS in this test)`;
  return door.as === 'types' && use.kind === 'values' ? `${part} takes only types from ${door.takes}` : null;
}

/** Of `process`: what belongs to the whole process, and so to its main.ts alone. */
const PROCESS_WIDE = /^(abort|argv|chdir|disconnect|env|exit|exitCode|kill|on|once|addListener|send|std(in|out|err))$/;
const CLOCK_AND_LUCK = /^(Math\.random|Date\.now|performance\.now|crypto\.getRandomValues)$/;

interface Found {
  readonly uses: Use[];
  /** `file:line what` of each member of `process` that is process-wide, and of each clock and die. */
  readonly processWide: string[];
  readonly luck: string[];
}

type Node = { readonly type: string; readonly start: number } & Readonly<Record<string, unknown>>;

function read(file: string, text: string): Found {
  const found: Found = { uses: [], processWide: [], luck: [] };
  const line = (node: Node): number => text.slice(0, node.start).split('\n').length;
  const take = (node: Node, source: unknown, kind: Kind): void => {
    const { value } = (source ?? {}) as { value?: unknown };
    if (typeof value !== 'string') return;
    const path = value.startsWith('.') ? join(dirname(file), value) : null;
    if (/^(node:)?process$/.test(value)) found.processWide.push(`${file}:${line(node)} ${value}`);
    found.uses.push({ file, line: line(node), kind, path, name: value });
  };
  const visit = (node: Node): void => {
    const name = memberName(node);
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        take(node, node['source'], kindOf(node));
        break;
      case 'ImportExpression':
      case 'TSImportType':
        take(node, node['source'], node.type === 'TSImportType' ? 'types' : 'values');
        break;
      case 'CallExpression': {
        const callee = node['callee'] as Node;
        // A worker or a process of its own is named by its compiled file.
        if (callee['name'] === 'compiledUrl') takeCompiled(node);
        if (callee['name'] === 'require') take(node, (node['arguments'] as unknown[])[0], 'values');
        break;
      }
      case 'VariableDeclarator':
        if ((node['init'] as Node | null)?.['name'] === 'process')
          found.processWide.push(`${file}:${line(node)} process itself`);
        break;
      case 'MemberExpression':
        if (name?.startsWith('process.') && PROCESS_WIDE.test(name.slice(8)))
          found.processWide.push(`${file}:${line(node)} ${name}`);
        if (name !== null && CLOCK_AND_LUCK.test(name)) found.luck.push(`${file}:${line(node)} ${name}`);
        break;
    }
    for (const child of Object.values(node)) visitAll(child);
  };
  const takeCompiled = (node: Node): void => {
    const { value } = ((node['arguments'] as unknown[])[0] ?? {}) as { value?: unknown };
    if (typeof value !== 'string' || !value.endsWith('.js')) return;
    found.uses.push({ file, line: line(node), kind: 'values', path: value.replace(/js$/, 'ts'), name: value });
  };
  const visitAll = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visitAll);
    else if (typeof value === 'object' && value !== null && 'type' in value) visit(value as Node);
  };
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  visitAll(program);
  return found;
}

/** `object.property` of a plain member expression. */
function memberName({ type, object, property }: Node): string | null {
  if (type !== 'MemberExpression') return null;
  const [left, right] = [object as Node, property as Node];
  const global = memberName(left)?.replace(/^globalThis\./, '') ?? left['name'];
  return typeof global === 'string' ? `${global}.${String(right['name'] ?? right['value'])}` : null;
}

/** An import of types alone, in either spelling. */
function kindOf(node: Node): Kind {
  if (node['importKind'] === 'type' || node['exportKind'] === 'type') return 'types';
  const specifiers = (node['specifiers'] as Node[] | undefined) ?? [];
  const isType = (one: Node): boolean => one['importKind'] === 'type' || one['exportKind'] === 'type';
  return specifiers.length > 0 && specifiers.every(isType) ? 'types' : 'values';
}

const root = fileURLToPath(packageUrl('./'));
const OUTSIDE = new Set(['node_modules', 'dist', 'coverage', 'test']);
const sources = readdirSync(root, { withFileTypes: true })
  .filter(({ name }) => !OUTSIDE.has(name) && !name.startsWith('.'))
  .flatMap((entry) =>
    entry.isDirectory()
      ? (readdirSync(join(root, entry.name), { recursive: true }) as string[]).map((file) => join(entry.name, file))
      : [entry.name],
  )
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('/dist/'));
const everything = sources.map((file) => read(file, readFileSync(join(root, file), 'utf8')));
/** Ends what a student's program has started, its own children and theirs: the one reach for another process. */
const ENDS_OTHERS = /^device\/agent\/process\/end-family\.ts:\d+ process\.kill$/;
const isMain = (found: string): boolean => /(^|\/)main\.ts:/.test(found) || ENDS_OTHERS.test(found);

const complain = ({ file, line, name }: Use, rule: string): string => `${file}:${line} imports ${name}: ${rule}`;
const complaints = (uses: readonly Use[]): string[] =>
  uses.flatMap((use) => {
    const rule = brokenRule(use);
    return rule === null ? [] : [complain(use, rule)];
  });

describe('the walls between the parts', () => {
  it('hold in every file', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(complaints(everything.flatMap(({ uses }) => uses))).toEqual([]);
  });

  it('have no door that nobody goes through', () => {
    const used = new Set(everything.flatMap(({ uses }) => uses.map(({ file, path }) => `${dirname(file)} ${path}`)));
    const through = (part: string, takes: string): boolean =>
      [...used].some((use) => use.startsWith(`hub/${part}`) && use.endsWith(` hub/${takes}`));
    expect(DOORS.filter(({ part, takes }) => !through(part, takes))).toEqual([]);
  });

  it('argv, env, exit, signals and streams of the process are touched in files named main.ts alone', () => {
    expect(everything.flatMap(({ processWide }) => processWide).filter((found) => !isMain(found))).toEqual([]);
  });

  it('shared knows no clock and no luck', () => {
    expect(everything.flatMap(({ luck }) => luck).filter((found) => found.startsWith('shared/'))).toEqual([]);
  });
});

describe('this test', () => {
  it.each([
    ['shared/sim/a.ts', "import { readFileSync } from 'node:fs';"],
    ['shared/sim/a.ts', "export * from '../../device/client/x.ts';"],
    ['shared/contract/fields.ts', "import { Encoder } from 'cbor-x';"],
    ['hardware/emulator/a.ts', "import type { Hub } from '../../hub/hub.ts';"],
    ['device/client/a.ts', "const rig = await import('../../hardware/emulator/rig.ts');"],
    ['device/client/a.ts', "let x: import('../../hub/clock.ts').Clock;"],
    ['hub/dashboard/a.tsx', "import { Room } from '../rooms/room.ts'; export const A = () => <p />;"],
    ['hub/dashboard/a.ts', "import { readFileSync } from 'fs';"],
    ['hub/rooms/a.ts', "import { MqttDevice } from '../../device/client/mqtt-device.ts';"],
    ['hub/rooms/a.ts', "import { Broker } from '../broker/broker.ts';"],
    ['hub/lobby/a.ts', "import { type Seat, Room } from '../rooms/room.ts';"],
    ['hub/store/a.ts', "new Worker(compiledUrl('hub/rooms/room.js'));"],
    ['hub/clock.ts', "import { Room } from './rooms/room.ts';"],
    ['hub/http/a.ts', "import { Hub } from '../hub.ts';"],
    ['hub/lobby/a.ts', "import { run } from '../cli/run.ts';"],
    ['hub/cli/a.ts', "import { eventually } from '../../test/support/eventually.ts';"],
    ['league/a.ts', "import { Hub } from '../hub/hub.ts';"],
  ])('refuses in %s: %s', (file, text) => {
    expect(complaints(read(file, `\n${text}`).uses)).toEqual([expect.stringMatching(`^${file}:2 imports .+: .+`)]);
  });

  it.each([
    ['shared/contract/codec.ts', "import { Encoder } from 'cbor-x';"],
    ['hub/lobby/a.ts', "import { type Room } from '../rooms/room.ts';"],
    [
      'hub/rooms/a.ts',
      "// import { Broker } from '../broker/broker.ts';\nimport { Quantiles } from '../quantiles.ts';",
    ],
    ['hub/cli/demo/a.ts', "import { RealTimeRig } from '../../../hardware/emulator/rig.ts';"],
  ])('lets pass in %s: %s', (file, text) => {
    expect(complaints(read(file, text).uses)).toEqual([]);
  });

  it('sees what is process-wide, and what is chance', () => {
    const { processWide, luck } = read('a.ts', "process.env['A']; globalThis.process['exit'](); Math.random();");
    expect(processWide).toEqual(['a.ts:1 process.env', 'a.ts:1 process.exit']);
    const around = read('a.ts', "import { env } from 'node:process';\nconst { argv } = process;");
    expect(around.processWide).toEqual(['a.ts:1 node:process', 'a.ts:2 process itself']);
    expect(luck).toEqual(['a.ts:1 Math.random']);
  });
});
