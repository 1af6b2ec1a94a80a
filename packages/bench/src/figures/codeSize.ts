import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Context, Figure, Measurement } from '../types.ts';

const kB = (bytes: number) => bytes / 1000;

/**
 * What the plugin adds to a portal: bundled, minified and compressed, without
 * what every portal has already (React, Backstage's and Material UI's
 * packages).
 */
async function measureCodeSize(context: Context): Promise<Figure[]> {
  const plugin = join(context.root, 'plugins/ground-control');
  const result = await build({
    absWorkingDir: plugin,
    entryPoints: ['src/alpha.tsx'],
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    outdir: 'unused',
    write: false,
    metafile: true,
    external: [
      'react',
      'react/*',
      'react-dom',
      'react-router-dom',
      '@backstage/*',
      '@material-ui/*',
    ],
  });
  const outputs = Object.entries(result.metafile.outputs).map(
    ([name, output], i) => ({
      name,
      gzip: gzipSync(result.outputFiles[i].contents).length,
      inputs: Object.keys(output.inputs),
      imports: output.imports,
    }),
  );
  const sizeOf = (name: string) =>
    outputs.find(output => output.name === name)!.gzip;
  /** A chunk with all that it imports at once. */
  const withImports = (name: string, seen = new Set<string>()): number => {
    if (seen.has(name)) return 0;
    seen.add(name);
    const { imports } = outputs.find(output => output.name === name)!;
    return imports
      .filter(({ kind, external }) => kind === 'import-statement' && !external)
      .reduce((sum, { path }) => sum + withImports(path, seen), sizeOf(name));
  };
  const find = (file: string) =>
    outputs.find(output => output.inputs.includes(file));
  const pages = outputs.filter(
    output => output.name !== 'unused/alpha.js' && output.gzip > 2_000,
  );
  const largest = pages.reduce((a, b) => (a.gzip > b.gzip ? a : b));
  const card = outputs.find(output =>
    output.inputs.some(input => /WhereItRunsCard/.test(input)),
  );
  return [
    {
      name: "the largest page's own chunk",
      value: kB(largest.gzip),
      unit: 'kB',
      target: 40,
      note: largest.name.replace('unused/', ''),
    },
    {
      name: 'the entity card with all that it loads',
      value: card ? kB(withImports(card.name)) : NaN,
      unit: 'kB',
      target: 15,
    },
    {
      name: 'all code of the plugin',
      value: kB(outputs.reduce((sum, output) => sum + output.gzip, 0)),
      unit: 'kB',
      target: 110,
      note: find('src/alpha.tsx')
        ? `${kB(find('src/alpha.tsx')!.gzip).toFixed(1)} kB of it at start`
        : undefined,
    },
  ];
}

/** Weight of the frontend plugin. */
export const codeSize: Measurement = {
  id: 'code',
  title: 'Code in the browser (gzip)',
  measure: measureCodeSize,
};
