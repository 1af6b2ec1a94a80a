import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { say, Stop } from './messages.mjs';
import { dataDir, root } from './paths.mjs';

/** Where the unpacked production bundle is. */
export const bundleDir = join(dataDir, 'bundle');
const STAMP = join(bundleDir, '.sources');

/** Hash of every source file that the bundle is made of. */
function fingerprint() {
  const { stdout, status } = spawnSync(
    'git',
    ['ls-files', '-co', '--exclude-standard', '--', 'packages', 'plugins'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (status !== 0) {
    return undefined;
  }
  const hash = createHash('sha256');
  const isSource = file =>
    !/\.test\.tsx?$|\/e2e-tests\/|__fixtures__|^packages\/(sandbox|bench)\//.test(
      file,
    );
  for (const file of [...stdout.split('\n'), 'yarn.lock', 'package.json']) {
    if (file && isSource(file) && existsSync(join(root, file))) {
      hash.update(file).update(readFileSync(join(root, file)));
    }
  }
  return hash.digest('hex');
}

async function run(file, args, cwd) {
  let output = '';
  const status = await new Promise(resolve => {
    const child = spawn(file, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', FORCE_COLOR: '0' },
    });
    const keep = chunk => {
      output = `${output}${chunk}`.slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    // Who stops us stops it.
    const end = () => child.kill();
    process.once('exit', end);
    child.on('error', error => {
      keep(error.message);
      resolve();
    });
    child.on('close', code => {
      process.off('exit', end);
      resolve(code);
    });
  });
  if (status !== 0) {
    throw new Stop(
      `${file} ${args.join(' ')} failed in ${relative(root, cwd) || '.'}:`,
      output,
    );
  }
}

/**
 * The bundle holds our own packages built; what it takes from the registry it
 * finds in the repository's node_modules, above it. Only the names of our own
 * packages would be found there as sources, so they get links of their own.
 */
function linkOwnPackages() {
  for (const folder of ['packages', 'plugins']) {
    const parent = join(bundleDir, folder);
    for (const entry of existsSync(parent) ? readdirSync(parent) : []) {
      const packageDir = join(parent, entry);
      const manifest = join(packageDir, 'package.json');
      if (existsSync(manifest)) {
        const { name } = JSON.parse(readFileSync(manifest, 'utf8'));
        const link = join(bundleDir, 'node_modules', name);
        mkdirSync(dirname(link), { recursive: true });
        symlinkSync(relative(dirname(link), packageDir), link);
      }
    }
  }
}

/**
 * Builds the portal as it is deployed, both frontends and the backend, and
 * unpacks it; does nothing when no source has changed since. Resolves to the
 * folder; `node packages/backend` starts it there.
 */
export async function buildBundle() {
  const wanted = fingerprint();
  if (wanted && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) {
    return bundleDir;
  }
  say('Building the portal as it is deployed (two to four minutes)…');
  rmSync(bundleDir, { recursive: true, force: true });
  mkdirSync(bundleDir, { recursive: true });
  const backend = join(root, 'packages/backend');
  await run('yarn', ['backstage-cli', 'package', 'build'], backend);
  for (const archive of ['skeleton', 'bundle']) {
    await run(
      'tar',
      ['xzf', join(backend, `dist/${archive}.tar.gz`), '-C', bundleDir],
      root,
    );
  }
  linkOwnPackages();
  writeFileSync(STAMP, wanted ?? '');
  return bundleDir;
}
