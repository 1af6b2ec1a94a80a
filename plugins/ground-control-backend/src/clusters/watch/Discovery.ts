import { z } from 'zod';
import { KubeFault, KubeGate } from '../kube';
import { WatchedKind } from '../types';
import { groupVersionPath } from './resourcePath';

const resourcesSchema = z.object({
  resources: z.array(z.object({ name: z.string() })),
});

/** Kinds of one group are looked for together. */
const SHARED_MS = 2_000;

/** Finds in which version a cluster serves a kind, if it does. */
export class Discovery {
  readonly #gate: KubeGate;
  readonly #signal: AbortSignal;
  readonly #asked = new Map<
    string,
    { at: number; names: Promise<Set<string>> }
  >();

  constructor(gate: KubeGate, signal: AbortSignal) {
    this.#gate = gate;
    this.#signal = signal;
  }

  /**
   * The first of its versions that is served; undefined when none is.
   *
   * @throws KubeFault when the cluster doesn't say
   */
  async findVersion(
    kind: Pick<WatchedKind, 'group' | 'versions' | 'resource'>,
  ): Promise<string | undefined> {
    for (const version of kind.versions) {
      const names = await this.#names(groupVersionPath(kind.group, version));
      if (names.has(kind.resource)) return version;
    }
    return undefined;
  }

  #names(path: string): Promise<Set<string>> {
    const now = performance.now();
    const known = this.#asked.get(path);
    if (known && now - known.at < SHARED_MS) return known.names;
    const names = this.#ask(path);
    this.#asked.set(path, { at: now, names });
    return names;
  }

  async #ask(path: string): Promise<Set<string>> {
    try {
      const answer = await this.#gate.get(path, {
        what: 'ask which kinds there are',
        signal: this.#signal,
      });
      const parsed = resourcesSchema.safeParse(answer);
      if (!parsed.success) {
        throw new KubeFault('malformed', 'It does not say which kinds it has');
      }
      return new Set(parsed.data.resources.map(({ name }) => name));
    } catch (error) {
      if (error instanceof KubeFault && error.kind === 'not-found') {
        return new Set();
      }
      throw error;
    }
  }
}
