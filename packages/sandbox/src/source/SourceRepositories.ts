import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BRANCH } from '../git/initRepository.ts';
import { runGit } from '../git/runGit.ts';
import { formatPack } from './formatPack.ts';
import type { PackedObject } from './formatPack.ts';
import { formatPackedRefs } from './formatPackedRefs.ts';
import { journalPath } from './SourceJournal.ts';
import type { JournalLine } from './SourceJournal.ts';

/** As `git init` and a few settings would write it; nobody pushes here. */
const CONFIG = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = true
[http]
	receivepack = false
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[gc]
	auto = 0
`;

interface Made {
  /** How much of the journal is in the repository, in bytes. */
  size: number;
  branches: Map<string, string>;
}

/** Services' own repositories, made of their journals when they are needed. */
export class SourceRepositories {
  private readonly folder: string;
  private readonly made = new Map<string, Made>();
  private readonly queues = new Map<string, Promise<unknown>>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Brings a service's repository up to its journal.
   *
   * @returns false when nothing was ever pushed
   */
  ensure(service: string): Promise<boolean> {
    const before = this.queues.get(service) ?? Promise.resolve();
    const result = before.then(() => this.bringUp(service));
    this.queues.set(
      service,
      result.catch(() => {}),
    );
    return result;
  }

  private async bringUp(service: string): Promise<boolean> {
    const path = journalPath(this.folder, service);
    const found = await stat(path).catch(() => undefined);
    if (!found) {
      return false;
    }
    const known = this.made.get(service);
    if (known?.size === found.size) {
      return true;
    }
    const repository = join(this.folder, `${service}.git`);
    const made = known ?? { size: 0, branches: new Map() };
    const bytes = readFileSync(path).subarray(made.size);
    // A line that is being written is read the next time.
    const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
    const objects: PackedObject[] = [];
    if (made.size === 0) {
      objects.push({ type: 'tree', body: Buffer.alloc(0) });
    }
    for (const text of whole.toString().split('\n').slice(0, -1)) {
      const line = JSON.parse(text) as JournalLine;
      if ('commit' in line) {
        objects.push({ type: 'commit', body: Buffer.from(line.commit) });
      } else if (line.sha === null) {
        made.branches.delete(line.branch);
      } else {
        made.branches.set(line.branch, line.sha);
      }
    }
    if (!existsSync(join(repository, 'HEAD'))) {
      await initialise(repository);
    }
    // Objects first, refs last. What is there already is simply there twice.
    await runGit(repository, ['index-pack', '--stdin'], formatPack(objects));
    const refs = join(repository, 'packed-refs');
    await writeFile(`${refs}.new`, formatPackedRefs(made.branches));
    await rename(`${refs}.new`, refs);
    made.size += whole.length;
    this.made.set(service, made);
    return true;
  }
}

async function initialise(repository: string): Promise<void> {
  await mkdir(join(repository, 'objects', 'pack'), { recursive: true });
  await mkdir(join(repository, 'refs', 'heads'), { recursive: true });
  await writeFile(join(repository, 'config'), CONFIG);
  await writeFile(join(repository, 'HEAD'), `ref: refs/heads/${BRANCH}\n`);
}
