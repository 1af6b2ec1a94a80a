// The benchmarks: packages/bench against the portal as it is deployed.
import { join } from 'node:path';
import { buildBundle } from '../lib/bundle.mjs';
import { ensureChromium } from '../lib/chromium.mjs';
import { fail, sayOnStderr } from '../lib/messages.mjs';
import { root } from '../lib/paths.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { Rival } from '../lib/rival.mjs';
import { Stack } from '../lib/stack.mjs';

const { emitWarning } = process;
process.emitWarning = (warning, ...rest) => {
  const code = typeof rest[0] === 'object' ? rest[0]?.code : rest[1];
  // The packages are run as TypeScript without a module type on purpose.
  if (code !== 'MODULE_TYPELESS_PACKAGE_JSON') {
    emitWarning.call(process, warning, ...rest);
  }
};

// The figures alone go to the standard output.
sayOnStderr();
const stacks = [];
const databases = [];
const stopPortals = async () => {
  await Promise.all(stacks.splice(0).map(stack => stack.stop()));
  // After what uses them.
  await Promise.all(databases.splice(0).map(database => database.stop()));
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => stopPortals().then(() => process.exit(130)));
}

let code = 1;
try {
  const { main } = await import('../../packages/bench/src/cli.ts');
  const { Portal } = await import('../../packages/bench/src/lib/Portal.ts');
  const { SERVICE_ACCESS, SERVICE_TOKEN, waitForIngest } = await import(
    '../../packages/bench/src/lib/waitForIngest.ts'
  );
  const { waitForClusters } = await import(
    '../../packages/bench/src/lib/waitForClusters.ts'
  );
  let bundle;
  code = await main(process.argv.slice(2), {
    root,
    get chromium() {
      return ensureChromium();
    },
    async startPortal({ name, sandbox, catalog, config, nodeFlags, database }) {
      bundle ??= buildBundle();
      const stack = new Stack(name);
      stacks.push(stack);
      let databaseUrl;
      if (database === 'postgres') {
        const postgres = await startPostgres();
        databases.push(postgres);
        databaseUrl = postgres.connectionString;
      }
      let began;
      let ingested;
      let clustersComplete;
      const running = await stack.start({
        bundle: await bundle,
        sandbox,
        catalog,
        nodeFlags,
        databaseUrl,
        config: { ...SERVICE_ACCESS, ...config },
        onReady: (url, startedAt) => {
          began = startedAt;
          ingested = waitForIngest(url, startedAt);
          ingested.catch(() => {});
          if (sandbox?.['no-clusters']) return;
          clustersComplete = waitForClusters(url, 600_000).then(
            () => (Date.now() - startedAt) / 1000,
          );
          clustersComplete.catch(() => {});
        },
      });
      const portal = new Portal(running, 'user:default/ana.ruiz', {
        startedAt: began,
        ingested,
        clustersComplete,
      });
      await portal.signIn();
      return portal;
    },
    async startRival(portal) {
      const rival = new Rival();
      stacks.push(rival);
      const { url } = await rival.start({
        clusters: portal.clusters,
        catalogFiles: ['people', 'systems', 'services'].map(name =>
          join(portal.sandboxDir, 'catalog', `${name}.yaml`),
        ),
        token: SERVICE_TOKEN,
      });
      return { url, token: SERVICE_TOKEN };
    },
    stopPortals,
  });
} catch (error) {
  code = fail(error);
}
await stopPortals();
process.exit(code);
