/** What the kit does with a hub, step by step, as several devices. It only provokes and writes down. */
import { encodeShortInput } from '../../../shared/contract/codec.ts';
import { WANTS, type MessageOf } from '../../../shared/contract/messages.ts';
import { topics } from '../../../shared/contract/topics.ts';
import type { Clock } from '../../clock.ts';
import { Transcript } from '../transcript.ts';
import { downOf, Visitor } from './visitor.ts';
import type { HubEntry, HubWire } from './wire.ts';

export interface HubScript {
  readonly wire: HubWire;
  readonly clock: Clock;
  /** Makes the ids of this run its own. */
  readonly tag: string;
  readonly say: (line: string) => void;
}

export type HubTranscript = Transcript<HubEntry> & { readonly tag: string };

/** Between two provocations: a hub answers ten in a second. */
const PACE_MS = 130;
const MATCH_MS = 10_000;
const NO_SEAT = 'The hub gave no seat; try it with an empty room.';

const input = (seq: number, buttons: number): MessageOf<'INPUT'> => ({
  type: 'INPUT',
  seq,
  time: 0,
  buttons,
  axis: null,
});
const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** What is wrong with it is the step's name. */
const BAD: readonly [step: string, bytes: Uint8Array | string][] = [
  ['unknown-type', fromHex('821863646e657773')],
  ['bad-field', '{"type":"INPUT","seq":-1}'],
  ['too-large', JSON.stringify({ type: 'JOIN', room: 'x'.repeat(300), side: '' })],
  ['malformed-cbor', fromHex('850401')],
  ['malformed-json', '{"type":"JOIN",'],
  ['wrong-direction', '{"type":"PING","token":1}'],
];

class Play {
  readonly log: Transcript<HubEntry>;
  readonly #script: HubScript;
  readonly watcher: Visitor;
  readonly a: Visitor;
  readonly b: Visitor;
  readonly c: Visitor;

  constructor(script: HubScript, log: Transcript<HubEntry>) {
    this.#script = script;
    this.log = log;
    this.watcher = this.visitor('watcher');
    this.a = this.visitor('a');
    this.b = this.visitor('b');
    this.c = this.visitor('c');
    this.c.form = 'json';
  }

