import { InputError, isError } from '@backstage/errors';
import {
  CommitPlan,
  GitFault,
} from '@ground-control/backstage-plugin-ground-control-node';
import { readAuditHead } from '../../audit/readAuditHead';
import { readDecisions } from '../store/readDecisions';
import { ReleaseRow } from '../types';
import { BranchTip } from './BranchTip';
import { BuiltChanges } from './buildChanges';
import { AttemptEnd } from './decideAttempt';
import { decideWritable } from './decideWritable';
import { FreshJudgements } from './FreshJudgements';
import { noteCommits } from './noteCommits';
import { planCommit } from './planCommit';
import { PreparedChanges } from './PreparedChanges';
import { BranchNews, readBranchNews } from './readBranchNews';
import { readFacts } from './readFacts';
import { readPolicyKey } from './readPolicyKey';
import { Outcomes, Transact, WritingOptions } from './types';

/** How an attempt went. */
export interface AttemptResult {
  /** What becomes of requests that can't be written as they are. */
  outcomes: Outcomes;
  /** Those that came as far as a commit, and what came of it. */
  written: ReleaseRow[];
  end?: AttemptEnd;
  /** What ended so; a fetch says nothing of the commits. */
  during?: 'fetch' | 'push';
  /** The tables are not where the branch is; ingest has to go first. */
  waitsForIngest?: boolean;
}

/** Commits that are being written; nothing reaches them until they are pushed. */
interface Draft {
  base: string;
  rows: ReleaseRow[];
  commits: Promise<CommitPlan[]>;
  revisions: Promise<string[]>;
}

/** Someone who pushes all the time can't be waited for for ever. */
const MAX_REBUILDS = 20;
/** What a store was too slow to hand out is looked for again so soon. */
const PREPARED_MS = 500;

/**
 * One attempt to bring requests onto the branch: builds their commits, notes
 * them, and pushes them together. When the branch moves meanwhile, all is built
 * anew on its tip, and only what touches the same service is in the way.
 */
export class WriteAttempt {
  readonly #options: WritingOptions;
  readonly #tip: BranchTip;
  readonly #prepared: PreparedChanges;
  readonly #transact: Transact;
  readonly #signal: AbortSignal;
  readonly #now: () => number;
  readonly #judgements: FreshJudgements;
  readonly #outcomes: Outcomes = new Map();
  /** Commits of this attempt that lost against somebody else's. */
  readonly #lost = new Set<string>();
  /** What a release changes doesn't hang on where it is put. */
  readonly #built = new Map<number, BuiltChanges>();

  constructor(
    options: WritingOptions & {
      tip: BranchTip;
      prepared: PreparedChanges;
      transact: Transact;
      signal: AbortSignal;
    },
  ) {
    this.#options = options;
    this.#tip = options.tip;
    this.#prepared = options.prepared;
    this.#transact = options.transact;
    this.#signal = options.signal;
    this.#now = options.now ?? Date.now;
    this.#judgements = new FreshJudgements(options.judge, this.#now);
  }

