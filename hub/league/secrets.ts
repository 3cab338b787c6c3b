/** Tokens and sessions: long random texts of which only the hash is kept. */
import { createHash, randomBytes } from 'node:crypto';

/** What kind it is, so that a token that was published by mistake can be found and is taken for nothing else. */
export const TOKEN_PREFIX = 'pw_';
export const SESSION_PREFIX = 'ps_';
/** 192 bits: nothing that could be guessed, so a fast hash without salt is enough. */
const RANDOM_BYTES = 24;
const HINT_LENGTH = 7;

export const freshToken = (): string => TOKEN_PREFIX + randomText();
export const freshSession = (): string => SESSION_PREFIX + randomText();
/** A password for who gave none: easy to type, and too long to guess. */
export const freshPassword = (): string => randomBytes(9).toString('base64url');

/** Whether a text can only be a session, and no password. */
export const isSession = (text: string): boolean => text.startsWith(SESSION_PREFIX);

export const hashOf = (secret: string | Uint8Array): string => createHash('sha256').update(secret).digest('hex');

/** By what its owner knows a token without seeing it. */
export const hintOf = (token: string): string => `${token.slice(0, HINT_LENGTH)}…`;

const randomText = (): string => randomBytes(RANDOM_BYTES).toString('base64url');
