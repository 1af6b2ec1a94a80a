// `yarn kube:assets`: builds a real API server and etcd with Go, for the
// conformance suite, into a cache outside of the repository, and prints the
// folder. Set KUBEBUILDER_ASSETS to it to run the suite against them.
//
// kube-apiserver comes from the Go module k8s.io/kubernetes. That module takes
// its staging modules from a folder of its own repository by replace lines,
// which don't reach whoever requires it, so ours say the same with versions.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fail, Stop } from '../lib/messages.mjs';

const KUBERNETES = '1.35.4';
const ETCD = '3.6.16';

try {
  const folder = join(
    process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
    'ground-control',
    `kube-assets-${KUBERNETES}-etcd-${ETCD}`,
  );
  await mkdir(folder, { recursive: true });
  await requireGo();
  await build(folder, 'kube-apiserver', {
    module: 'k8s.io/kubernetes',
    version: `v${KUBERNETES}`,
    pkg: 'k8s.io/kubernetes/cmd/kube-apiserver',
    ldflags: [
      `-X k8s.io/component-base/version.gitVersion=v${KUBERNETES}`,
      `-X k8s.io/component-base/version.gitMajor=${KUBERNETES.split('.')[0]}`,
      `-X k8s.io/component-base/version.gitMinor=${KUBERNETES.split('.')[1]}`,
    ],
    replace: stagingModules,
  });
  await build(folder, 'etcd', {
    module: 'go.etcd.io/etcd/server/v3',
    version: `v${ETCD}`,
    pkg: 'go.etcd.io/etcd/server/v3',
    ldflags: [],
  });
  process.stdout.write(`${folder}\n`);
} catch (error) {
  process.exitCode = fail(error);
}

async function requireGo() {
  try {
    await go(['version'], { capture: true });
  } catch (error) {
    throw new Stop(
      `Go could not be run: ${error.message}.`,
      'Install Go 1.24 or newer, or set KUBEBUILDER_ASSETS to a folder that has kube-apiserver and etcd.',
    );
  }
}

async function build(folder, name, { module, version, pkg, ldflags, replace }) {
  const binary = join(folder, name);
  if (existsSync(binary)) {
    return;
  }
  process.stderr.write(`Building ${name} ${version} (some minutes)…\n`);
  const work = join(folder, `build-${name}`);
  await rm(work, { recursive: true, force: true });
  await mkdir(work);
  const lines = [
    'module ground-control.dev/kube-assets',
    'go 1.24.0',
    `require ${module} ${version}`,
    ...((await replace?.(work, module, version)) ?? []),
  ];
  await writeFile(join(work, 'go.mod'), `${lines.join('\n')}\n`);
  // Names the program's package, so that tidying keeps what it needs.
  await writeFile(
    join(work, 'tools.go'),
    `//go:build tools\n\npackage tools\n\nimport _ "${pkg}"\n`,
  );
  const env = { GOWORK: 'off', CGO_ENABLED: '0', GOFLAGS: '-mod=mod' };
  await go(
    [
      'build',
      '-trimpath',
      `-ldflags=-s -w ${ldflags.join(' ')}`,
      '-o',
      join(work, name),
      pkg,
    ],
    { cwd: work, env },
  );
  await rename(join(work, name), binary);
  await rm(work, { recursive: true, force: true });
}

/** `replace` lines for the modules that k8s.io/kubernetes has in its own tree. */
async function stagingModules(work, module, version) {
  await writeFile(join(work, 'go.mod'), 'module download\n');
  const answer = await go(
    ['mod', 'download', '-json', `${module}@${version}`],
    {
      capture: true,
      cwd: work,
      env: { GOWORK: 'off' },
    },
  );
  const goMod = await readFile(JSON.parse(answer).GoMod, 'utf8');
  const names = [...goMod.matchAll(/^\s*(\S+) => \.\/staging\//gm)].map(
    match => match[1],
  );
  return names.map(
    name => `replace ${name} => ${name} ${version.replace(/^v1\./, 'v0.')}`,
  );
}

async function go(args, { capture = false, cwd, env = {} } = {}) {
  const child = spawn('go', args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', capture ? 'pipe' : 2, 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', chunk => (output += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) {
    throw new Stop(
      `go ${args[0]} failed with exit code ${code}.`,
      'What it printed above says why.',
    );
  }
  return output;
}
