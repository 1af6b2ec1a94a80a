import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from '../../lib/statistics.ts';
import { ConfigRepository, git, releaseFiles } from './ConfigRepository.ts';
import type { Wish } from './worker.ts';

const folderOf = ({ service, environment }: Wish) =>
  `${environment}/releases/${environment}/${service}`;

/** As release-manager does it: a clone with all files for each release. */
async function releaseByCheckout(
  repository: ConfigRepository,
  work: string,
  wish: Wish,
): Promise<void> {
  const { service, environment, build } = wish;
  await git('/', [
    ...['clone', '-q', '--depth', '1', '--branch', 'master'],
    ...[`file://${repository.path}`, work],
  ]);
  const folder = join(work, folderOf(wish));
  await rm(folder, { recursive: true });
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(releaseFiles(service, build))) {
    await writeFile(join(folder, name), content);
  }
  await git(work, ['add', '--all', '.']);
  await git(work, [
    'commit',
    '-q',
    '-m',
    `[${environment}/${service}] release ${build}`,
  ]);
  await git(work, ['push', '-q', 'origin', 'HEAD:master']);
}

/** The same without a work tree: the best that a clone for each can be. */
async function releaseByPlumbing(
  repository: ConfigRepository,
  work: string,
  wish: Wish,
): Promise<void> {
  const { service, environment, build } = wish;
  await git('/', [
    ...['clone', '-q', '--depth', '1', '--no-checkout', '--branch', 'master'],
    ...[`file://${repository.path}`, work],
  ]);
  await git(work, ['read-tree', 'HEAD']);
  const folder = folderOf(wish);
  await git(work, ['rm', '-rq', '--cached', folder]);
  const lines = [];
  for (const [name, content] of Object.entries(releaseFiles(service, build))) {
    const id = await git(work, ['hash-object', '-w', '--stdin'], content);
    lines.push(`100644 ${id}\t${folder}/${name}\n`);
  }
  await git(work, ['update-index', '--index-info'], lines.join(''));
  const tree = await git(work, ['write-tree']);
  const commit = await git(
    work,
    ['commit-tree', tree, '-p', 'HEAD'],
    `[${environment}/${service}] release ${build}\n`,
  );
  await git(work, ['push', '-q', 'origin', `${commit}:refs/heads/master`]);
}

/** Seconds that a release takes each way, at the median of those. */
export async function timeRivals(
  repository: ConfigRepository,
  folder: string,
  wishes: { checkout: Wish[]; plumbing: Wish[] },
): Promise<{ checkout: number; plumbing: number }> {
  const time = async (release: typeof releaseByCheckout, those: Wish[]) => {
    const times = [];
    for (const wish of those) {
      const work = join(folder, 'rival');
      const started = performance.now();
      await release(repository, work, wish);
      times.push((performance.now() - started) / 1000);
      await rm(work, { recursive: true });
    }
    return median(times);
  };
  return {
    checkout: await time(releaseByCheckout, wishes.checkout),
    plumbing: await time(releaseByPlumbing, wishes.plumbing),
  };
}

/** Another program that pushes so often, each time on the tip, or again. */
export async function pushUntil(
  repository: ConfigRepository,
  folder: string,
  options: { everyMs: number; signal: AbortSignal },
): Promise<number> {
  const work = join(folder, 'other.git');
  await git('/', ['clone', '-q', '--bare', repository.path, work]);
  let pushed = 0;
  let due = performance.now();
  while (!options.signal.aborted) {
    const wait = due - performance.now();
    if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait));
    due += options.everyMs;
    for (let done = false; !done; ) {
      await git(work, ['fetch', '-q', 'origin', '+master:refs/other/master']);
      const commit = await git(
        work,
        [
          ...['commit-tree', 'refs/other/master^{tree}'],
          ...['-p', 'refs/other/master'],
        ],
        `Tidy ${pushed}\n`,
      );
      done = await git(work, [
        'push',
        '-q',
        'origin',
        `${commit}:refs/heads/master`,
      ]).then(
        () => true,
        () => false,
      );
    }
    pushed += 1;
  }
  return pushed;
}
