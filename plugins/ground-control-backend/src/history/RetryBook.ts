import { decideDelay } from '../lib/decideDelay';

interface Attempt {
  signature: string;
  failures: number;
  at: number;
}

/**
 * Remembers which questions had no answer, and when to ask them again. Other
 * questions about the same thing are asked at once. It lives in memory: a
 * backend that starts asks once more.
 */
export class RetryBook {
  readonly #attempts = new Map<string, Attempt>();

  constructor(
    private readonly options: { intervalMs: number; maxBackoffMs: number },
  ) {}

  mayAsk(key: string, signature: string, now: number): boolean {
    const attempt = this.#attempts.get(key);
    return attempt?.signature !== signature || attempt.at <= now;
  }

  failed(key: string, signature: string, now: number, chance: number): void {
    const before = this.#attempts.get(key);
    const failures = before?.signature === signature ? before.failures + 1 : 1;
    const delay = decideDelay({ ...this.options, failures, chance });
    this.#attempts.set(key, { signature, failures, at: now + delay });
  }

  succeeded(key: string): void {
    this.#attempts.delete(key);
  }
}
