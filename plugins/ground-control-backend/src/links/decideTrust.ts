import {
  LinkTrust,
  TrustRoot,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ClusterTrust } from './store';

/** As long as it takes a company to replace a root with care. */
const EXPIRING_MS = 30 * 86_400_000;

/** What a cluster trusts; undefined where that isn't known. */
export type KnownTrust = Pick<ClusterTrust, 'roots' | 'fault'> | undefined;

export interface TrustVerdict {
  trust: LinkTrust;
  /** When the last root that both have ends; null where there is none. */
  endsAt: number | null;
}

/**
 * Whether two meshes trust each other: a proxy takes the other's certificate
 * when its root is in its own bundle.
 */
export function decideTrust(
  from: KnownTrust,
  to: KnownTrust,
  now: number,
): TrustVerdict {
  const isKnown = (end: KnownTrust) =>
    end !== undefined && end.roots.length > 0;
  if (!isKnown(from) || !isKnown(to)) return { trust: 'unknown', endsAt: null };
  const endsAt = findEnd(from!.roots, to!.roots);
  if (endsAt === null) {
    // What can't be read may be what they have in common.
    const isWhole = from!.fault === null && to!.fault === null;
    return { trust: isWhole ? 'different' : 'unknown', endsAt };
  }
  if (endsAt <= now) return { trust: 'expired', endsAt };
  const isSoon = endsAt <= now + EXPIRING_MS;
  return { trust: isSoon ? 'expiring' : 'shared', endsAt };
}

/** When the last root that both have ends; null where they have none. */
function findEnd(from: TrustRoot[], to: TrustRoot[]): number | null {
  const theirs = new Set(to.map(({ fingerprint }) => fingerprint));
  const ends = from
    .filter(({ fingerprint }) => theirs.has(fingerprint))
    .map(({ notAfter }) => Date.parse(notAfter));
  return ends.length === 0 ? null : Math.max(...ends);
}
