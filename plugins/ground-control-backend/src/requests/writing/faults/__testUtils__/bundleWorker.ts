import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../'.repeat(7));
/** Node finds packages from here, and git doesn't look. */
const FOLDER = join(ROOT, 'node_modules/.cache/ground-control');
/** Drivers that Knex asks for by name, of which one is a library of the system. */
const DRIVERS = [
  'better-sqlite3',
  'mariadb',
  'mysql',
  'mysql2',
  'oracledb',
  'pg-native',
  'pg-query-stream',
  'sqlite3',
  'tedious',
];
const bundles = new Map<string, string>();

/**
 * Makes one file of a TypeScript file and all that it imports, so that a
 * process starts with it in a tenth of the time; once a test file, from the
 * sources as they are then.
 *
 * @returns the path of the file
 */
export function bundleWorker(source: string): string {
  let file = bundles.get(source);
  if (!file) {
    const hash = createHash('sha256').update(source).digest('hex');
    file = join(FOLDER, `${hash.slice(0, 16)}.cjs`);
    const made = `${file}.${process.pid}`;
    mkdirSync(FOLDER, { recursive: true });
    execFileSync(require.resolve('esbuild/bin/esbuild'), [
      source,
      `--outfile=${made}`,
      ...['--bundle', '--platform=node'],
      ...['--log-level=error', ...DRIVERS.map(name => `--external:${name}`)],
    ]);
    // Another test file may be starting processes with it.
    renameSync(made, file);
    bundles.set(source, file);
  }
  return file;
}
