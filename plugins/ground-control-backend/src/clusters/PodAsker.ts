import { podKind } from './observe/watchedKinds';
import { PodTrouble } from './observe/types';
import { isComplete } from './decide/isComplete';
import { ServiceWorkload } from './decide/types';
import { ClusterWatching } from './types';

/** Of one workload; they mostly say the same. */
const MOST_PODS = 20;
/** Of one cluster: a list is small, and a whole cluster may be stuck. */
const LEAST_BETWEEN_MS = 250;
/** The same service isn't asked more often. */
const ASK_AGAIN_MS = 4_000;
/** Services that wait for their turn; a longer line is told in minutes anyway. */
const MOST_WAITING = 200;

/** The worst first: it is what a service is told to be in. */
const ORDER: PodTrouble['reason'][] = [
  'crash-loop',
  'image-pull',
  'quota',
  'scheduling',
];

/**
 * Asks for the pods of stuck workloads, one list after the other, with rests
 * between them and between two questions about the same service.
 */
export class PodAsker {
  readonly #options: {
    watching: Pick<ClusterWatching, 'list'>;
    workloadsOf: (service: string) => ServiceWorkload[];
    /** Called when a service's pods were asked. */
    onAnswer: (service: string, trouble: PodTrouble | undefined) => void;
  };
  readonly #waiting = new Set<string>();
  readonly #askedAt = new Map<string, number>();
  #running?: Promise<void>;
  #stopped = false;
  #rest?: () => void;

  constructor(options: {
    watching: Pick<ClusterWatching, 'list'>;
    workloadsOf: (service: string) => ServiceWorkload[];
    onAnswer: (service: string, trouble: PodTrouble | undefined) => void;
  }) {
    this.#options = options;
  }

  want(service: string): void {
    if (this.#stopped || this.#waiting.size >= MOST_WAITING) return;
    const askedAt = this.#askedAt.get(service) ?? -Infinity;
    if (performance.now() - askedAt < ASK_AGAIN_MS) return;
    this.#waiting.add(service);
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#rest?.();
    await this.#running;
  }

  async #run() {
    // Listeners of the watcher may be in the middle of theirs.
    await this.#wait(0);
    for (const service of this.#waiting) {
      if (this.#stopped) break;
      this.#waiting.delete(service);
      this.#askedAt.set(service, performance.now());
      await this.#ask(service);
      await this.#wait(LEAST_BETWEEN_MS);
    }
    const now = performance.now();
    for (const [service, at] of this.#askedAt) {
      if (now - at > ASK_AGAIN_MS) this.#askedAt.delete(service);
    }
    this.#running = undefined;
  }

  async #ask(service: string) {
    const { watching, workloadsOf, onAnswer } = this.#options;
    const workload = workloadsOf(service).find(
      one => !isComplete(one) && one.selector,
    );
    if (!workload) return;
    try {
      const pods = await watching.list(podKind, {
        namespace: workload.namespace,
        labelSelector: workload.selector,
        limit: MOST_PODS,
      });
      const troubles = pods.flatMap(pod => pod.trouble ?? []);
      troubles.sort(
        (a, b) => ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason),
      );
      if (!this.#stopped) onAnswer(service, troubles[0]);
    } catch {
      // Why it is stuck stays unknown, as where pods may not be read; that it
      // is stuck is known without them, and faults are the watcher's to tell.
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms);
      this.#rest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
