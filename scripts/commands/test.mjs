// The whole test suite: unit and database tests with a real PostgreSQL, then a
// real browser against the deployed portal. `--browser` runs the second half
// alone, with Playwright's arguments after it. With other arguments it is
// Backstage's own `repo test` with that PostgreSQL:
// `yarn test plugins/ground-control`.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundle } from '../lib/bundle.mjs';
import { ensureChromium } from '../lib/chromium.mjs';
import { fail, say } from '../lib/messages.mjs';
import { dataDir, root } from '../lib/paths.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { Stack } from '../lib/stack.mjs';

/**
 * Milliseconds for one test. Many run real git and real databases, and on a
 * busy machine Jest's five seconds end a test that does nothing wrong.
 */
const TEST_TIMEOUT = 60_000;
const args = process.argv.slice(2);
const cleanups = [];

/** Runs a program to its end with our terminal; resolves to its exit code. */
function run(file, fileArgs, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, fileArgs, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

async function runUnitTests(postgres, extra) {
  const testArgs = [`--testTimeout=${TEST_TIMEOUT}`, ...extra];
  return run('yarn', ['backstage-cli', 'repo', 'test', ...testArgs], {
    BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
      postgres.connectionString,
    // A database that isn't there is a failure here, not a skip.
    BACKSTAGE_TEST_DISABLE_DOCKER: '1',
    GROUND_CONTROL_REQUIRE_POSTGRES: '1',
  });
}

async function countUnitTests(postgres) {
  const outputFile = join(dataDir, 'unit-tests.json');
  rmSync(outputFile, { force: true });
  const code = await runUnitTests(postgres, [
    '--watch=false',
    '--maxWorkers=2',
    '--json',
    `--outputFile=${outputFile}`,
  ]);
  const result = JSON.parse(readFileSync(outputFile, 'utf8'));
  return {
    ok: code === 0,
    passed: result.numPassedTests,
    // A file that doesn't load counts as one failure.
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

async function countBrowserTests(extra = []) {
  const chromium = ensureChromium();
  const bundle = buildBundle();
  const stack = new Stack('browser-tests');
  cleanups.push(() => stack.stop());
  say('Starting the deployed portal with a small embedded world…');
  const { urls, control } = await stack.start({
    bundle,
    apps: ['app', 'app-classic'],
    probes: true,
    sandbox: { services: 60, squads: 6, days: 20, end: '2026-03-02T12:00:00Z' },
    // A release that fails is waited for, and a minute is long for that.
    config: { 'groundControl.requests.failAfter': '5s' },
  });
  const outputFile = join(dataDir, 'browser-tests.json');
  rmSync(outputFile, { force: true });
  const code = await run('yarn', ['playwright', 'test', ...extra], {
    CHROMIUM_PATH: chromium,
    PORTAL_URL: urls.app,
    CLASSIC_PORTAL_URL: urls['app-classic'],
    SANDBOX_CONTROL_URL: control,
    PLAYWRIGHT_JSON_OUTPUT_NAME: outputFile,
  });
  const { stats } = JSON.parse(readFileSync(outputFile, 'utf8'));
  return {
    ok: code === 0,
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  };
}

async function runAll() {
  mkdirSync(dataDir, { recursive: true });
  if (args[0] === '--browser') {
    return (await countBrowserTests(args.slice(1))).ok ? 0 : 1;
  }
  const postgres = await startPostgres();
  cleanups.push(() => postgres.stop());
  if (args.length > 0) {
    return runUnitTests(postgres, args);
  }
  process.env.CI ||= '1';
  const unit = await countUnitTests(postgres);
  const browser = await countBrowserTests();
  const sum = key => unit[key] + browser[key];
  const counts = {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    browserPassed: browser.passed,
  };
  writeFileSync(join(dataDir, 'tests.json'), JSON.stringify(counts));
  say(
    `\nUnit and database tests: ${unit.passed} passed, ${unit.failed} failed, ${unit.skipped} skipped`,
  );
  say(
    `Browser tests: ${browser.passed} passed, ${browser.failed} failed, ${browser.skipped} skipped`,
  );
  say(`${counts.passed} passed, ${counts.failed} failed`);
  return unit.ok && browser.ok && counts.failed === 0 ? 0 : 1;
}

let code = 1;
const cleanUp = async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup().catch(error => fail(error));
  }
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => cleanUp().then(() => process.exit(130)));
}
try {
  code = await runAll();
} catch (error) {
  code = fail(error);
}
await cleanUp();
process.exit(code);
