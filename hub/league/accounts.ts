/**
 * Users, their tokens, sessions and devices. All of it is in memory, so that who connects is answered at once; what
 * changes is on disk before it counts.
 */
import { ROLES } from '../../shared/contract/league-api.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { LeagueBooks, LeagueStore, Role, TokenRow, UserRow } from '../store/league-store.ts';
import type { Holder } from '../links/link.ts';
import { checkPassword, type Passwords } from './passwords.ts';
import { freshSession, freshToken, hashOf, hintOf, SESSION_PREFIX, TOKEN_PREFIX } from './secrets.ts';

export interface OpenedSession {
  /** Said once; only its hash is kept. */
  readonly session: string;
  readonly expiresAt: number;
}

export interface AccountsParts {
  readonly store: LeagueStore;
  readonly clock: Pick<Clock, 'epoch'>;
  readonly passwords: Passwords;
  /** A token counts no more; null: none of the user does. Connections that were made with it end. */
  revoked(user: number, token: number | null): void;
  /** Something of minor importance could not be kept: that a device is a user's. */
  failed(error: unknown): void;
}

const NAME = /^[A-Za-z0-9_-]{1,32}$/;
const TOKEN_NAME = /^[^\u0000-\u001f\u007f]{1,32}$/;
const SESSION_MS = 7 * 24 * 3_600_000;
const MAX = { users: 5000, tokens: 20, devices: 50, sessions: 20 } as const;
/** The user that is the hub's own players. */
export const HOUSE_BOT = 'paddlewire-bot';

export class Accounts {
  readonly #parts: AccountsParts;
  readonly #passwords: Passwords;
  readonly #users = new Map<number, UserRow>();
  readonly #byName = new Map<string, number>();
  readonly #tokens = new Map<string, TokenRow>();
  readonly #sessions = new Map<string, { readonly user: number; readonly expiresAt: number }>();
  readonly #owners = new Map<string, number>();
  /** Names that are being added, so that two at once cannot be. */
  readonly #adding = new Set<string>();

  constructor(parts: AccountsParts) {
    this.#parts = parts;
    this.#passwords = parts.passwords;
  }

