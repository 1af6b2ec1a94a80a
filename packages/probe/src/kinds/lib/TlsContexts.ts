import type { SecureContext } from 'node:tls';
import { readTls } from '../../lib/readTls.ts';
import type { TlsFiles } from '../../types.ts';

/**
 * Certificates and keys, read once for all targets that name the same files:
 * reading them anew for each probe would cost more than the handshake.
 */
export class TlsContexts {
  readonly #held = new Map<
    string,
    { files: TlsFiles; context: SecureContext }
  >();

  get(files: TlsFiles): SecureContext {
    const { ca, cert, key } = files;
    const name = JSON.stringify([ca, cert, key]);
    let held = this.#held.get(name);
    if (!held) {
      held = { files, context: readTls(files) };
      this.#held.set(name, held);
    }
    return held.context;
  }

  /**
   * Reads all files anew: certificates are renewed on disk. What can't be
   * read stays as it was; returns why.
   */
  renew(): string[] {
    const problems: string[] = [];
    for (const held of this.#held.values()) {
      try {
        held.context = readTls(held.files);
      } catch (error) {
        problems.push((error as Error).message);
      }
    }
    return problems;
  }

  /** Forgets what no target names any more. */
  keep(files: readonly TlsFiles[]): void {
    const wanted = new Set(
      files.map(({ ca, cert, key }) => JSON.stringify([ca, cert, key])),
    );
    for (const name of this.#held.keys()) {
      if (!wanted.has(name)) this.#held.delete(name);
    }
  }
}
