import { homedir } from 'node:os';
import { join } from 'node:path';
import { ServiceUnavailableError } from '@backstage/errors';
import { GitRunner } from '../GitRunner';
import { isObjectId, requireObjectId } from '../objectId';
import { CommitPlan, CommitSigning } from '../writing';
import { WrittenCommit } from './importCommits';

/** One signature; a key that asks for a passphrase must not hold up the rest. */
const TIMEOUT_MS = 30_000;

/**
 * Makes the same commits anew, each on the one before, with a signature. One
 * after the other: a commit's id holds the signature of its parent. What was
 * unsigned is reached by nothing and goes nowhere.
 *
 * @returns their ids, in order
 */
export async function signCommits(
  runner: GitRunner,
  options: {
    gitDir: string;
    base: string;
    commits: CommitPlan[];
    written: WrittenCommit[];
    signing: CommitSigning;
    signal?: AbortSignal;
  },
): Promise<string[]> {
  const { gitDir, commits, written, signing, signal } = options;
  const signed: string[] = [];
  let parent = requireObjectId(options.base);
  for (const [i, { tree }] of written.entries()) {
    const outcome = await runner.run({
      args: [
        ...formatSigning(signing),
        'commit-tree',
        ...['-S', '-p', parent, '-F', '-'],
        requireObjectId(tree),
      ],
      gitDir,
      input: commits[i].message,
      environment: formatEnvironment(commits[i], signing),
      signal,
      timeoutMs: TIMEOUT_MS,
    });
    signal?.throwIfAborted();
    const id = outcome.stdout.toString('latin1').trim();
    if (outcome.end !== 'exited' || outcome.code !== 0 || !isObjectId(id)) {
      // The mirror is as well as ever: it is the key, or what signs with it.
      throw new ServiceUnavailableError(
        `A commit could not be signed: ${
          outcome.stderr.trim().replace(/\s+/g, ' ').slice(0, 300) ||
          outcome.end
        }. Check the key of groundControl.configRepository.writing.signing, and that it needs no passphrase.`,
      );
    }
    signed.push(id);
    parent = id;
  }
  return signed;
}

function formatSigning(signing: CommitSigning): string[] {
  const key = signing.format === 'ssh' ? signing.keyFile : signing.keyId;
  return [
    ...['-c', `gpg.format=${signing.format}`],
    ...['-c', `user.signingKey=${key}`],
  ];
}

function formatEnvironment(
  { author, committer, at }: CommitPlan,
  signing: CommitSigning,
): Record<string, string> {
  const date = `${Math.floor(at.getTime() / 1000)} +0000`;
  return {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
    GIT_COMMITTER_DATE: date,
    // Git's home is a folder of ours, which has no keys.
    ...(signing.format === 'openpgp' && {
      GNUPGHOME:
        signing.home ?? process.env.GNUPGHOME ?? join(homedir(), '.gnupg'),
    }),
  };
}
