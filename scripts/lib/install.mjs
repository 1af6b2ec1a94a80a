import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { explainFailure, say } from './messages.mjs';
import { root, toolchainDir } from './paths.mjs';

const STAMP = join(root, 'node_modules', '.ground-control-installed');
/** Yarn tries each of some 2,000 packages before it gives up on a network. */
const MOST_REQUEST_ERRORS = 20;
const LOG = join(toolchainDir, 'install.log');

/** Hash of all that decides what an install brings. */
function fingerprint() {
  const hash = createHash('sha256');
  const manifests = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(root, folder))
      .sort()
      .map(name => join(root, folder, name, 'package.json')),
  );
  for (const file of [
    join(root, 'yarn.lock'),
    join(root, '.yarnrc.yml'),
    join(root, 'package.json'),
    ...manifests,
  ]) {
    if (existsSync(file)) {
      hash.update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

function isInstalled(wanted) {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted;
}

/** Runs Yarn, says which step it is at, and keeps its output in a file. */
function runYarnInstall(env) {
  mkdirSync(toolchainDir, { recursive: true });
  const log = createWriteStream(LOG);
  const started = Date.now();
  let output = '';
  let step = 'starting';
  let requestErrors = 0;
  const child = spawn('yarn', ['install', '--immutable'], {
    cwd: root,
    // Windows runs a script, which yarn is there, by its shell alone.
    shell: process.platform === 'win32',
    env: { ...env, CI: '', FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      log.write(chunk);
      output = (output + chunk).slice(-200_000);
      for (const match of String(chunk).matchAll(/┌ (\w+) step/g)) {
        step = match[1].toLowerCase();
      }
      requestErrors += String(chunk).split('RequestError').length - 1;
      if (requestErrors > MOST_REQUEST_ERRORS) child.kill();
    });
  }
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    say(`  … ${step} step, ${seconds} s`);
  }, 10_000);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => {
      clearInterval(timer);
      log.end();
      if (code === 0) {
        resolve(Math.round((Date.now() - started) / 1000));
      } else {
        reject(explainFailure('Installing the dependencies', output, LOG));
      }
    });
  });
}

/**
 * Installs what the lock file says, unless that was done already. Rejects with
 * a Stop that says why it couldn't.
 */
export async function ensureInstalled({ env }) {
  const wanted = fingerprint();
  if (isInstalled(wanted)) {
    return;
  }
  say(
    'Installing the dependencies (about a minute from a warm cache, a few from a cold one)…',
  );
  rmSync(STAMP, { force: true });
  const seconds = await runYarnInstall(env);
  writeFileSync(STAMP, wanted);
  say(`Installed in ${seconds} s.`);
}
