import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the files of a world's clusters lie. */
export function clusterPaths(worldDir: string, name: string) {
  const dir = join(worldDir, 'clusters', name);
  return {
    token: join(dir, 'token'),
    adminToken: join(dir, 'admin-token'),
    alertSecret: join(dir, 'alert-secret'),
    instance: join(dir, 'instance'),
  };
}

export function kubeconfigPath(worldDir: string): string {
  return join(worldDir, 'clusters', 'kubeconfig');
}

/** Writes a file that only its owner may read. */
export function writePrivate(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, text, { mode: 0o600 });
  // The mode above counts for a new file alone.
  chmodSync(path, 0o600);
}

function readOrWrite(path: string, make: () => string): string {
  try {
    const text = readFileSync(path, 'utf8').trim();
    if (text) {
      return text;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
  }
  const text = make();
  writePrivate(path, `${text}\n`);
  return text;
}

export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** The token in a file, made when there is none: the next start keeps it. */
export function readOrCreateToken(path: string): string {
  return readOrWrite(path, newToken);
}

/** One cluster in the succession of those that had its name. */
export interface Instance {
  /** Of the namespace kube-system. */
  uid: string;
  /** ISO 8601. */
  createdAt: string;
}

function newInstance(path: string, createdAt: number): Instance {
  const instance = {
    uid: randomUUID(),
    createdAt: `${new Date(createdAt).toISOString().slice(0, 19)}Z`,
  };
  writePrivate(path, `${instance.uid} ${instance.createdAt}\n`);
  return instance;
}

/** A cluster that is older than the world that is told of. */
const AGE_MS = 200 * 24 * 3_600_000;

/** Which cluster it is: the same after a restart, another after a rebuild. */
export class Instances {
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  read(): Instance {
    let text = '';
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        throw error;
      }
    }
    const [, uid, createdAt] = /^(\S+) (\S+)\n$/.exec(text) ?? [];
    return uid
      ? { uid, createdAt }
      : newInstance(this.path, Date.now() - AGE_MS);
  }

  renew(): Instance {
    return newInstance(this.path, Date.now());
  }
}
