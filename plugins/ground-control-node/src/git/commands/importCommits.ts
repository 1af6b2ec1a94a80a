import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GitFault } from '../GitFault';
import { GitRunner } from '../GitRunner';
import { isObjectId, requireObjectId } from '../objectId';
import { CommitPlan, GitIdentity, TreeChange } from '../writing';
import { checkCommitPlan } from './checkCommitPlan';

/** A commit as it was written. */
export interface WrittenCommit {
  revision: string;
  /** Its whole tree. */
  tree: string;
}

// Trees of all services, of which each is read once.
const SMALL_CACHE = 'core.deltaBaseCacheLimit=1m';
// It is gone again before git ends, so no reader ever sees it.
const REF = 'refs/ground-control/writing';

function formatIdentity(role: string, who: GitIdentity, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `${role} ${who.name.trim()} <${who.email.trim()}> ${seconds} +0000\n`;
}

/** Always quoted; what would end a line was refused before. */
function formatPath(path: string): string {
  return `"${path.replace(/"/g, '\\"')}"`;
}

function* formatData(content: Buffer): Generator<Buffer> {
  yield Buffer.from(`data ${content.length}\n`);
  yield content;
  yield Buffer.from('\n');
}

function* formatChange(change: TreeChange): Generator<Buffer> {
  const path = formatPath(change.path);
  if (change.kind === 'remove') {
    yield Buffer.from(`D ${path}\n`);
  } else if (change.kind === 'graft') {
    yield Buffer.from(`M ${change.mode} ${change.object} ${path}\n`);
  } else {
    yield Buffer.from(`M ${change.mode} inline ${path}\n`);
    yield* formatData(change.content);
  }
}

/** What `git fast-import` is told: each commit on the one before. */
export function* formatImport(
  base: string,
  commits: CommitPlan[],
): Generator<Buffer> {
  yield Buffer.from('feature done\n');
  for (const [i, plan] of commits.entries()) {
    const { author, committer, at } = plan;
    yield Buffer.from(
      `commit ${REF}\nmark :${i + 1}\n${formatIdentity('author', author, at)}` +
        `${formatIdentity('committer', committer, at)}`,
    );
    yield* formatData(Buffer.from(plan.message));
    yield Buffer.from(`from ${i === 0 ? base : `:${i}`}\n`);
    for (const change of plan.changes) yield* formatChange(change);
    yield Buffer.from(`\nget-mark :${i + 1}\nls :${i + 1} ""\n`);
  }
  yield Buffer.from(`reset ${REF}\nfrom ${base.replace(/./g, '0')}\n\ndone\n`);
}

/** Reads its answers: a line with the commit and one with its tree, each. */
export function parseImport(text: string): WrittenCommit[] {
  const lines = text.split('\n');
  const written: WrittenCommit[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const tree = /^040000 tree ([0-9a-f]+)\t$/.exec(lines[at + 1])?.[1];
    if (!isObjectId(lines[at]) || !tree) return written;
    written.push({ revision: lines[at], tree });
  }
  return written;
}

/**
 * Writes commits, each on the one before, with one `git fast-import`: no work
 * tree, no index, and no ref is left behind.
 */
export async function importCommits(
  runner: GitRunner,
  options: {
    gitDir: string;
    base: string;
    commits: CommitPlan[];
    signal?: AbortSignal;
    timeoutMs: number;
  },
): Promise<WrittenCommit[]> {
  const { gitDir, base, commits, signal, timeoutMs } = options;
  requireObjectId(base);
  commits.forEach(checkCommitPlan);
  const process = await runner.start({
    args: ['-c', SMALL_CACHE, 'fast-import', '--quiet', '--force', '--done'],
    gitDir,
    signal,
    timeoutMs,
  });
  let text = '';
  process.child.stdout
    .setEncoding('latin1')
    .on('data', (piece: string) => (text += piece));
  const input = Readable.from(formatImport(base, commits), {
    objectMode: false,
  });
  // A git that ended before it read everything is told by how it ended.
  await pipeline(input, process.child.stdin).catch(() => {});
  const outcome = await process.ended;
  signal?.throwIfAborted();
  const written = parseImport(text);
  if (
    outcome.end !== 'exited' ||
    outcome.code !== 0 ||
    written.length !== commits.length
  ) {
    // Where it left its report means nothing to a reader, and is gone by then.
    const stderr = outcome.stderr.replace(/^fast-import: .*$/gm, '');
    throw new GitFault('The commits could not be written', {
      ...outcome,
      stderr,
    });
  }
  return written;
}
