import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';

/**
 * Looks names up as the services of the cluster do: hosts file, search
 * domains, name servers. Nothing is remembered, so a name that moves or goes
 * is seen by the next probe. One lookup of a name runs at a time, because each
 * takes a thread: a name whose server is silent must not take them all.
 */
export class Resolver {
  readonly #running = new Map<string, Promise<LookupAddress[]>>();

  resolve(host: string, family?: 4 | 6): Promise<LookupAddress[]> {
    const key = `${family ?? 0} ${host}`;
    const running = this.#running.get(key);
    if (running) return running;
    const started = lookup(host, { all: true, family: family ?? 0 }).finally(
      () => this.#running.delete(key),
    );
    this.#running.set(key, started);
    return started;
  }
}
