import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from '../access/tokens.ts';
import type { KubeObject } from '../types.ts';
import { selfSignedAuthority } from './derCertificate.ts';

const DAY_MS = 86_400_000;
const AGE_DAYS = 400;
const LIFE_DAYS = 3650;

function newRoot(now: number, days: number): string {
  // Its first bit unset, and never zero in front: DER has one form of a number.
  const serial = Buffer.from([0x80 | randomBytes(1)[0], ...randomBytes(15)]);
  return selfSignedAuthority({
    commonName: 'root.linkerd.cluster.local',
    serial,
    notBefore: now - AGE_DAYS * DAY_MS,
    notAfter: now + days * DAY_MS,
  });
}

/** The ConfigMap in which Linkerd keeps what a cluster's proxies trust. */
export function trustRootsObject(bundle: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'linkerd-identity-trust-roots', namespace: 'linkerd' },
    data: { 'ca-bundle.crt': bundle },
  };
}

/**
 * The trust roots of a world's clusters: one for all, made once, and another
 * where somebody replaced a cluster's.
 */
export class TrustRoots {
  private readonly folder: string;

  constructor(worldDir: string) {
    this.folder = join(worldDir, 'clusters');
  }

  /** The bundle of a cluster, as PEM. */
  read(cluster: string): string {
    const own = this.pathOf(cluster);
    return existsSync(own) ? readFileSync(own, 'utf8') : this.shared();
  }

  hasOwn(cluster: string): boolean {
    return existsSync(this.pathOf(cluster));
  }

  /**
   * Gives a cluster a root of its own, valid for so many days; `keep` leaves
   * the shared one in its bundle, as one does while a root is replaced.
   */
  replace(cluster: string, days: number, keep: boolean): void {
    const own = newRoot(Date.now(), days);
    writePrivate(this.pathOf(cluster), keep ? own + this.shared() : own);
  }

  /** Gives a cluster the shared root again. */
  restore(cluster: string): void {
    rmSync(this.pathOf(cluster), { force: true });
  }

  private shared(): string {
    const path = join(this.folder, 'trust-root.pem');
    if (!existsSync(path)) {
      writePrivate(path, newRoot(Date.now(), LIFE_DAYS - AGE_DAYS));
    }
    return readFileSync(path, 'utf8');
  }

  private pathOf(cluster: string): string {
    return join(this.folder, cluster, 'trust-root.pem');
  }
}
