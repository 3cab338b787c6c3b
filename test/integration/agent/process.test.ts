/** An agent in a process of its own: both shapes, what is wrong with files, and what it may not do. */
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../device/agent/limits.ts';
import { agentPath, agentProcess, agentWith, updating } from '../../support/agents/agents.ts';
import { eventually } from '../../support/eventually.ts';

const SEEN = { you: 'left', ball: [0, 10], paddles: { left: 5 } };

describe('an agent of the first shape', () => {
  it('is made with its arguments, shown scenes, and reset after the last one', async () => {
    const printed: string[] = [];
    const agent = agentProcess(agentPath('mlplay.ts'), { args: ['a', 'b'], printed: (line) => printed.push(line) });
    await agent.start();
    expect(agent.shape).toBe('scene');
    agent.begin('m-1');
    expect(await agent.step(1, SEEN)).toBe('down');
    expect(await agent.step(2, { ...SEEN, ball: [0, 1] })).toBe('up');
    expect(await agent.ready()).toBe(true);
    await agent.end(false, { result: 'loss', scores: [0, 1], seat: 0 });
    await eventually(() => printed.includes('reset'));
    expect(printed).toEqual(['made with a b', 'reset']);
  });

  it('is reset at once when it asks for it, and says nothing then', async () => {
    const agent = agentProcess(
      agentWith(
        'export class MLPlay { n = 0; update() { return this.n++ === 0 ? "RESET" : this.n; } reset() { this.n = 40; } }',
      ),
    );
    await agent.start();
    expect(await agent.step(1, {})).toBeNull();
    expect(await agent.step(2, {})).toBe(41);
  });

  it('sees frame and status beside what the game tells, and never instead of it', async () => {
    const agent = agentProcess(updating('return [scene.frame, scene.status, scene.seen ?? null];'));
    await agent.start();
    expect(await agent.step(7, { frame: 'own' })).toEqual(['own', 'GAME_ALIVE', null]);
    expect(await agent.step(8, [1, 2])).toEqual([8, 'GAME_ALIVE', [1, 2]]);
  });
});

describe('an agent of the second shape', () => {
  it('hears of start, end, errors and goodbye', async () => {
    const printed: string[] = [];
    const agent = agentProcess(agentPath('stepper.ts'), { printed: (line) => printed.push(line) });
    await agent.start();
    expect(agent.shape).toBe('step');
    agent.begin('m-1');
    expect(await agent.step(1, SEEN)).toEqual({ move: 0 });
    agent.error('no');
    await agent.end(true, { result: 'win', scores: [5, 0], seat: 0 });
    await agent.stop();
    expect(printed).toEqual(['start m-1', 'error no', 'end true win 5:0', 'disconnect']);
  });

  it('may be async, an object, CommonJS, and say that it has had enough', async () => {
    const waiting = agentProcess(
      agentWith(
        'export const Agent = { async getStep() { await null; return 1; }, async isReady() { return false; } };',
      ),
    );
    await waiting.start();
    expect(await waiting.step(1, 0)).toBe(1);
    expect(await waiting.ready()).toBe(false);
    const old = agentProcess(agentWith('exports.Agent = class { getStep() { return "cjs"; } };', 'old.js'));
    await old.start();
    expect(await old.step(1, 0)).toBe('cjs');
  });
});

describe('TypeScript', () => {
  it('may have types, enums, parameter properties and files of its own', async () => {
    const file = agentWith(
      `import { Way, type Named } from './ways.js';
       export class MLPlay implements Named {
         constructor(readonly name: string = 'x') {}
         update(): Way { return Way.Up; }
       }`,
      'agent.ts',
    );
    writeFileSync(
      join(dirname(file), 'ways.ts'),
      `export enum Way { Up = 'up' } export interface Named { name: string }`,
    );
    const agent = agentProcess(file);
    await agent.start();
    expect(await agent.step(1, {})).toBe('up');
  });

  it('has the line of an error in the file as it is', async () => {
    const agent = agentProcess(
      agentWith(
        'interface Seen {\n  n: number;\n}\nexport class MLPlay {\n  update(s: Seen): number {\n    throw new Error("line 6");\n  }\n}',
        'agent.ts',
      ),
    );
    await agent.start();
    await expect(agent.step(1, {})).rejects.toMatchObject({ code: 'agent-threw' });
    expect(agent.lastLines.join('\n')).toMatch(/agent\.ts:6:/);
  });
});

