import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles parts of one of our packages, as its own bundle has them, for a
 * process that has nothing else in it.
 *
 * @param exports - lines such as `export * from './src/gitops';`, by paths of
 * the package
 * @returns the path of the bundle
 */
export async function buildLibrary(options: {
  root: string;
  /** Such as `plugins/ground-control-backend`. */
  folder: string;
  exports: string[];
  outfile: string;
}): Promise<string> {
  const { root, folder, exports, outfile } = options;
  const resolveDir = join(root, folder);
  await build({
    absWorkingDir: resolveDir,
    stdin: { contents: exports.join('\n'), resolveDir, loader: 'ts' },
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
