import { hashNumber } from '../../lib/hash.ts';
import type { LinkState } from '../linkerd/Links.ts';
import { formatTraffic } from './formatTraffic.ts';
import type { CallCounts } from './formatTraffic.ts';

/** A workload or Service by its names. */
export interface Named {
  namespace: string;
  name: string;
}

/** What the proxies of a cluster could see at a moment. */
export interface TrafficView {
  cluster: string;
  links: readonly LinkState[];
  /** Deployments of services, which may call others. */
  callers: readonly Named[];
  /** Mirrored services, by the name that they have in their target. */
  mirrored: (to: string) => Named[];
}

/** At most so many workloads call one mirrored service. */
const MOST_CALLERS = 3;

/** Requests a second, and whether they are answered, as a link is now. */
function ratesOf(seed: number, key: string, { mode, loss }: LinkState) {
  const luck = hashNumber(seed, 'calls', key);
  const answered = mode === 'well' ? 1 - loss : 0;
  // Some call often, most seldom.
  return { requests: 0.05 + 12 * luck ** 3, answered };
}

/**
 * Who calls mirrored services, as Linkerd's proxies in the callers count it:
 * the same workloads always call the same services, decided by the seed.
 */
export class Traffic {
  private readonly seed: number;
  private readonly counts = new Map<string, Map<string, CallCounts>>();
  private readonly readAt = new Map<string, number>();
  /** Found once: to hash every workload with every service takes long. */
  private readonly callers = new Map<string, Named[]>();

  constructor(seed: number) {
    this.seed = seed;
  }

  /** Metrics of a cluster at a moment, in milliseconds since 1970. */
  read(view: TrafficView, now: number): string {
    const counts =
      this.counts.get(view.cluster) ?? new Map<string, CallCounts>();
    this.counts.set(view.cluster, counts);
    const seconds = (now - (this.readAt.get(view.cluster) ?? now)) / 1000;
    this.readAt.set(view.cluster, now);
    for (const link of view.links) {
      for (const service of view.mirrored(link.to)) {
        for (const caller of this.callersOf(view, link.to, service)) {
          const key = `${nameOf(caller)} ${link.to} ${nameOf(service)}`;
          const { requests, answered } = ratesOf(this.seed, key, link);
          const before = counts.get(key);
          const fresh = requests * Math.max(0, seconds);
          counts.set(key, {
            caller,
            service,
            to: link.to,
            succeeded: (before?.succeeded ?? 0) + fresh * answered,
            failed: (before?.failed ?? 0) + fresh * (1 - answered),
          });
        }
      }
    }
    return formatTraffic([...counts.values()]);
  }

  private callersOf(view: TrafficView, to: string, service: Named): Named[] {
    const key = `${view.cluster} ${to} ${nameOf(service)}`;
    const known = this.callers.get(key);
    if (known && known.length > 0) {
      return known;
    }
    const found = this.findCallers(view, to, service);
    this.callers.set(key, found);
    return found;
  }

  private findCallers(view: TrafficView, to: string, service: Named): Named[] {
    const luck = (caller: Named) =>
      hashNumber(this.seed, 'caller', nameOf(caller), nameOf(service));
    const many = Math.floor(
      hashNumber(this.seed, to, nameOf(service)) * (MOST_CALLERS + 1),
    );
    if (many === 0) {
      return [];
    }
    return view.callers
      .filter(({ name }) => name !== service.name)
      .map(caller => ({ caller, luck: luck(caller) }))
      .sort((a, b) => a.luck - b.luck)
      .slice(0, many)
      .map(({ caller }) => caller);
  }
}

function nameOf({ namespace, name }: Named): string {
  return `${namespace}/${name}`;
}
