import { join } from 'node:path';
import { buildLibrary } from '../../lib/buildLibrary.ts';

/** What history is made with, by the plugin's file. */
const BACKEND = [
  'database/openDatabase',
  'latency/book/createPair',
  'latency/book/summarize',
  'latency/histogram/internBounds',
  'latency/store/days',
  'latency/store/writePairs',
];

/** What a probe counts and answers with, by the agent's file. */
const AGENT = [
  'failures/FailureLog',
  'http/serve',
  'metrics/ProbeMetrics',
  'metrics/TargetMetrics',
];

/** Bundles of what the processes beside the portal are made of. */
export async function buildLibraries(
  root: string,
  outdir: string,
): Promise<{ backend: string; agent: string }> {
  return {
    backend: await buildLibrary({
      root,
      folder: 'plugins/ground-control-backend',
      exports: [
        ...BACKEND.map(part => `export * from './src/${part}';`),
        `export { default as createKnex } from 'knex';`,
      ],
      outfile: join(outdir, 'backend.cjs'),
    }),
    agent: await buildLibrary({
      root,
      folder: 'packages/probe',
      exports: AGENT.map(part => `export * from './src/${part}.ts';`),
      outfile: join(outdir, 'agent.cjs'),
    }),
  };
}
