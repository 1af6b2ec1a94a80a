// Run by hand, from the root:
//   node packages/sandbox/src/clusters/measure.ts [services] [clusters]
// It prints how long the clusters take from nothing to complete, what they
// weigh, and what a commit costs that moves every Kustomization of all of
// them, while somebody watches each.
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendCommits } from '../git/appendCommits.ts';
import { startSandbox } from '../server/startSandbox.ts';
import type { ClusterAddress } from './ClustersWorld.ts';

const KUSTOMIZATIONS = '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations';
const WATCHED = [
  KUSTOMIZATIONS,
  '/apis/apps/v1/deployments',
  '/api/v1/events',
  '/apis/source.toolkit.fluxcd.io/v1/gitrepositories',
];
const END = Date.UTC(2026, 5, 1, 12) / 1000;

function print(what: string, figure: number, unit: string): void {
  process.stdout.write(`${what.padEnd(48)} ${figure.toFixed(0)} ${unit}\n`);
}

function megabytes(): number {
  return process.memoryUsage().rss / 1e6;
}

async function main(): Promise<void> {
  const [services = 450, clusters = 7] = process.argv.slice(2).map(Number);
  const dir = mkdtempSync(join(tmpdir(), 'measure-clusters-'));
  const options = {
    dir,
    services,
    clusters,
    days: 10,
    end: END,
    artifacts: false,
    port: 0,
    rate: 0,
    gitToken: 'token',
  };
  const built = await startSandbox({ ...options, embeddedClusters: false });
  await built.stop();
  const without = megabytes();

  const beganAt = Date.now();
  const bare = await startSandbox({ ...options, embeddedClusters: false });
  const bareMs = Date.now() - beganAt;
  await bare.stop();
  const startedAt = Date.now();
  const sandbox = await startSandbox(options);
  print('start of the clusters', Date.now() - startedAt - bareMs, 'ms');
  print('memory before', without, 'MB');
  print('memory with them', megabytes(), 'MB');

  let bytes = 0;
  const watches = sandbox.clusters.flatMap(({ url, token }) =>
    WATCHED.map(path => {
      const headers = { authorization: `Bearer ${token}` };
      const request = get(`${url}${path}?watch=1`, { headers }, response =>
        response.on('data', chunk => {
          bytes += chunk.length;
        }),
      );
      return request.on('error', () => {});
    }),
  );
  await new Promise(resolve => setTimeout(resolve, 2000));
  bytes = 0;

  const isThere = async ({ url, token }: ClusterAddress, tip: string) => {
    const response = await fetch(`${url}${KUSTOMIZATIONS}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { items } = (await response.json()) as {
      items: { status?: { lastAppliedRevision?: string } }[];
    };
    return items.every(item => item.status?.lastAppliedRevision?.endsWith(tip));
  };
  const used = process.cpuUsage();
  const pushedAt = Date.now();
  const tip = await appendCommits(sandbox.world.repositoryPath, [
    {
      author: { name: 'A', email: 'a@bank.example' },
      committer: { name: 'A', email: 'a@bank.example' },
      at: END,
      zone: '+0000',
      message: 'Measure\n',
      changes: [{ kind: 'file', path: 'docs/measure.md', content: 'x' }],
    },
  ]);
  // Asking costs too: only once it ought to be over.
  await new Promise(resolve => setTimeout(resolve, 7000));
  const { user, system } = process.cpuUsage(used);
  const all = await Promise.all(
    sandbox.clusters.map(cluster => isThere(cluster, tip!)),
  );
  print('a commit that moves everything, CPU', (user + system) / 1000, 'ms');
  print('what the watches were sent', bytes / 1e6, 'MB');
  print('memory afterwards', megabytes(), 'MB');
  process.stdout.write(
    all.every(Boolean)
      ? `all clusters were there after ${
          Date.now() - pushedAt
        } ms at the latest\n`
      : 'NOT all clusters got there\n',
  );
  watches.forEach(watch => watch.destroy());
  await sandbox.stop();
  rmSync(dir, { recursive: true, force: true });
}

main();
