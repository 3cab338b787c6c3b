/** The committed firmware in an emulated Uno, in virtual time, with a host that speaks the contract to it. */
import { readFileSync } from 'node:fs';
import { HostEnd } from '../../../hardware/emulator/host-end.ts';
import { EmulatedUno, F_CPU } from '../../../hardware/emulator/uno.ts';
import { decode, encode, type Decoded } from '../../../shared/contract/codec.ts';
import type { DownMessage, Message, MessageName, MessageOf } from '../../../shared/contract/messages.ts';
import type { ShortInput } from '../../../shared/contract/short-input.ts';
import { packageUrl } from '../../../shared/package-files.ts';
import { encodeFrame, FrameDecoder } from '../../../shared/serial/frame.ts';

export const HEX = readFileSync(packageUrl('device/firmware/uno/paddle-uno.hex'), 'utf8');

export const UP_PIN = 2;
export const DOWN_PIN = 3;
export const SPEAKER_PIN = 11;
export const LIGHT_PIN = 13;

export const cyclesOf = (ms: number): number => Math.round((ms * F_CPU) / 1000);
export const msOf = (cycles: number): number => (cycles * 1000) / F_CPU;

/** A message, or an input in its short form, and the cycle at which the last byte of its frame was over. */
export interface Heard {
  readonly cycle: number;
  readonly decoded: Decoded;
}

export class PaddleBench {
  readonly uno: EmulatedUno;
  /** The host's port. */
  readonly port: HostEnd;
  readonly heard: Heard[] = [];
  /** Short inputs heard so far, with the cycle of their last byte. */
  readonly inputs: { readonly input: ShortInput; readonly cycle: number }[] = [];
  readonly #decoder = new FrameDecoder();
  readonly #byType = new Map<string, Message[]>();

  constructor(eeprom?: Uint8Array) {
    this.uno = new EmulatedUno(eeprom ? { eeprom } : {});
    this.port = new HostEnd(this.uno);
    this.port.onByte((byte, cycle) => {
      this.#decoder.push(Uint8Array.of(byte), (payload) => this.#hear(decode(payload), cycle));
    });
    this.uno.load(HEX);
  }

  #hear(decoded: Decoded, cycle: number): void {
    this.heard.push({ cycle, decoded });
    if (decoded.short) this.inputs.push({ input: decoded.short, cycle });
    else this.#list(decoded.message.type).push(decoded.message);
  }

  #list(type: string): Message[] {
    const list = this.#byType.get(type) ?? [];
    this.#byType.set(type, list);
    return list;
  }

  /** Frames the board sent that did not arrive: there must be none. */
  get lost(): number {
    const { tooLong, tooShort, badStuffing, badCrc } = this.#decoder.counters;
    return tooLong + tooShort + badStuffing + badCrc;
  }

  get now(): number {
    return this.uno.cycle;
  }

  runMs(ms: number): void {
    this.uno.run(this.uno.cycle + cyclesOf(ms));
  }

  send(message: DownMessage): void {
    this.port.write(encodeFrame(encode(message)));
  }

  /** Messages of a type heard so far. */
  all<N extends MessageName>(type: N): readonly MessageOf<N>[] {
    return this.#list(type) as MessageOf<N>[];
  }

  /** Runs until a message of this type comes. @throws Error if it does not within `limitMs` */
  await<N extends MessageName>(type: N, limitMs: number): MessageOf<N> {
    const before = this.all(type).length;
    const limit = this.now + cyclesOf(limitMs);
    while (this.now < limit) {
      this.runMs(0.1);
      const message = this.all(type)[before];
      if (message !== undefined) return message;
    }
    throw new Error(`no ${type} within ${limitMs} ms`);
  }

  /** Answers the paddle's HELLO and JOIN, so that it sits on the left. */
  seat(): void {
    this.await('HELLO', 5000);
    this.welcome();
    this.await('JOIN', 20);
    this.send({ type: 'SEAT', room: 'main', side: 'left', index: 0 });
    this.runMs(10);
  }

  welcome(id = 'uno-7f3a2c91'): void {
    this.send({ type: 'WELCOME', version: 1, id, name: 'Amber Otter', lifetimePoints: 0, lifetimeWins: 0 });
  }

  /** Lets time pass with a PING every half second, as a hub does. */
  runPinged(ms: number): void {
    for (let left = ms; left > 0; left -= 500) {
      this.send({ type: 'PING', token: Math.round(left) });
      this.runMs(Math.min(left, 500));
    }
  }

  /** Takes both ends of the line to another rate, as a hub does (docs/serial.md). @throws Error if it does not work */
  goTo(baud: number): void {
    this.send({ type: 'BAUD', baud });
    this.runMs(2 + 20);
    this.port.baud = baud;
    this.send({ type: 'PING', token: baud });
    this.await('PONG', 300);
  }

  /** How the light was over the next `ms`, one sample each `stepMs`; the hub pings each half second, if `pinged`. */
  watchLight(ms: number, stepMs: number, pinged = false): boolean[] {
    return Array.from({ length: Math.round(ms / stepMs) }, (_, index) => {
      if (pinged && (index * stepMs) % 500 < stepMs) this.send({ type: 'PING', token: index });
      this.runMs(stepMs);
      return this.uno.pin(LIGHT_PIN);
    });
  }
}
