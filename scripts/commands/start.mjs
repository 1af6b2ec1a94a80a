// Brings up the portal with the embedded world: the sandbox, the backend and
// the frontend's development server. Ends all of them on Ctrl-C.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Children, isPortTaken, waitForUrl } from '../lib/children.mjs';
import { fail, say, Stop } from '../lib/messages.mjs';
import { dataDir, root, sandboxDir } from '../lib/paths.mjs';

const APP = 3000;
const BACKEND = 7007;
const SANDBOX = 7010;

const { values: options } = parseArgs({
  options: {
    classic: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    rate: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

const children = new Children();
const started = Date.now();
let ending = false;

async function end(code) {
  if (ending) return;
  ending = true;
  await children.stop();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (!ending) say('\nStopping…');
    end(0);
  });
}

/** Starts a part; a part that ends by itself ends the others. */
function startPart(name, part) {
  const log = join(dataDir, 'logs', `${name}.log`);
  const last = [];
  children.start(name, {
    ...part,
    log,
    onLine(line) {
      last.push(line);
      if (last.length > 15) last.shift();
      part.onLine?.(line);
      if (options.verbose) say(`[${name}] ${line}`);
    },
    onExit(code) {
      if (ending) return;
      fail(
        new Stop(
          `The ${name} ended (${code}). Its last words:\n${last.join('\n')}`,
          `The whole log: ${log}`,
        ),
      );
      end(1);
    },
  });
}

async function requireFreePorts() {
  for (const [port, what] of [
    [APP, 'the portal'],
    [BACKEND, 'its backend'],
    [SANDBOX, 'the embedded world'],
  ]) {
    if (await isPortTaken(port)) {
      throw new Stop(
        `Port ${port}, which ${what} needs, is taken by another program.`,
        `End that program and run the command again. To see which it is: lsof -i :${port} (or: ss -ltnp 'sport = :${port}').`,
      );
    }
  }
}

function startSandbox() {
  return new Promise(resolve => {
    startPart('sandbox', {
      file: process.execPath,
      args: [
        join(root, 'packages/sandbox/bin/sandbox'),
        'run',
        ...['--dir', sandboxDir, '--port', String(SANDBOX)],
        ...['--rate', options.rate],
        '--webhook-url',
        `http://127.0.0.1:${BACKEND}/api/events/http/ground-control.config-repository`,
        ...[
          '--webhook-secret',
          process.env.SANDBOX_WEBHOOK_SECRET ?? 'sandbox-webhook-secret',
        ],
        '--alert-url',
        `http://127.0.0.1:${BACKEND}/api/events/http/ground-control.flux-alert`,
        ...[
          '--alert-secret',
          process.env.SANDBOX_ALERT_SECRET ?? 'sandbox-alert-secret',
        ],
      ],
      onLine(line) {
        if (line.startsWith('Sandbox ready')) resolve();
        else if (!options.verbose && line.trim() && !ending) say(`  ${line}`);
      },
    });
  });
}

async function waitFor(url, what, headers) {
  const isThere = await waitForUrl(url, 180_000, () => ending, headers);
  if (!isThere && !ending) {
    throw new Stop(
      `The ${what} did not answer at ${url} within three minutes.`,
      `Its log: ${join(dataDir, 'logs')}`,
    );
  }
}

try {
  if (options.help) {
    say(
      'start [--classic] [--rate N] [--verbose]\n' +
        '  --classic  the portal on the classic frontend system\n' +
        '  --rate     how busy the embedded world is; 1 is the reference company, 0 is still\n' +
        '  --verbose  show all logs here',
    );
    process.exit(0);
  }
  await requireFreePorts();
  say('Starting the embedded world, the backend and the portal…');
  const app = options.classic ? 'app-classic' : 'app';
  // The frontend's compiler is the longest step, so it starts first.
  const backstage = (name, ...packages) =>
    startPart(name, {
      file: 'yarn',
      args: ['backstage-cli', 'repo', 'start', ...packages],
      env: { FORCE_COLOR: '0' },
    });
  backstage('portal', app);
  await startSandbox();
  backstage('backend', 'backend');
  await waitFor(
    `http://localhost:${BACKEND}/.backstage/health/v1/readiness`,
    'backend',
  );
  await waitFor(`http://localhost:${APP}`, 'portal');
  // Nobody can sign in before the catalog has read its people.
  const [person] = JSON.parse(
    readFileSync(join(sandboxDir, 'people.json'), 'utf8'),
  );
  await waitFor(
    `http://localhost:${BACKEND}/api/auth/developmentSignIn/refresh`,
    'sign-in',
    { 'x-development-person': person.entityRef },
  );
  if (!ending) {
    const seconds = Math.round((Date.now() - started) / 1000);
    say(
      `\nGround Control is ready: http://localhost:${APP}  (${seconds} s; Ctrl-C stops it; logs in .data/logs)`,
    );
  }
} catch (error) {
  fail(error);
  await end(1);
}