  visitor(label: string, of: string = label): Visitor {
    return new Visitor(label, `conform-${of}-${this.#script.tag}`, this.log, this.#script.clock);
  }

  async play(): Promise<void> {
    const { say } = this.#script;
    say('Introductions.');
    if (!(await this.#greet())) return;
    say('Seats and inputs.');
    await this.#seats();
    await this.#bad();
    say('PING, records, a match.');
    await this.#calm();
    await this.#match();
    say('Topics, losses and returns.');
    await this.#topics();
    await this.#losses();
    await this.#doors();
  }

  async #greet(): Promise<boolean> {
    const { log, a, c, watcher } = this;
    const { wire } = this.#script;
    log.begin('enter');
    const seen = [topics.presence(a.id), topics.presence(this.b.id), topics.state('+')];
    await watcher.enter(wire, {}, seen);
    if (!(await a.enter(wire))) return false;
    await this.#step('before-hello', async () => {
      a.say({ type: 'JOIN', room: '', side: '' });
      await a.told('ERROR');
    });
    if (log.in('before-hello').some(({ who, kind }) => who === 'a' && kind === 'closed')) {
      log.skip('before-hello', 'The hub had ended the connection.');
      return false;
    }
    await this.#step('version', async () => {
      a.hello({ version: 2 });
      await a.told('ERROR', 'WELCOME');
    });
    await this.#step('other-id', async () => {
      a.hello({ id: 'somebody-else' });
      await a.told('ERROR', 'WELCOME');
    });
    await this.#step('hello', async () => {
      a.hello({ name: 'Conform', wants: WANTS.observations });
      await a.told('WELCOME');
    });
    await this.#step('nameless', async () => {
      await c.enter(wire);
      c.raw('{"type":"HELLO","version":1,"id":""}');
      await c.told('WELCOME');
    });
    return true;
  }

  async #seats(): Promise<void> {
    const { log, a, c } = this;
    await this.#step('no-seat', async () => {
      a.say(input(1, 1));
      await a.told('ERROR');
    });
    await this.#step('room-unknown', async () => {
      a.say({ type: 'JOIN', room: 'no-such-room', side: '' });
      await a.told('ERROR', 'SEAT');
    });
    await this.#step('join', async () => {
      a.say({ type: 'JOIN', room: '', side: '' });
      await a.told('SEAT', 'ERROR');
    });
    const seat = a.seat;
    if (seat === null || seat.side === '') {
      for (const step of ['seat-taken', 'seat-unknown', 'input', 'stale', 'match', 'return', 'leave'])
        log.skip(step, NO_SEAT);
      return;
    }
    await this.#step('seat-taken', async () => {
      c.say({ type: 'JOIN', room: seat.room, side: seat.side });
      await c.told('ERROR', 'SEAT');
    });
    await this.#step('seat-unknown', async () => {
      c.say({ type: 'JOIN', room: seat.room, side: 'nowhere' });
      await c.told('ERROR', 'SEAT');
    });
    await this.#step('input', async () => {
      a.say(input(10, 1));
      a.raw(encodeShortInput(input(11, 0)));
      await log.wait(600);
    });
    await this.#step('stale', async () => {
      a.say(input(10, 1));
      await a.told('ERROR');
    });
  }

  async #bad(): Promise<void> {
    for (const [step, bytes] of BAD)
      await this.#step(step, async () => {
        this.a.raw(bytes);
        await this.a.told('ERROR');
      });
  }

  async #calm(): Promise<void> {
    const { log, a } = this;
    await this.#step('ping', () => log.wait(3000));
    for (const step of ['record', 'record-again'])
      await this.#step(step, async () => {
        a.say({ type: 'RECORD', seq: 1, data: { from: 'conform' } });
        await a.told('ACK');
      });
  }

  async #match(): Promise<void> {
    const { log, a, b } = this;
    if (log.whyNot('match') === NO_SEAT) return;
    await b.enter(this.#script.wire);
    await this.#step('match', async () => {
      b.hello();
      await b.told('WELCOME');
      b.say({ type: 'JOIN', room: a.seat?.room ?? '', side: '' });
      await b.told('SEAT', 'ERROR');
      await log.next(playing, MATCH_MS);
      log.begin('play');
      await log.wait(2500);
    });
  }

  async #topics(): Promise<void> {
    const { log, a, b } = this;
    const { wire } = this.#script;
    await this.#step('retained', async () => {
      const later = this.visitor('later');
      await later.enter(wire, {}, [topics.presence(a.id), topics.scoreboard(a.seat?.room || 'main'), topics.health]);
      await log.wait(1500);
      await later.end();
    });
    await this.#step('foreign-listen', () => b.subscribe(topics.down(a.id)));
    await this.#step('foreign-publish', async () => {
      const d = this.visitor('d');
      await d.enter(wire);
      d.raw('{"type":"LEAVE"}', topics.up(a.id));
      await log.next(({ who, kind }) => who === 'd' && kind === 'closed', 2000);
    });
  }

  async #losses(): Promise<void> {
    const { log, a } = this;
    const { wire } = this.#script;
    await this.#step('cut', async () => {
      a.cut();
      await log.wait(1500);
    });
    const back = this.visitor('back', 'a');
    await this.#step('return', async () => {
      await back.enter(wire);
      back.hello();
      await back.told('SEAT');
    });
    const twin = this.visitor('twin', 'a');
    await this.#step('twin', async () => {
      await twin.enter(wire);
      twin.hello();
      await twin.told('WELCOME');
      await log.wait(300);
    });
    await this.#step('flood', async () => {
      for (let count = 0; count < 60; count++) twin.raw('{"type":"NEWS"}');
      await log.wait(900);
    });
    await this.#step('calm-again', () => log.wait(1200));
    await this.#step('leave', async () => {
      twin.say({ type: 'LEAVE' });
      await twin.told('SEAT');
    });
    await this.#step('goodbye', async () => {
      await this.b.end();
      await log.wait(800);
    });
  }

  async #doors(): Promise<void> {
    const { wire, tag } = this.#script;
    await this.#step('bad-id', async () => {
      const stranger = this.visitor('stranger');
      await stranger.enter(wire, { id: `no/id ${tag}` }, []);
    });
    await this.#step('no-keepalive', async () => {
      const sleeper = this.visitor('sleeper');
      await sleeper.enter(wire, { keepaliveS: 0 }, []);
    });
  }

  async #step(name: string, run: () => Promise<void>): Promise<void> {
    this.log.begin(name);
    await run();
    await this.log.wait(PACE_MS);
  }
}

const playing = (entry: HubEntry): boolean => entry.who === 'a' && downOf(entry)?.type === 'OBSERVE';

/** Plays it all. @returns what was seen */
export async function playHub(script: HubScript): Promise<HubTranscript> {
  const log = new Transcript<HubEntry>(script.clock);
  try {
    await new Play(script, log).play();
  } finally {
    await script.wire.close();
  }
  return Object.assign(log, { tag: script.tag });
}
