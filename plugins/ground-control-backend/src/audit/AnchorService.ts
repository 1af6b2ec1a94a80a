import { Knex } from 'knex';
import { CommitObjects, readCommitHead } from './readCommitHead';
import { AuditHead } from './types';

/** Commits that are read from git at a time. */
const BATCH = 500;

/** A head of the trail that a commit on the branch holds. */
export interface Anchor extends AuditHead {
  revision: string;
}

/**
 * Knows which heads of the audit trail commits of ours hold. Whoever tampers
 * with the database can't tamper with those: they are in everybody's clone.
 *
 * Heads are noted when a commit is seen on the branch, so that they are known
 * when its history was rewritten; while git has the commit, what it says
 * counts, not what was noted.
 */
export class AnchorService {
  constructor(
    private readonly options: {
      knex: Knex;
      repository: string;
      /** Local git objects of the config repository. */
      openObjects(): Promise<CommitObjects>;
    },
  ) {}

  /**
   * Notes the heads of commits of ours that are on the branch and weren't
   * noted. A commit that somebody else made is none of ours, whatever its
   * trailers say.
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
      for (const { revision, ...head } of found) {
        await knex('audit_anchors')
          .insert({ repository, revision, ...head })
          .onConflict(['repository', 'revision'])
          .ignore();
      }
      noted += found.length;
    }
  }

  /** All heads, in the order of their sequence. */
  async *read(): AsyncGenerator<Anchor[]> {
    const { knex, repository } = this.options;
    let last = { sequence: 0, revision: '' };
    for (;;) {
      const rows: Anchor[] = await knex('audit_anchors')
        .where({ repository })
        .whereRaw('(sequence, revision) > (?, ?)', [
          last.sequence,
          last.revision,
        ])
        .orderBy(['sequence', 'revision'])
        .limit(BATCH)
        .select('revision', 'sequence', 'hash');
      if (rows.length === 0) return;
      last = rows[rows.length - 1];
      const inGit = await this.readFromGit(rows.map(row => row.revision));
      const heads = new Map(inGit.map(anchor => [anchor.revision, anchor]));
      yield rows.map(row => heads.get(row.revision) ?? row);
    }
  }

  private async readFromGit(revisions: string[]): Promise<Anchor[]> {
    const objects = await this.options.openObjects();
    const found = await Promise.all(
      revisions.map(async revision => {
        const head = await readCommitHead(objects, revision);
        return head && { revision, ...head };
      }),
    );
    return found.filter(anchor => anchor !== undefined);
  }
}
