import { decideRecovery, Recovery } from './decide/decideRecovery';
import { isComplete } from './decide/isComplete';
import {
  ObservedFluxReport,
  ObservedKustomization,
  ObservedWorkload,
} from './observe/types';
import { ClusterReading, ClusterWatching } from './types';

const ANSWERS: ReadonlySet<ClusterReading['state']> = new Set([
  'live',
  'syncing',
  'failing',
  'forbidden',
]);

/** Whether the cluster itself answers, as the one that it should be. */
export function isAnswering({ state }: Pick<ClusterReading, 'state'>): boolean {
  return ANSWERS.has(state);
}

const NOTHING = {
  fluxReady: false,
  hasRevision: false,
  ready: 0,
  total: 0,
  missing: 0,
};

/** Looks how far a cluster that was bootstrapped anew has come. */
export class RecoveryWatch {
  readonly #watching: ClusterWatching;
  readonly #missing: () => number;
  #allReadySince?: number;

  /** @param missing - how many releases no Kustomization applies yet */
  constructor(watching: ClusterWatching, missing: () => number) {
    this.#watching = watching;
    this.#missing = missing;
  }

  /** The recovery as it stands now; the same object when nothing changed. */
  look(
    last: Recovery | undefined,
    known: { instance?: string; heardOfAt?: number },
    now: number,
  ): Recovery | undefined {
    const { reading } = this.#watching;
    if (!isAnswering(reading)) {
      this.#allReadySince = undefined;
      return last;
    }
    const { instance } = reading;
    const isNew = known.instance !== undefined && known.instance !== instance;
    if (!isNew && (!last || last.allReadyAt || last.instance !== instance)) {
      return last;
    }
    // In the moment of the change, what is held is still the other cluster's.
    const sight = isNew ? NOTHING : this.#see(now);
    return decideRecovery(last, known, { ...sight, instance }, now);
  }

  #see(now: number) {
    const isLive = (id: string) =>
      this.#watching.reading.kinds.some(
        kind => kind.id === id && kind.state === 'live',
      );
    if (!isLive('kustomizations')) {
      this.#allReadySince = undefined;
      return {
        ...NOTHING,
        fluxReady: isLive('deployments') && this.#isFluxReady(),
      };
    }
    let ready = 0;
    let total = 0;
    let hasRevision = false;
    for (const one of this.#watching
      .objects<ObservedKustomization>('kustomizations')
      .values()) {
      hasRevision ||= one.appliedCommit !== undefined;
      if (one.suspended) continue;
      total += 1;
      if (
        one.ready?.status === 'True' &&
        one.observedGeneration >= one.generation
      ) {
        ready += 1;
      }
    }
    const missing = this.#missing();
    if (total > 0 && ready === total && missing === 0) {
      this.#allReadySince ??= now;
    } else this.#allReadySince = undefined;
    return {
      fluxReady: isLive('deployments') && this.#isFluxReady(),
      hasRevision,
      ready,
      total,
      missing,
      ...(this.#allReadySince && { allReadySince: this.#allReadySince }),
    };
  }

  #isFluxReady(): boolean {
    const [report] = this.#watching
      .objects<ObservedFluxReport>('fluxReports')
      .values();
    if (report) return report.ready;
    const parts = [
      ...this.#watching.objects<ObservedWorkload>('deployments').values(),
    ].filter(one => one.fluxVersion);
    return parts.length > 0 && parts.every(isComplete);
  }
}