describe('a file that is no agent is refused with', () => {
  it.each([
    ['agent-syntax', 'agent.ts', 'export class MLPlay {\n  update(scene: { { return 1; }\n}', /agent\.ts:2/],
    ['agent-syntax', 'agent.mjs', 'export class MLPlay {\n  update() {\n', /agent\.mjs:\d/],
    [
      'agent-syntax',
      'agent.mjs',
      'import "nowhere-to-be-found"; export class MLPlay { update() {} }',
      /nowhere-to-be-found/,
    ],
    ['agent-syntax', 'agent.mjs', 'throw new Error("at the top"); export class MLPlay {}', /at the top.*agent\.mjs:1/],
    [
      'agent-missing',
      'agent.ts',
      'import { a } from "./other.ts"; export class MLPlay { update() { return a; } }',
      /other\.ts/,
    ],
    ['agent-shape', 'agent.js', 'export const answer = 42;', /MLPlay/],
    ['agent-shape', 'agent.mjs', 'export class MLPlay { play() {} }', /neither update nor getStep/],
    ['agent-threw', 'agent.mjs', 'export class MLPlay { constructor() { throw new Error("no"); } update() {} }', /no/],
    ['agent-crashed', 'agent.mjs', 'process.exit(3); export class MLPlay {}', /code 3/],
  ])('%s: %s %s', async (code, name, text, says) => {
    const agent = agentProcess(agentWith(text, name));
    await expect(agent.start()).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
  });

  it('agent-missing', async () => {
    await expect(agentProcess('/nowhere/agent.ts').start()).rejects.toMatchObject({ code: 'agent-missing' });
  });

  it('agent-hung, if it takes for ever', async () => {
    const agent = agentProcess(agentWith('for (;;);'), { limits: { ...LIMITS, loadMs: 500 } });
    await expect(agent.start()).rejects.toMatchObject({ code: 'agent-hung' });
  });
});

describe('an action', () => {
  it.each([
    ['command-invalid', 'NaN'],
    ['command-invalid', '[1, Infinity]'],
    ['command-invalid', '{ move: () => 1 }'],
    ['command-invalid', '10n'],
    ['message-too-large', "'x'.repeat(1e6)"],
  ])('is refused with %s: %s; and the agent goes on', async (code, action) => {
    const agent = agentProcess(updating(`return scene.frame === 1 ? ${action} : 'up';`));
    await agent.start();
    await expect(agent.step(1, {})).rejects.toMatchObject({ code });
    expect(await agent.step(2, {})).toBe('up');
    expect(agent.failure).toBeNull();
  });
});

describe('an agent is ended, with all that it started, when it', () => {
  it('keeps too much in its heap', async () => {
    const agent = agentProcess(updating('for (;;) kept.push(new Array(1e5).fill(7));', 'const kept = [];'));
    await agent.start();
    await expect(agent.step(1, {})).rejects.toMatchObject({ code: 'agent-memory' });
  });

  it('keeps too much outside of it', async () => {
    const agent = agentProcess(
      updating('return new Promise(() => setInterval(() => kept.push(Buffer.alloc(4e6, 1)), 1));', 'const kept = [];'),
    );
    await agent.start();
    await expect(agent.step(1, {})).rejects.toMatchObject({ code: 'agent-memory' });
  });

  it('writes where it has no business, and says so', async () => {
    const out = join(dirname(agentWith('')), 'out.txt');
    const agent = agentProcess(
      updating(
        `require('fs').writeFileSync('${out}', 'x');`,
        "import { createRequire } from 'node:module'; const require = createRequire('/');",
      ),
    );
    await agent.start();
    await expect(agent.step(1, {})).rejects.toMatchObject({ code: 'agent-forbidden' });
    expect(existsSync(out)).toBe(false);
  });

  it('wants to start a process', async () => {
    const agent = agentProcess(updating("spawn('sleep', ['1000']);", "import { spawn } from 'node:child_process';"));
    await agent.start();
    await expect(agent.step(1, {})).rejects.toMatchObject({ code: 'agent-forbidden', message: /ChildProcess/ });
  });

  it('says on the pipe what no agent says', async () => {
    const agent = agentProcess(
      updating(
        "new Socket({ fd: 3 }).write('x'.repeat(1e6)); return new Promise(() => {});",
        "import { Socket } from 'node:net';",
      ),
    );
    await agent.start();
    await expect(agent.step(1, {})).rejects.toMatchObject({ code: expect.stringMatching(/^agent-(malformed|threw)$/) });
  });

  it('is told to fail while it hangs', async () => {
    const agent = agentProcess(updating('for (;;);'));
    await agent.start();
    const step = agent.step(1, {});
    const { PaddlewireError } = await import('../../../shared/errors.ts');
    agent.fail(new PaddlewireError('agent-hung'));
    await expect(step).rejects.toMatchObject({ code: 'agent-hung' });
    await expect(agent.step(2, {})).rejects.toMatchObject({ code: 'agent-hung' });
  });
});

describe('what an agent prints', () => {
  it('is read slowly if it is much, and its last lines are kept', async () => {
    const agent = agentProcess(
      updating("for (let i = 0; i < 300; i++) console.log(`${i} ${'x'.repeat(500)}`); return 'up';"),
    );
    await agent.start();
    expect(await agent.step(1, {})).toBe('up');
    await eventually(() => agent.lastLines.at(-1)?.startsWith('299 '));
    expect(agent.lastLines).toHaveLength(20);
    expect(Math.max(...agent.lastLines.map((line) => line.length))).toBeLessThanOrEqual(300);
  });

  it('cannot command a terminal', async () => {
    const agent = agentProcess(updating("console.log('\\u001b[2Jhidden'); return 'up';"));
    await agent.start();
    await agent.step(1, {});
    await eventually(() => agent.lastLines.includes('[2Jhidden'));
  });

  it('does not hold secrets of who started it', async () => {
    const agent = agentProcess(updating('return Object.keys(process.env);'), {
      env: { ...process.env, PADDLEWIRE_ACCESS_SECRET: '1234' },
    });
    await agent.start();
    expect(await agent.step(1, {})).not.toContain('PADDLEWIRE_ACCESS_SECRET');
  });
});
