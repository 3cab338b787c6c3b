/** What USB tells of a port, and what can be made of it: an identity for a board that has none of its own. */
import { realpathSync } from 'node:fs';
import { SerialPort } from 'serialport';

/** Texts as USB has them, ids as four hexadecimal digits; null where it does not say. */
export interface UsbInfo {
  readonly vendorId: string | null;
  readonly productId: string | null;
  readonly serialNumber: string | null;
  readonly manufacturer: string | null;
}

/** What serialport's list has of a port. */
export type ListedPort = { readonly path: string } & { readonly [K in keyof UsbInfo]?: string | undefined };
/** Lists all ports of this computer. It rejects where it cannot. */
export type ListPorts = () => Promise<readonly ListedPort[]>;

export class UsbPorts {
  readonly #list: ListPorts;
  #known = new Map<string, UsbInfo>();
  #reading: Promise<void> | null = null;
  #queued: Promise<void> | null = null;
  #able = true;

  constructor(list: ListPorts = () => SerialPort.list()) {
    this.#list = list;
  }

  /** Reads the list as it is from now on. Without udev there is none: it is not asked for again, and paths have to do. */
  refresh(): Promise<void> {
    if (!this.#able) return Promise.resolve();
    if (this.#reading === null) return this.#begin();
    // A reading that is under way may have passed a port that came since: one more serves all who wait.
    this.#queued ??= this.#reading.then(() => {
      this.#queued = null;
      return this.#begin();
    });
    return this.#queued;
  }

  /** What was read last of the port. */
  of(path: string): UsbInfo | null {
    return this.#known.get(path) ?? this.#known.get(realPath(path)) ?? null;
  }

  /** What stays the same wherever the board is plugged in, if USB has it and no other board has the same; else the path. */
  identity(path: string): string {
    const key = keyOf(this.of(path));
    if (key === null) return path;
    const owners = [...this.#known.values()].filter((info) => keyOf(info) === key);
    return owners.length === 1 ? key : path;
  }

  #begin(): Promise<void> {
    this.#reading = this.#read().finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #read(): Promise<void> {
    try {
      const ports = await this.#list();
      this.#known = new Map(ports.map((port) => [port.path, usbInfo(port)]));
    } catch (error) {
      this.#able = !/ENOENT/.test((error as Error).message);
    }
  }
}

const usbInfo = ({ vendorId, productId, serialNumber, manufacturer }: ListedPort): UsbInfo => ({
  vendorId: vendorId ?? null,
  productId: productId ?? null,
  serialNumber: serialNumber ?? null,
  manufacturer: manufacturer ?? null,
});

function keyOf(info: UsbInfo | null): string | null {
  const { vendorId, productId, serialNumber } = info ?? {};
  return serialNumber ? `usb:${vendorId ?? ''}:${productId ?? ''}:${serialNumber}` : null;
}

/** What a link such as those of /dev/serial/by-id stands for. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
