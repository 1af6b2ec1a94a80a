import { join } from 'node:path';
import { buildLibrary as build } from '../../lib/buildLibrary.ts';

/** What the processes under measurement are made of, by the plugin's file. */
const PARTS = [
  'artifacts',
  'database/openDatabase',
  'gitops',
  'gitops/MirrorFiles',
  'lib/ChangeHub',
  'policies',
  'policies/readPoliciesConfig',
  'requests/DefaultRequestJudge',
  'requests/moveRequest',
  'requests/writing',
];

/**
 * Bundles the parts of the backend that write.
 *
 * @returns the path of the bundle
 */
export function buildLibrary(root: string, outdir: string): Promise<string> {
  return build({
    root,
    folder: 'plugins/ground-control-backend',
    exports: [
      ...PARTS.map(part => `export * from './src/${part}';`),
      `export { Mirror, parseRemoteUrl } from '@ground-control/backstage-plugin-ground-control-node';`,
      `export { zipSync } from 'fflate';`,
      `export { default as createKnex } from 'knex';`,
      `export { ConfigReader } from '@backstage/config';`,
    ],
    outfile: join(outdir, 'library.cjs'),
  });
}
