/** One board in the rig's worker: an EmulatedUno kept at wall time, its serial port, its light and its piezo. */
import { nextUint32, seedPrng, type PrngState } from '../../../shared/sim/prng.ts';
import { pressWithBounce, releaseWithBounce } from '../contact-bounce.ts';
import { F_CPU } from '../registers.ts';
import { ToneMeter } from '../tone-meter.ts';
import { EmulatedUno } from '../uno.ts';
import { Governor } from './governor.ts';
import { LineNoise } from './line-noise.ts';
import { PortEnd, type Heard } from './port-end.ts';
import type { BoardSetup, BoardStats, Bounce, PinChange, PinState, PressRecord } from './protocol.ts';

/** Bytes that may wait on the line to the board before the rig stops reading the port. */
const LINE_LIMIT = 512;
/** How long a byte or a press calls for short turns: it is answered, or followed by the next, within that time. */
const LIVELY_NS = 2e6;
const PRESS_LOG_LIMIT = 4096;
/** Tones closer than this are one and the same. */
const SAME_TONE = 0.02;

export class LiveBoard {
  readonly noise: LineNoise;

  readonly #uno: EmulatedUno;
  readonly #governor: Governor;
  readonly #wiring: BoardSetup['wiring'];
  readonly #resetOnOpen: boolean;
  readonly #bootNs: number;
  readonly #meter: ToneMeter;
  readonly #outbox: number[] = [];
  /** The rate of what is in the outbox. */
  #outboxBaud = 0;
  readonly #presses: PressRecord[] = [];
  /** Totals of the ports that were unplugged. */
  readonly #past = { opens: 0, bytesIn: 0, bytesOut: 0, bytesDropped: 0 };
  #port: PortEnd | null;
  #frozen = false;
  /** Until when the board is held in reset. */
  #heldUntilNs = 0;
  #livelyUntilNs = 0;
  #prng: PrngState;
  #reported: PinState = { light: false, tone: 0 };

