import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { explainFailure, say, Stop } from './messages.mjs';
import { toolchainDir } from './paths.mjs';

const NODE_VERSION = '24';
const YARN_VERSION = '4.13.0';
/** Backstage supports Node 22 and 24; the sandbox needs type stripping, which 22 has from 22.18. */
const SUPPORTED = [
  [22, 18],
  [24, 0],
];
/** The oldest git with everything that the mirror uses. */
const GIT_MINIMUM = [2, 36];

function isSupportedNode(version) {
  const [major, minor] = version.split('.').map(Number);
  return SUPPORTED.some(([a, b]) => major === a && minor >= b);
}

function requireGit() {
  const result = spawnSync('git', ['--version'], { encoding: 'utf8' });
  const version = /(\d+)\.(\d+)/.exec(result.stdout ?? '');
  const [major, minor] = version ? version.slice(1).map(Number) : [0, 0];
  if (!version) {
    throw new Stop(
      'git is missing.',
      'Install it (Debian and Ubuntu: apt install git; macOS: xcode-select --install) and run the command again.',
    );
  }
  if (
    major < GIT_MINIMUM[0] ||
    (major === GIT_MINIMUM[0] && minor < GIT_MINIMUM[1])
  ) {
    throw new Stop(
      `git ${major}.${minor} is too old.`,
      `Install git ${GIT_MINIMUM.join(
        '.',
      )} or newer and run the command again.`,
    );
  }
}

/** Installs a package of the npm registry into the toolchain's folder. */
function installTool(spec) {
  mkdirSync(toolchainDir, { recursive: true });
  const manifest = join(toolchainDir, 'package.json');
  if (!existsSync(manifest)) {
    writeFileSync(manifest, '{ "private": true }\n');
  }
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(
    npm,
    ['install', '--no-audit', '--no-fund', '--prefix', toolchainDir, spec],
    {
      encoding: 'utf8',
      cwd: toolchainDir,
      shell: process.platform === 'win32',
    },
  );
  if (result.error) {
    throw new Stop(
      `npm is missing, and with it the way to get ${spec}.`,
      `Install Node ${NODE_VERSION} with npm, or put Node ${NODE_VERSION} and Yarn ${YARN_VERSION} on the PATH.`,
    );
  }
  if (result.status !== 0) {
    const log = join(toolchainDir, 'toolchain.log');
    const output = `${result.stdout}\n${result.stderr}`;
    writeFileSync(log, output);
    throw explainFailure(`Getting ${spec}`, output, log);
  }
}

function findNode() {
  if (isSupportedNode(process.versions.node)) {
    return process.execPath;
  }
  // The package `node` fetches this one in an install script; asking for it by
  // name works where install scripts are off.
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  // The one name that breaks the pattern.
  const prefix =
    platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const name = `${prefix}-${platform}-${process.arch}`;
  const file = join(
    toolchainDir,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (!existsSync(file)) {
    say(
      `Node ${process.versions.node} is not supported by Backstage. Getting Node ${NODE_VERSION} for this repository alone…`,
    );
    installTool(`${name}@${NODE_VERSION}`);
  }
  try {
    execFileSync(file, ['--version']);
  } catch (error) {
    throw new Stop(
      `Node ${NODE_VERSION} from the npm registry does not run on this machine: ${error.message}`,
      `Install Node ${NODE_VERSION} yourself, put it on the PATH and run the command again.`,
    );
  }
  return file;
}

/** Yarn has put itself and its Node first on the PATH of what it runs. */
function isRunByYarn(node) {
  const agent = process.env.npm_config_user_agent ?? '';
  return agent.startsWith('yarn/4.') && node === process.execPath;
}

function findYarn(node) {
  const file = join(toolchainDir, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js');
  if (!existsSync(file)) {
    say(`Getting Yarn ${YARN_VERSION} for this repository alone…`);
    installTool(`@yarnpkg/cli-dist@${YARN_VERSION}`);
  }
  execFileSync(node, [file, '--version']);
  return file;
}

/** Puts `node` and `yarn` into a folder, for the tools that look on the PATH. */
function writeShims(node, yarn) {
  const bin = join(toolchainDir, 'bin');
  mkdirSync(bin, { recursive: true });
  if (process.platform === 'win32') {
    writeFileSync(join(bin, 'yarn.cmd'), `@"${node}" "${yarn}" %*\r\n`);
  } else {
    const shim = join(bin, 'yarn');
    writeFileSync(shim, `#!/bin/sh\nexec "${node}" "${yarn}" "$@"\n`);
    chmodSync(shim, 0o755);
  }
  return bin;
}

/**
 * Finds or gets what everything else runs on.
 *
 * Returns the path of a supported Node, and an environment whose PATH begins
 * with it and with a Yarn 4. Throws a Stop that says what is missing.
 */
export async function ensureToolchain() {
  requireGit();
  const node = findNode();
  const bins = isRunByYarn(node)
    ? []
    : [writeShims(node, findYarn(node)), dirname(node)];
  const env = {
    ...process.env,
    PATH: [...bins, process.env.PATH].join(delimiter),
    // A company's network often has a certificate authority of its own, which
    // the system trusts and Node by itself doesn't.
    NODE_USE_SYSTEM_CA: process.env.NODE_USE_SYSTEM_CA ?? '1',
    // A backend loads thousands of files: V8 needn't compile them each time.
    NODE_COMPILE_CACHE:
      process.env.NODE_COMPILE_CACHE ?? join(toolchainDir, 'compile-cache'),
  };
  // npm's own settings arrive as variables and mean nothing to Yarn.
  for (const key of Object.keys(env)) {
    if (/^npm_(lifecycle|package|command|execpath|node_execpath)/.test(key)) {
      delete env[key];
    }
  }
  return { node, env };
}
