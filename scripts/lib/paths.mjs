import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
/** What the set-up brings: Node, Yarn, logs, stamps. Safe to delete. */
export const toolchainDir = join(root, '.toolchain');
/** What the portal keeps: database, mirror, logs. Safe to delete. */
export const dataDir = join(root, '.data');
/** The embedded world. Safe to delete. */
export const sandboxDir = join(root, '.sandbox');
