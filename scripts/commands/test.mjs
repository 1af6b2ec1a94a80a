// The whole test suite: unit and database tests with a real PostgreSQL and, at
// the same time, a real browser against the deployed portal. `--browser` runs
// the browser's alone, with Playwright's arguments after it. With other
// arguments it is Backstage's own `repo test` with that PostgreSQL:
// `yarn test plugins/ground-control`.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundle } from '../lib/bundle.mjs';
import { ensureChromium } from '../lib/chromium.mjs';
import { makeMemoryFolder } from '../lib/memoryFolder.mjs';
import { fail, say } from '../lib/messages.mjs';
import { Aside } from '../lib/aside.mjs';
import { countResults, readFailedFiles } from '../lib/jestResults.mjs';
import { dataDir, root } from '../lib/paths.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { Stack } from '../lib/stack.mjs';

/**
 * Milliseconds for one test. Many run real git and real databases, and on a
 * busy machine Jest's five seconds end a test that does nothing wrong.
 */
const TEST_TIMEOUT = 180_000;
/**
 * So many files that fail are run once more, alone: ADR 16. More of them aren't
 * bad luck.
 */
const MOST_RUN_AGAIN = 3;
const args = process.argv.slice(2);
const cleanups = [];

/**
 * Runs a program to its end; resolves to its exit code.
 *
 * @param aside - where it says what it has to say, instead of our terminal
 */
function run(file, fileArgs, env = {}, aside = undefined) {
  const child = spawn(file, fileArgs, {
    cwd: root,
    stdio: aside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, ...env },
  });
  child.stdout?.on('data', chunk => aside.write(chunk));
  child.stderr?.on('data', chunk => aside.write(chunk));
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
  cleanups.push(async () => {
    child.kill();
    await ended;
  });
  return ended;
}

/**
 * Prepares for unit and database tests: what they write is in memory where it
 * can be. Gives what runs them, once or several times.
 */
async function prepareUnitTests() {
  const folder = makeMemoryFolder() ?? tmpdir();
  if (folder !== tmpdir()) {
    // Who was stopped may take a moment to end, and write meanwhile.
    const options = { recursive: true, force: true, maxRetries: 10 };
    cleanups.push(() => rm(folder, options));
  }
  const postgres = await startPostgres(folder);
  cleanups.push(() => postgres.stop());
  const always = [
    `--testTimeout=${TEST_TIMEOUT}`,
    // What it compiled is of use to the next run.
    `--cacheDirectory=${join(dataDir, 'jest')}`,
  ];
  const env = {
    BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
      postgres.connectionString,
    // A database that isn't there is a failure here, not a skip.
    BACKSTAGE_TEST_DISABLE_DOCKER: '1',
    GROUND_CONTROL_REQUIRE_POSTGRES: '1',
    TMPDIR: folder,
  };
  return extra =>
    run('yarn', ['backstage-cli', 'repo', 'test', ...always, ...extra], env);
}

async function countUnitTests() {
  const runTests = await prepareUnitTests();
  const runAndRead = async (name, extra) => {
    const outputFile = join(dataDir, `${name}.json`);
    rmSync(outputFile, { force: true });
    const code = await runTests([
      '--watch=false',
      '--json',
      `--outputFile=${outputFile}`,
      ...extra,
    ]);
    return { code, results: JSON.parse(readFileSync(outputFile, 'utf8')) };
  };
  const first = await runAndRead('unit-tests', ['--maxWorkers=2']);
  const files = readFailedFiles(first.results);
  if (files.length === 0 || files.length > MOST_RUN_AGAIN) {
    return { ok: first.code === 0, ...countResults(first.results) };
  }
  say(`\nOnce more, alone: ${files.join(', ')}`);
  const second = await runAndRead('unit-tests-again', [
    '--maxWorkers=1',
    '--runTestsByPath',
    ...files,
  ]);
  return {
    ok: second.code === 0,
    ...countResults(first.results, second.results),
  };
}

async function countBrowserTests(extra = [], aside = undefined) {
  const chromium = ensureChromium();
  const bundle = await buildBundle();
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
  const env = {
    CHROMIUM_PATH: chromium,
    PORTAL_URL: urls.app,
    CLASSIC_PORTAL_URL: urls['app-classic'],
    SANDBOX_CONTROL_URL: control,
    PLAYWRIGHT_JSON_OUTPUT_NAME: outputFile,
  };
  const code = await run('yarn', ['playwright', 'test', ...extra], env, aside);
  const { stats } = JSON.parse(readFileSync(outputFile, 'utf8'));
  await stack.stop();
  return {
    ok: code === 0,
    passed: stats.expected,
    failed: stats.unexpected,
    skipped: stats.skipped,
  };
}

/**
 * Unit tests compute, and browser tests mostly wait: together they take little
 * longer than each alone. What the browser tests say follows what the unit
 * tests say.
 */
async function countBoth() {
  const aside = new Aside();
  const browsing = countBrowserTests([], aside).then(
    counts => {
      say('\nThe browser tests have ended; what they say follows the others.');
      return counts;
    },
    error => {
      // Told at once, and again by the failure that it is.
      fail(error);
      return { ok: false, passed: 0, failed: 1, skipped: 0 };
    },
  );
  const unit = await countUnitTests();
  say('\nBrowser tests:');
  aside.show();
  return { unit, browser: await browsing };
}

async function runAll() {
  mkdirSync(dataDir, { recursive: true });
  if (args[0] === '--browser') {
    return (await countBrowserTests(args.slice(1))).ok ? 0 : 1;
  }
  if (args.length > 0) {
    return (await prepareUnitTests())(args);
  }
  process.env.CI ||= '1';
  const { unit, browser } = await countBoth();
  const sum = key => unit[key] + browser[key];
  const counts = {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    browserPassed: browser.passed,
    unsteady: unit.unsteady,
  };
  writeFileSync(join(dataDir, 'tests.json'), JSON.stringify(counts));
  say(
    `\nUnit and database tests: ${unit.passed} passed, ${unit.failed} failed, ${unit.skipped} skipped`,
  );
  say(
    `Browser tests: ${browser.passed} passed, ${browser.failed} failed, ${browser.skipped} skipped`,
  );
  for (const name of counts.unsteady) {
    say(`UNSTEADY, it failed and then passed alone: ${name}`);
  }
  say(`${counts.passed} passed, ${counts.failed} failed`);
  return unit.ok && browser.ok && counts.failed === 0 ? 0 : 1;
}

let code = 1;
let cleaned;
const cleanUp = () => (cleaned ??= doCleanups());
async function doCleanups() {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup().catch(error => fail(error));
  }
}
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
