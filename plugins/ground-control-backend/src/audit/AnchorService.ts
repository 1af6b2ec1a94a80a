import { ServiceUnavailableError } from '@backstage/errors';
import {
  FoundMessage,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { readCommitTrailers } from '../gitops/readCommitTrailers';
import { readTrailers } from '../gitops/releaseManager/releaseMessage';
import { AUDIT_HEAD_TRAILER, readHeadTrailer } from './auditHeadTrailer';
import { AuditSettings } from './readAuditConfig';
import { AuditHead } from './types';

/** Commits that are asked for at a time. */
const BATCH = 500;

/** A head of the trail that a commit holds. */
export interface Anchor extends AuditHead {
  revision: string;
  /** Whether we noted the commit as one of ours. */
  isOurs: boolean;
}

export interface AnchorServiceOptions extends AuditSettings {
  knex: Knex;
  repository: string;
  /** Local git objects of the config repository. */
  mirror: Pick<Mirror, 'tip' | 'objects' | 'searchMessages' | 'findContained'>;
}

/**
 * Knows which heads of the audit trail commits hold. Whoever tampers with the
 * database can't tamper with those: they are in everybody's clone. So they are
 * looked for on the branch itself, and no table says which commits there are.
 *
 * Tables say only which commits we noted as ours. A commit that we didn't note
 * is either somebody else's, whose message says what they like, or its note was
 * removed: from here nobody can tell one from the other, so it counts, and is
 * told as what it is.
 *
 * Heads of commits of ours are noted when they are seen on the branch, so that
 * they are known when its history was rewritten; while git has the commit, what
 * it says counts, not what was noted.
 */
export class AnchorService {
  constructor(private readonly options: AnchorServiceOptions) {}

  /**
   * Notes the heads of commits of ours that are on the branch and weren't
   * noted.
   *
   * @returns how many were noted
   */
  async note(): Promise<number> {
    const { knex, repository } = this.options;
    let noted = 0;
    let after = '';
    for (;;) {
      const revisions: string[] = await knex('release_request_commits as ours')
        .join('commits', {
          'commits.repository': 'ours.repository',
          'commits.revision': 'ours.revision',
        })
        .leftJoin('audit_anchors', {
          'audit_anchors.repository': 'ours.repository',
          'audit_anchors.revision': 'ours.revision',
        })
        .where('ours.repository', repository)
        .where('ours.revision', '>', after)
        .whereNull('audit_anchors.revision')
        .orderBy('ours.revision')
        .limit(BATCH)
        .pluck('ours.revision');
      if (revisions.length === 0) return noted;
      after = revisions[revisions.length - 1];
      const found = await this.readFromGit(revisions);
      for (const [revision, head] of found) {
        await knex('audit_anchors')
          .insert({ repository, revision, ...head })
          .onConflict(['repository', 'revision'])
          .ignore();
      }
      noted += found.size;
    }
  }

  /**
   * All heads: those that the branch holds, and those that were noted of
   * commits that it has lost.
   *
   * @throws ServiceUnavailableError while this process has no copy of the
   * branch: what it holds isn't known then
   */
  async *read(): AsyncGenerator<Anchor[]> {
    const { tip } = this.options.mirror;
    if (tip === undefined) {
      throw new ServiceUnavailableError(
        'The audit trail can’t be verified yet: this backend has not fetched the config repository since it started, and its commits hold the heads of the trail. Try again in a moment; the state of the config repository says what keeps it.',
      );
    }
    yield* this.readBranch(tip);
    yield* this.readLost(tip);
  }

  private async *readBranch(tip: string): AsyncGenerator<Anchor[]> {
    const { mirror, since, forgedHeads } = this.options;
    if (since !== undefined) await this.requireCommit(since);
    const groups = mirror.searchMessages({
      trailer: AUDIT_HEAD_TRAILER,
      from: since,
      to: tip,
    });
    for await (const group of groups) {
      for (let at = 0; at < group.length; at += BATCH) {
        const anchors = await this.readMessages(group.slice(at, at + BATCH));
        yield anchors.filter(
          ({ revision, isOurs }) => isOurs || !forgedHeads.includes(revision),
        );
      }
    }
  }

  private async readMessages(group: FoundMessage[]): Promise<Anchor[]> {
    const ours = await this.readOurs(group.map(({ revision }) => revision));
    return group.flatMap(({ revision, message }) => {
      const head = readHeadTrailer(readTrailers(message).trailers);
      return head ? { revision, isOurs: ours.has(revision), ...head } : [];
    });
  }

  private async readOurs(revisions: string[]): Promise<Set<string>> {
    const { knex, repository } = this.options;
    const pluck = (table: string): Promise<string[]> =>
      knex(table)
        .where({ repository })
        .whereIn('revision', revisions)
        .pluck('revision');
    return new Set([
      ...(await pluck('release_request_commits')),
      ...(await pluck('audit_anchors')),
    ]);
  }

  private async *readLost(tip: string): AsyncGenerator<Anchor[]> {
    const { knex, repository, mirror } = this.options;
    let after = '';
    for (;;) {
      const rows: Array<AuditHead & { revision: string }> = await knex(
        'audit_anchors',
      )
        .where({ repository })
        .where('revision', '>', after)
        .orderBy('revision')
        .limit(BATCH)
        .select('revision', 'sequence', 'hash');
      if (rows.length === 0) return;
      after = rows[rows.length - 1].revision;
      const revisions = rows.map(({ revision }) => revision);
      const contained = await mirror.findContained({ revisions, tip });
      const onBranch = new Set(contained);
      const lost = rows.filter(({ revision }) => !onBranch.has(revision));
      const inGit = await this.readFromGit(
        lost.map(({ revision }) => revision),
      );
      yield lost.map(row => ({
        ...row,
        isOurs: true,
        ...inGit.get(row.revision),
      }));
    }
  }

  private async readFromGit(
    revisions: string[],
  ): Promise<Map<string, AuditHead>> {
    const objects = await this.options.mirror.objects();
    const found = new Map<string, AuditHead>();
    await Promise.all(
      revisions.map(async revision => {
        const head = readHeadTrailer(
          await readCommitTrailers(objects, revision),
        );
        if (head) found.set(revision, head);
      }),
    );
    return found;
  }

  private async requireCommit(revision: string): Promise<void> {
    const objects = await this.options.mirror.objects();
    const { found } = await objects.read(revision, { maxBytes: 0 });
    if (found === 'no') {
      throw new Error(
        `The audit trail can’t be verified: groundControl.audit.since names commit ${revision}, which the config repository doesn’t have. Name the last commit before the trail began.`,
      );
    }
  }
}
