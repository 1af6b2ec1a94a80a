#!/usr/bin/env node
// The one door to the repository: `node scripts/run.mjs <command>`, which is
// what `npm start`, `npm test`, `yarn start`, `yarn test` and `yarn bench` run.
//
// This file and those it imports without waiting run on any Node from 20 and
// need no dependency: they find a supported Node and Yarn, install what the
// lock file says, and hand over to the command on that Node.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './lib/install.mjs';
import { fail, Stop } from './lib/messages.mjs';
import { root } from './lib/paths.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

const COMMANDS = ['start', 'test', 'bench', 'setup', 'exec'];

try {
  const [command, ...rest] = process.argv.slice(2);
  if (!COMMANDS.includes(command)) {
    throw new Stop(
      `There is no command "${command ?? ''}".`,
      `Use one of: ${COMMANDS.join(', ')}.`,
    );
  }
  const toolchain = await ensureToolchain();
  await ensureInstalled(toolchain);
  if (command !== 'setup') {
    process.exitCode = handOver(toolchain, command, rest);
  }
} catch (error) {
  process.exitCode = fail(error);
}

/**
 * Runs the command on the supported Node and waits for it. Ctrl-C reaches the
 * child by itself, because both are in the terminal's process group; here it
 * must only not end us before the child has cleaned up.
 */
function handOver(toolchain, command, rest) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {});
  }
  const [file, args] =
    command === 'exec'
      ? [rest[0], rest.slice(1)]
      : [
          toolchain.node,
          [
            fileURLToPath(
              new URL(`./commands/${command}.mjs`, import.meta.url),
            ),
            ...rest,
          ],
        ];
  const result = spawnSync(file, args, {
    stdio: 'inherit',
    cwd: root,
    env: toolchain.env,
  });
  if (result.error) {
    throw new Stop(`${file} could not be run: ${result.error.message}.`, '');
  }
  return result.status ?? 1;
}
