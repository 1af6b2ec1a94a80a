// The benchmarks: packages/bench against the portal as it is deployed.
import { buildBundle } from '../lib/bundle.mjs';
import { ensureChromium } from '../lib/chromium.mjs';
import { fail, sayOnStderr } from '../lib/messages.mjs';
import { root } from '../lib/paths.mjs';
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
const stopPortals = async () => {
  await Promise.all(stacks.splice(0).map(stack => stack.stop()));
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => stopPortals().then(() => process.exit(130)));
}

let code = 1;
try {
  const { main } = await import('../../packages/bench/src/cli.ts');
  const { Portal } = await import('../../packages/bench/src/lib/Portal.ts');
  const { SERVICE_ACCESS, waitForIngest } = await import(
    '../../packages/bench/src/lib/waitForIngest.ts'
  );
  let bundle;
  code = await main(process.argv.slice(2), {
    root,
    get chromium() {
      return ensureChromium();
    },
    async startPortal({ name, sandbox, catalog, config }) {
      bundle ??= buildBundle();
      const stack = new Stack(name);
      stacks.push(stack);
      let ingested;
      const running = await stack.start({
        bundle,
        sandbox,
        catalog,
        config: { ...SERVICE_ACCESS, ...config },
        onReady: (url, startedAt) => {
          ingested = waitForIngest(url, startedAt);
          ingested.catch(() => {});
        },
      });
      const portal = new Portal(running, 'user:default/ana.ruiz', ingested);
      await portal.signIn();
      return portal;
    },
    stopPortals,
  });
} catch (error) {
  code = fail(error);
}
await stopPortals();
process.exit(code);
