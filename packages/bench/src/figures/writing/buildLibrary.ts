import { join } from 'node:path';
import { build } from 'esbuild';

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
 * Bundles the parts of the backend that write, as its bundle has them, for a
 * process that has nothing else in it.
 *
 * @returns the path of the bundle
 */
export async function buildLibrary(
  root: string,
  outdir: string,
): Promise<string> {
  const outfile = join(outdir, 'library.cjs');
  const plugin = join(root, 'plugins/ground-control-backend');
  await build({
    absWorkingDir: plugin,
    stdin: {
      contents: [
        ...PARTS.map(part => `export * from './src/${part}';`),
        `export { Mirror, parseRemoteUrl } from '@ground-control/backstage-plugin-ground-control-node';`,
        `export { zipSync } from 'fflate';`,
        `export { default as createKnex } from 'knex';`,
        `export { ConfigReader } from '@backstage/config';`,
      ].join('\n'),
      resolveDir: plugin,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    outfile,
    plugins: [
      {
        name: 'only-ours',
        setup: ({ onResolve }) => {
          onResolve({ filter: /^[^./]/ }, ({ path }) =>
            path.startsWith('@ground-control/')
              ? undefined
              : { path, external: true },
          );
        },
      },
    ],
  });
  return outfile;
}
