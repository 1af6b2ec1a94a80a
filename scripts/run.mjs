#!/usr/bin/env node
// The one door to the repository: `node scripts/run.mjs <command>`, which is
// what `npm start`, `npm test`, `yarn start`, `yarn test` and `yarn bench` run.
//
// This file and those it imports without waiting run on any Node from 20 and
// need no dependency: they find a supported Node and Yarn, install what the
// lock file says, and hand over to the command on that Node.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { fail, Stop } from './lib/messages.mjs';
import { root } from './lib/paths.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

const COMMANDS = {
  start: 'scripts/commands/start.mjs',
  test: 'scripts/commands/test.mjs',
  bench: 'scripts/commands/bench.mjs',
  screens: 'scripts/commands/screens.mjs',
  sandbox: 'packages/sandbox/bin/sandbox',
  'kube:assets': 'scripts/commands/kubeAssets.mjs',
  // Only what the others do first.
  setup: undefined,
  // Any program, with our Node and Yarn first on its PATH.
  exec: undefined,
};

try {
  const [command, ...rest] = process.argv.slice(2);
  if (!Object.hasOwn(COMMANDS, command ?? '')) {
    throw new Stop(
      `There is no command "${command ?? ''}".`,
      `Use one of: ${Object.keys(COMMANDS).join(', ')}.`,
    );
  }
  const toolchain = await ensureToolchain();
  await ensureInstalled(toolchain);
  if (command !== 'setup') {
    process.exitCode = await handOver(toolchain, command, rest);
  }
} catch (error) {
  process.exitCode = fail(error);
}

/**
 * Runs the command on the supported Node and waits for it. It cleans up on a
 * signal by itself, so a signal that reaches only us is handed on. Ctrl-C
 * reaches both, and hearing it twice does no harm.
 */
function handOver(toolchain, command, rest) {
  const [file, args] =
    command === 'exec'
      ? [rest[0], rest.slice(1)]
      : [toolchain.node, [join(root, COMMANDS[command]), ...rest]];
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: 'inherit',
      cwd: root,
      env: toolchain.env,
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => child.kill(signal));
    }
    child.on('error', error =>
      reject(new Stop(`${file} could not be run: ${error.message}.`, '')),
    );
    child.on('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}
