/**
 * Passwords: scrypt (RFC 7914) with its parameters in the text that is kept, so that they can grow. It runs in Node's
 * pool of threads, one after another: a flood of logins takes one thread, never the tick's.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { PaddlewireError } from '../../shared/errors.ts';

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 16 MiB for each, which a Raspberry Pi has; p makes up for it (OWASP Password Storage Cheat Sheet, scrypt). */
const COST: Cost = { N: 16_384, r: 8, p: 5 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const MAX_WAITING = 64;
const FORM = /^scrypt\$(\d{1,9})\$(\d{1,3})\$(\d{1,3})\$([\w-]+)\$([\w-]+)$/;
const LENGTH = { min: 8, max: 128 };

/** @throws PaddlewireError password-invalid */
export function checkPassword(password: string): void {
  if (password.length < LENGTH.min || password.length > LENGTH.max) throw new PaddlewireError('password-invalid');
}

export class Passwords {
  readonly #cost: Cost;
  /** Settles when all that were asked for are made. */
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(cost: Cost = COST) {
    this.#cost = cost;
  }

  /** @throws PaddlewireError tries-exceeded */
  async hash(password: string): Promise<string> {
    const { N, r, p } = this.#cost;
    const salt = randomBytes(SALT_BYTES);
    const hash = await this.#derive(password, salt, this.#cost);
    return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
  }

  /**
   * @param kept what `hash` gave; null or empty: there is no such user, which takes as long to find out
   * @throws PaddlewireError tries-exceeded
   */
  async matches(password: string, kept: string | null): Promise<boolean> {
    const [, N, r, p, salt, hash] = FORM.exec(kept ?? '') ?? [];
    if (salt === undefined || hash === undefined) {
      await this.#derive(password, randomBytes(SALT_BYTES), this.#cost);
      return false;
    }
    const cost = { N: Number(N), r: Number(r), p: Number(p) };
    const wanted = Buffer.from(hash, 'base64url');
    const given = await this.#derive(password, Buffer.from(salt, 'base64url'), cost);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  #derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
    if (this.#waiting >= MAX_WAITING) {
      return Promise.reject(new PaddlewireError('tries-exceeded', 'Too many log in at once.'));
    }
    this.#waiting++;
    const made = this.#last.then(() => derive(password, salt, cost)).finally(() => this.#waiting--);
    this.#last = made.catch(() => {});
    return made;
  }
}

function derive(password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  const maxmem = 256 * N * r;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { N, r, p, maxmem }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