  constructor(setup: BoardSetup, nowNs: number) {
    this.#uno = new EmulatedUno(setup.eeprom ? { eeprom: setup.eeprom } : {});
    this.#wiring = setup.wiring;
    this.#resetOnOpen = setup.resetOnOpen;
    this.#bootNs = setup.bootMs * 1e6;
    this.#port = new PortEnd(setup.master);
    this.#prng = seedPrng(setup.seed);
    this.noise = new LineNoise(setup.seed);
    // A light and a piezo pull their pins down where the board does not drive them.
    for (const pin of [setup.wiring.light, setup.wiring.tone]) this.#uno.setPin(pin, false);
    this.#uno.onTx((byte, _cycle, baud) => {
      this.#outbox.push(byte);
      this.#outboxBaud = baud;
    });
    this.#meter = new ToneMeter(this.#uno, setup.wiring.tone);
    if (setup.bootloader !== null) this.#uno.load(setup.bootloader, { bootloader: true });
    this.#uno.load(setup.hex);
    this.#governor = new Governor(nowNs, this.#uno.cycle);
  }

  get eeprom(): Uint8Array {
    return this.#uno.eeprom;
  }

  /**
   * Serves the port and runs the board up to now.
   * @param clock tells the wall time in ns; looked at after the port was read, so that what came is heard no earlier than
   * it was said, however late the board was
   * @returns that time: the board is there now
   */
  turn(clock: () => number): number {
    const port = this.#port;
    const heard = port && this.#uno.pendingBytes <= LINE_LIMIT ? port.poll() : null;
    const nowNs = clock();
    if (!port) return nowNs;
    if (!this.#stands(nowNs)) {
      this.#uno.run(this.#governor.target(nowNs, this.#uno.cycle));
      this.#flush(port, nowNs);
    }
    if (heard) this.#hear(heard, nowNs);
    return nowNs;
  }

  /** Whether something is going on that the next turn should not wait for. */
  isLively(nowNs: number): boolean {
    return nowNs < this.#livelyUntilNs;
  }

  /** What can be seen and heard now. */
  pins(): PinState {
    const { light } = this.#wiring;
    return { light: this.#uno.isOutput(light) && this.#uno.pin(light), tone: this.#meter.frequency };
  }

  /** @returns light and tone if they are not what was reported last */
  change(wallNs: bigint): PinChange | null {
    const now = this.pins();
    const before = this.#reported;
    if (now.light === before.light && Math.abs(now.tone - before.tone) <= SAME_TONE * before.tone) return null;
    this.#reported = now;
    return { ...now, wallNs, cycle: this.#uno.cycle };
  }

  /** Puts a level on a pin, at the cycle the board is at. @param wallNs the same moment as others know it */
  setPin(pin: number, level: boolean, bounce: Bounce | null, nowNs: number, wallNs: bigint): PressRecord {
    const cycle = this.#uno.cycle;
    const options = bounce ? { ...bounce, atCycle: cycle, random: () => this.#random() } : { atCycle: cycle };
    (level ? releaseWithBounce : pressWithBounce)(this.#uno, pin, options);
    this.#livelyUntilNs = nowNs + LIVELY_NS;
    const record = { pin, level, wallNs, cycle };
    this.#presses.push(record);
    if (this.#presses.length > PRESS_LOG_LIMIT) this.#presses.shift();
    return record;
  }

  setAnalog(channel: number, volts: number): void {
    this.#uno.setAnalog(channel, volts);
  }

  /** Pulls the plug: no port, no power. */
  unplug(): void {
    const port = this.#port;
    if (!port) return;
    port.close();
    this.#past.opens += port.opens;
    this.#past.bytesIn += port.bytesIn;
    this.#past.bytesOut += port.bytesOut;
    this.#past.bytesDropped += port.bytesDropped;
    this.#port = null;
    this.#uno.cutLine();
    // Without power the light is out and the piezo silent.
    this.#uno.reset('power');
  }

  /** Plugs the board in again: it starts from power-on. */
  plug(master: number, nowNs: number): void {
    this.unplug();
    this.#port = new PortEnd(master);
    this.#uno.reset('power');
    this.#governor.restart(nowNs, this.#uno.cycle);
  }

  /** Stops the board where it is, as a hung program would; its port stays. */
  freeze(): void {
    this.#frozen = true;
  }

  thaw(nowNs: number): void {
    if (!this.#frozen) return;
    this.#frozen = false;
    this.#governor.restart(nowNs, this.#uno.cycle);
  }

  /** Presses the board's reset button. */
  reset(): void {
    this.#uno.reset('external');
  }

  stats(): BoardStats {
    const port = this.#port;
    return {
      cycles: this.#uno.cycle,
      slips: this.#governor.slips,
      slippedMs: (this.#governor.slippedCycles / F_CPU) * 1000,
      frozen: this.#frozen,
      plugged: port !== null,
      baud: this.#uno.baud,
      portOpen: port?.isOpen ?? false,
      opens: this.#past.opens + (port?.opens ?? 0),
      bytesToHost: this.#past.bytesOut + (port?.bytesOut ?? 0),
      bytesFromHost: this.#past.bytesIn + (port?.bytesIn ?? 0),
      bytesDropped: this.#past.bytesDropped + (port?.bytesDropped ?? 0),
      bytesCorrupted: this.noise.corrupted,
      counters: this.#uno.counters,
      presses: this.#presses,
    };
  }

  #stands(nowNs: number): boolean {
    return this.#frozen || nowNs < this.#heldUntilNs;
  }

  #hear({ edge, bytes }: Heard, nowNs: number): void {
    if (edge !== null) this.#uno.cutLine();
    if (edge === 'opened' && this.#resetOnOpen) this.#autoReset(nowNs);
    if (bytes.length === 0 || this.#stands(nowNs)) return;
    this.noise.pass(bytes, 'toBoard', this.#uno.baud);
    this.#uno.write(bytes);
    this.#livelyUntilNs = nowNs + LIVELY_NS;
  }

  /** Opening the port of an Uno pulls DTR, and DTR pulls RESET; then its boot loader waits for an upload. */
  #autoReset(nowNs: number): void {
    this.#uno.reset('external');
    this.#heldUntilNs = nowNs + this.#bootNs;
    this.#governor.restart(this.#heldUntilNs, this.#uno.cycle);
  }

  #flush(port: PortEnd, nowNs: number): void {
    if (this.#outbox.length === 0) return;
    this.#livelyUntilNs = nowNs + LIVELY_NS;
    const bytes = Uint8Array.from(this.#outbox);
    this.#outbox.length = 0;
    this.noise.pass(bytes, 'toHost', this.#outboxBaud);
    port.write(bytes);
  }

  #random(): number {
    const [value, next] = nextUint32(this.#prng);
    this.#prng = next;
    return value / 0x1_0000_0000;
  }
}
