import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type Role = 'reader' | 'admin';

export interface TokenOptions {
  token?: string;
  /** Read anew for each request; written with a new token where it is missing. */
  tokenFile?: string;
  adminToken?: string;
  adminTokenFile?: string;
}

function isSameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * A token may also come as the password of any user: without TLS kubectl sends
 * nothing but what stands in the URL, `http://kubectl:<token>@127.0.0.1:7020`.
 */
function readToken(authorization: string): string | undefined {
  const [, scheme, value] = /^(\S+) +(\S+) *$/.exec(authorization) ?? [];
  if (scheme?.toLowerCase() !== 'basic') {
    return scheme?.toLowerCase() === 'bearer' ? value : undefined;
  }
  const pair = Buffer.from(value, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

function makeToken(): string {
  return randomBytes(24).toString('base64url');
}

function writeToken(file: string, token: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
}

/** A token that may be changed while the server runs. */
class Token {
  private readonly file: string | undefined;
  private value: string;

  constructor(value: string | undefined, file: string | undefined) {
    this.file = file;
    this.value = value ?? (file ? '' : makeToken());
    if (file && (value !== undefined || !this.current)) {
      this.set(value ?? makeToken());
    }
  }

  /** Empty when its file is gone: nobody has an empty token. */
  get current(): string {
    if (this.file === undefined) {
      return this.value;
    }
    try {
      return readFileSync(this.file, 'utf8').trim();
    } catch {
      return '';
    }
  }

  set(token: string): void {
    this.value = token;
    if (this.file !== undefined) {
      writeToken(this.file, token);
    }
  }
}

/** Who may come in, and as whom. */
export class Tokens {
  private readonly reading: Token;
  private readonly writing: Token;

  constructor(options: TokenOptions) {
    this.reading = new Token(options.token, options.tokenFile);
    this.writing = new Token(options.adminToken, options.adminTokenFile);
  }

  get token(): string {
    return this.reading.current;
  }

  get adminToken(): string {
    return this.writing.current;
  }

  setToken(token: string): void {
    this.reading.set(token);
  }

  /** Undefined for a token that isn't known, and for none. */
  roleOf(authorization: string | undefined): Role | undefined {
    const token = readToken(authorization ?? '');
    if (!token) {
      return undefined;
    }
    if (isSameText(token, this.token)) {
      return 'reader';
    }
    return isSameText(token, this.adminToken) ? 'admin' : undefined;
  }
}