  /** What the store has, and nothing else. */
  load({ users, tokens, sessions, owners }: LeagueBooks): void {
    for (const known of [this.#users, this.#byName, this.#tokens, this.#sessions, this.#owners]) known.clear();
    for (const user of users) this.#put(user);
    for (const token of tokens) this.#tokens.set(token.hash, token);
    for (const session of sessions) this.#sessions.set(session.hash, session);
    for (const { device, user } of owners) this.#owners.set(device, user);
  }

  get users(): readonly UserRow[] {
    return [...this.#users.values()];
  }

  user(id: number): UserRow | undefined {
    return this.#users.get(id);
  }

  /** @throws PaddlewireError user-unknown */
  named(name: string): UserRow {
    const user = this.#find(name);
    if (user === undefined) throw new PaddlewireError('user-unknown', `There is no user ${name}.`);
    return user;
  }

  /**
   * Adds a user.
   * @param password null: nobody can log in
   * @throws PaddlewireError user-name-invalid, user-exists, role-unknown, password-invalid, users-too-many
   */
  async add(name: string, password: string | null, role: string = 'user'): Promise<UserRow> {
    if (!NAME.test(name)) throw new PaddlewireError('user-name-invalid');
    const checked = checkRole(role);
    if (password !== null) checkPassword(password);
    if (this.#users.size + this.#adding.size >= MAX.users) throw new PaddlewireError('users-too-many');
    const key = name.toLowerCase();
    if (this.#byName.has(key) || this.#adding.has(key) || (key === HOUSE_BOT && role !== 'bot'))
      throw new PaddlewireError('user-exists', `There is a user ${name}.`);
    this.#adding.add(key);
    try {
      const hash = password === null ? '' : await this.#passwords.hash(password);
      const row = { name, password: hash, role: checked, createdAt: this.#parts.clock.epoch() };
      const user = { ...row, id: await this.#parts.store.addUser(row) };
      this.#put(user);
      return user;
    } finally {
      this.#adding.delete(key);
    }
  }

  /** The user of the hub's own players, if there is one yet. */
  get houseBotId(): number | null {
    return this.#find(HOUSE_BOT)?.id ?? null;
  }

  /** The user of the hub's own players. */
  async houseBot(): Promise<UserRow> {
    return this.#find(HOUSE_BOT) ?? (await this.add(HOUSE_BOT, null, 'bot'));
  }

  /** @throws PaddlewireError user-unknown, role-unknown */
  async setRole(name: string, role: string): Promise<void> {
    await this.#change({ ...this.named(name), role: checkRole(role) });
  }

  /** Sets a password; every session of the user ends. @throws PaddlewireError user-unknown, password-invalid */
  async setPassword(name: string, password: string): Promise<void> {
    const { id } = this.named(name);
    checkPassword(password);
    const hash = await this.#passwords.hash(password);
    // Meanwhile the user may have been changed.
    await this.#change({ ...this.#known(id), password: hash });
    await this.#endSessions(id);
  }

  /** Tokens, sessions, devices and ratings go too; what was played stays. @throws PaddlewireError user-unknown */
  async remove(name: string): Promise<number> {
    const { id, name: known } = this.named(name);
    await this.#parts.store.removeUser(id);
    this.#users.delete(id);
    this.#byName.delete(known.toLowerCase());
    for (const [hash, { user }] of this.#tokens) if (user === id) this.#tokens.delete(hash);
    for (const [hash, { user }] of this.#sessions) if (user === id) this.#sessions.delete(hash);
    for (const [device, user] of this.#owners) if (user === id) this.#owners.delete(device);
    this.#parts.revoked(id, null);
    return id;
  }

  /** @throws PaddlewireError login-wrong, tries-exceeded */
  async login(name: string, password: string): Promise<OpenedSession & { readonly user: UserRow }> {
    const user = await this.checkPassword(name, password);
    return { ...(await this.openSession(user.id)), user };
  }

  /** @returns the user of that name with that password. @throws PaddlewireError login-wrong, tries-exceeded */
  async checkPassword(name: string, password: string): Promise<UserRow> {
    const found = this.#find(name);
    const right = await this.#passwords.matches(password, found?.password ?? null);
    const user = this.#users.get(found?.id ?? -1);
    // It may have been removed, or given another password, while it was being checked.
    if (!right || user === undefined || user.password !== found?.password) throw new PaddlewireError('login-wrong');
    return user;
  }

  async openSession(user: number): Promise<OpenedSession> {
    const session = freshSession();
    const expiresAt = this.#parts.clock.epoch() + SESSION_MS;
    const mine = [...this.#sessions].filter(([, one]) => one.user === user);
    const oldest = mine.toSorted(([, a], [, b]) => a.expiresAt - b.expiresAt).map(([hash]) => hash);
    await this.#drop(oldest.slice(0, Math.max(0, mine.length - MAX.sessions + 1)));
    await this.#parts.store.addSession({ hash: hashOf(session), user, expiresAt });
    this.#sessions.set(hashOf(session), { user, expiresAt });
    return { session, expiresAt };
  }

  /** Whose session it is. */
  userOfSession(session: string): UserRow | null {
    if (!session.startsWith(SESSION_PREFIX)) return null;
    const found = this.#sessions.get(hashOf(session));
    if (found === undefined || found.expiresAt <= this.#parts.clock.epoch()) return null;
    return this.#users.get(found.user) ?? null;
  }

  async logout(session: string): Promise<void> {
    await this.#drop([hashOf(session)]);
  }

  tokensOf(user: number): readonly TokenRow[] {
    return [...this.#tokens.values()].filter((token) => token.user === user);
  }

  /** @returns the token, said once. @throws PaddlewireError token-name-invalid, tokens-too-many */
  async addToken(user: number, name: string): Promise<{ readonly id: number; readonly token: string }> {
    if (!TOKEN_NAME.test(name)) throw new PaddlewireError('token-name-invalid');
    if (this.tokensOf(user).length >= MAX.tokens) throw new PaddlewireError('tokens-too-many');
    return this.#keepToken(user, name, freshToken());
  }

  /** A token that everybody knows: for trying out only. */
  async addKnownToken(user: number, name: string, token: string): Promise<void> {
    await this.#keepToken(user, name, token);
  }

  /** @throws PaddlewireError token-unknown */
  async revoke(user: number, id: number): Promise<void> {
    const token = this.tokensOf(user).find((one) => one.id === id);
    if (token === undefined) throw new PaddlewireError('token-unknown');
    await this.#parts.store.removeToken(id);
    this.#tokens.delete(token.hash);
    this.#parts.revoked(user, id);
  }

  /** Whether a password can only be meant as a token. */
  isToken(password: Uint8Array): boolean {
    return Buffer.from(password.subarray(0, TOKEN_PREFIX.length)).toString('latin1') === TOKEN_PREFIX;
  }

  /** Whose token it is, or null. At once, from memory. */
  holderOf(token: Uint8Array): Holder | null {
    const found = this.#tokens.get(hashOf(token));
    return found === undefined || !this.#users.has(found.user) ? null : { user: found.user, token: found.id };
  }

  ownerOf(device: string): number | null {
    return this.#owners.get(device) ?? null;
  }

  devicesOf(user: number): readonly string[] {
    return [...this.#owners].filter(([, owner]) => owner === user).map(([device]) => device);
  }

  /** A device id that nobody has is the user's from now on. @throws PaddlewireError device-not-yours, devices-too-many */
  claim(device: string, user: number): void {
    const owner = this.ownerOf(device);
    if (owner === user) return;
    if (owner !== null) throw new PaddlewireError('device-not-yours', `${device} belongs to another user.`);
    if (this.devicesOf(user).length >= MAX.devices) throw new PaddlewireError('devices-too-many');
    this.#owners.set(device, user);
    const since = this.#parts.clock.epoch();
    void this.#parts.store.claim({ device, user, since }).catch((error: unknown) => this.#parts.failed(error));
  }

  #find(name: string): UserRow | undefined {
    return this.#users.get(this.#byName.get(name.toLowerCase()) ?? -1);
  }

  #known(id: number): UserRow {
    const user = this.#users.get(id);
    if (user === undefined) throw new PaddlewireError('user-unknown');
    return user;
  }

  #put(user: UserRow): void {
    this.#users.set(user.id, user);
    this.#byName.set(user.name.toLowerCase(), user.id);
  }

  async #change(user: UserRow): Promise<void> {
    await this.#parts.store.changeUser(user);
    if (this.#users.has(user.id)) this.#users.set(user.id, user);
  }

  async #keepToken(user: number, name: string, token: string): Promise<{ id: number; token: string }> {
    const row = { user, name, hash: hashOf(token), hint: hintOf(token), createdAt: this.#parts.clock.epoch() };
    const id = await this.#parts.store.addToken(row);
    this.#tokens.set(row.hash, { ...row, id });
    return { id, token };
  }

  async #endSessions(user: number): Promise<void> {
    await this.#drop([...this.#sessions].filter(([, session]) => session.user === user).map(([hash]) => hash));
  }

  async #drop(hashes: readonly string[]): Promise<void> {
    if (hashes.length === 0) return;
    for (const hash of hashes) this.#sessions.delete(hash);
    await this.#parts.store.endSessions(hashes);
  }
}

function checkRole(role: string): Role {
  const found = ROLES.find((one) => one === role);
  if (found === undefined) throw new PaddlewireError('role-unknown', `There is no role ${role}.`);
  return found;
}
