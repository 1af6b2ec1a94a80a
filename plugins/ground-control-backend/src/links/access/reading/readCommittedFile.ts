import { Mirror } from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { AccessRow } from '../../../requests/types';

/** What tells what a commit changed, from a local copy alone. */
export type CommitMirror = Pick<
  Mirror,
  'entries' | 'findContained' | 'objects'
>;

/** A file before and after the commit of a request, or why it can't be told. */
export type CommittedFile =
  | { before?: Buffer; after?: Buffer }
  | { missing: string };

interface Where {
  mirror: CommitMirror;
  path: string;
  signal?: AbortSignal;
}

const MAX_COMMIT = 256 * 1024;
const MAX_FILE = 1024 * 1024;

const short = (revision: string) => revision.slice(0, 10);

/**
 * The commit that was written for a request: where somebody merged the branch,
 * the one that the merge brought along, and never what else came by it.
 */
async function findOwn(
  knex: Knex,
  { number, repository, revision }: AccessRow,
  { mirror, signal }: Where,
): Promise<string | undefined> {
  const noted: string[] = await knex('release_request_commits')
    .where({ repository, number })
    .pluck('revision');
  if (noted.includes(revision!)) return revision!;
  const reached = { revisions: noted, tip: revision!, signal };
  return (await mirror.findContained(reached)).at(-1);
}

/** @returns undefined where the commit is the first of its branch */
function findParent(commit: Buffer): string | undefined {
  const [head] = commit.toString('latin1').split('\n\n', 1);
  return /^parent ([0-9a-f]{40,64})$/m.exec(head)?.[1];
}

/** @returns undefined where the commit has no such file */
async function readAt(
  revision: string,
  { mirror, path, signal }: Where,
): Promise<Buffer | 'too-large' | undefined> {
  const entries = await mirror.entries({ revision, paths: [path], signal });
  const entry = entries.find(({ mode }) => mode.startsWith('100'));
  if (!entry) return undefined;
  const objects = await mirror.objects();
  const object = await objects.read(entry.id, { maxBytes: MAX_FILE, signal });
  return object.found === 'yes' ? object.content : 'too-large';
}

/** Reads what the commit of a request made of a file. */
export async function readCommittedFile(
  knex: Knex,
  row: AccessRow,
  where: Where,
): Promise<CommittedFile> {
  const revision = row.revision!;
  const { mirror, signal } = where;
  const objects = await mirror.objects();
  const gone = {
    missing: `Commit ${short(
      revision,
    )} isn't in this backend's copy of the config repository.`,
  };
  const tip = await objects.read(revision, { maxBytes: 0, signal });
  if (tip.found === 'no') return gone;
  const own = await findOwn(knex, row, where);
  if (own === undefined) {
    return {
      missing: `What of commit ${short(
        revision,
      )} was written for this request isn't known any more.`,
    };
  }
  const commit = await objects.read(own, { maxBytes: MAX_COMMIT, signal });
  if (commit.found !== 'yes') return gone;
  const parent = findParent(commit.content);
  const [before, after] = await Promise.all([
    parent === undefined ? undefined : readAt(parent, where),
    readAt(own, where),
  ]);
  return before === 'too-large' || after === 'too-large'
    ? { missing: `${where.path} is too large to be compared.` }
    : { before, after };
}