  async run(claimed: ReleaseRow[]): Promise<AttemptResult> {
    let rows = claimed;
    for (let rebuilds = 0; rebuilds <= MAX_REBUILDS; rebuilds += 1) {
      const base = await this.#findBase(rebuilds > 0);
      if (typeof base !== 'string') return this.#finish(rows, base, 'fetch');
      // Against others who push all the time each moment counts: what was
      // built before is written again while we look whether it still may be.
      const early = this.#isBuilt(rows) ? this.#draft(rows, base) : undefined;
      const news = await this.#readNews(base);
      if (!news) {
        return { outcomes: this.#outcomes, written: [], waitsForIngest: true };
      }
      const onto = news.base;
      rows = await this.#sift(rows, news, onto);
      if (rows.length === 0) return this.#finish([]);
      // All is built by now, and what is to come is short: from a fresh tip on
      // it may be in time, from this one hardly.
      if (rebuilds === 0 && this.#tip.isContested) continue;
      const end = await this.#write(
        early && isOf(early, rows, onto) ? early : this.#draft(rows, onto),
      );
      if (end.kind === 'changed') {
        rows = rows.filter(({ number }) => !end.gone.has(number));
        if (rows.length === 0) return this.#finish([]);
      } else if (end.kind !== 'moved') {
        return this.#finish(rows, end);
      }
    }
    return this.#finish(rows, {
      kind: 'lost',
      reason: `Others wrote to the branch ${MAX_REBUILDS} times, each just before a release could; it is tried again`,
    });
  }

  #finish(
    written: ReleaseRow[],
    end?: AttemptEnd,
    during: AttemptResult['during'] = 'push',
  ): AttemptResult {
    return { outcomes: this.#outcomes, written, end, during };
  }

  async #findBase(refresh: boolean): Promise<string | AttemptEnd> {
    const { known } = this.#tip;
    if (known !== undefined && !refresh) return known;
    const result = await this.#tip.refresh(this.#signal);
    return result.kind === 'fetched' ? result.tip : result;
  }

  /** This mirror may be older than what another replica has read. */
  async #readNews(
    base: string,
  ): Promise<(BranchNews & { base: string }) | undefined> {
    const read = (at: string) =>
      readBranchNews({ ...this.#options, base: at, signal: this.#signal });
    const news = await read(base);
    if (news) return { ...news, base };
    const fresh = await this.#tip.refresh(this.#signal);
    if (fresh.kind !== 'fetched') return undefined;
    const again = await read(fresh.tip);
    return again && { ...again, base: fresh.tip };
  }

  /** Keeps those that may be written, and builds what they change. */
  async #sift(
    rows: ReleaseRow[],
    news: BranchNews,
    base: string,
  ): Promise<ReleaseRow[]> {
    const now = this.#now();
    const facts = await readFacts({
      ...this.#options,
      rows,
      news,
      base,
      lost: this.#lost,
      signal: this.#signal,
    });
    const free = rows.filter(row => {
      const outcome = decideWritable(row, facts.get(row.number)!, now);
      if (outcome) this.#outcomes.set(row.number, outcome);
      return !outcome;
    });
    const policies = await readPolicyKey(this.#options, base, this.#signal);
    const judged = await this.#judgements.judgeAll(
      free,
      this.#signal,
      policies,
    );
    judged.forEach((outcome, number) => this.#outcomes.set(number, outcome));
    return this.#build(free.filter(({ number }) => !judged.has(number)));
  }

  async #build(rows: ReleaseRow[]): Promise<ReleaseRow[]> {
    const unknown = rows.filter(({ number }) => !this.#built.has(number));
    const prepared = await this.#prepared.prepare(unknown, this.#signal);
    return rows.filter(({ number }) => {
      if (this.#built.has(number)) return true;
      const built = prepared.get(number) ?? {
        outcome: { kind: 'postpone', until: this.#now() + PREPARED_MS },
      };
      if ('outcome' in built) {
        this.#outcomes.set(number, built.outcome);
        return false;
      }
      this.#built.set(number, built);
      return true;
    });
  }

  #isBuilt(rows: ReleaseRow[]): boolean {
    return rows.every(({ number }) => this.#built.has(number));
  }

  /** Begins to write the commits of rows that were built. */
  #draft(rows: ReleaseRow[], base: string): Draft {
    const { mirror, writing } = this.#options;
    const { signing } = writing;
    const commits = this.#plan(rows);
    const revisions = commits.then(plans =>
      mirror.write({ base, commits: plans, signing, signal: this.#signal }),
    );
    // Nobody asks how one went that isn't used.
    revisions.catch(() => {});
    return { base, rows, commits, revisions };
  }

  async #write(
    draft: Draft,
  ): Promise<AttemptEnd | { kind: 'changed'; gone: Set<number> }> {
    const { mirror, repository } = this.#options;
    const { base, rows } = draft;
    const signal = this.#signal;
    const commits = await draft.commits;
    let revisions: string[];
    try {
      revisions = await draft.revisions;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof InputError) {
        return {
          kind: 'changed',
          gone: await this.#findBad(rows, commits, base),
        };
      }
      if (error instanceof GitFault && error.suspectsMirror) throw error;
      return { kind: 'write-failed', reason: describe(error) };
    }
    const gone = await noteCommits(this.#transact, {
      repository,
      rows,
      revisions,
      now: this.#now(),
    });
    if (gone.size > 0) return { kind: 'changed', gone };
    const tip = revisions[revisions.length - 1];
    const result = await mirror.push({ expected: base, tip, signal });
    if (result.kind === 'pushed') this.#tip.pushed(base, tip);
    if (result.kind === 'moved') {
      this.#tip.lost();
      revisions.forEach(id => this.#lost.add(id));
    }
    return result;
  }

  async #plan(rows: ReleaseRow[]): Promise<CommitPlan[]> {
    const { knex, layout, writing } = this.#options;
    const numbers = rows.map(({ number }) => number);
    const decisions = await readDecisions(knex, numbers);
    const head = await readAuditHead(knex);
    const now = this.#now();
    return rows.map(row =>
      planCommit(row, this.#built.get(row.number)!, {
        layout,
        writing,
        decisions: decisions.get(row.number) ?? [],
        head,
        now,
      }),
    );
  }

  /** One that git can't write as it is may not keep the others from it. */
  async #findBad(
    rows: ReleaseRow[],
    commits: CommitPlan[],
    base: string,
  ): Promise<Set<number>> {
    const gone = new Set<number>();
    for (const [i, row] of rows.entries()) {
      try {
        await this.#options.mirror.write({
          base,
          commits: [commits[i]],
          signal: this.#signal,
        });
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        gone.add(row.number);
        this.#outcomes.set(row.number, {
          kind: 'fail',
          code: 'artifact-invalid',
          message: error.message,
        });
      }
    }
    return gone;
  }
}

function isOf(draft: Draft, rows: ReleaseRow[], base: string): boolean {
  return (
    draft.base === base &&
    draft.rows.length === rows.length &&
    rows.every((row, i) => row === draft.rows[i])
  );
}

function describe(error: unknown): string {
  return isError(error) ? error.message : 'The commits could not be written';
}
