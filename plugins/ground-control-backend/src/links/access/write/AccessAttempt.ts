import { InputError } from '@backstage/errors';
import {
  CommitPlan,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { readAuditHead } from '../../../audit/readAuditHead';
import { RepositoryFiles } from '../../../gitops/MirrorFiles';
import { readAskedAccess } from '../../../requests/store/readAskedAccess';
import { readDecisions } from '../../../requests/store/readDecisions';
import { AccessRow, RequestJudge } from '../../../requests/types';
import { WriterTurn, WritingSettings } from '../../../requests/writing';
import { AttemptEnd } from '../../../requests/writing/decideAttempt';
import { decideArrived } from '../../../requests/writing/decideArrived';
import { FreshJudgements } from '../../../requests/writing/FreshJudgements';
import { noteCommits } from '../../../requests/writing/noteCommits';
import { readArrived } from '../../../requests/writing/readArrived';
import { RequestOutcome } from '../../../requests/writing/types';
import { GatewaySettings } from '../../entries/types';
import { FileMode, planAccess } from './planAccess';

export interface AccessAttemptOptions {
  knex: Knex;
  repository: string;
  mirror: Mirror;
  /** Of the same mirror. */
  files: RepositoryFiles;
  gateway: GatewaySettings;
  judge: RequestJudge;
  writing: WritingSettings;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * How an attempt went: what becomes of the request without a commit, how the
 * attempt to bring one to the branch ended, or nothing, where something else
 * happened to the request meanwhile.
 */
export type AccessAttemptResult =
  | { outcome: RequestOutcome }
  | { end: AttemptEnd; during: 'fetch' | 'push' }
  | { gone: true };

/** Others may push all the time; the releases behind it wait. */
const MAX_MOVES = 8;
/** Nothing is known beforehand: git is asked of each commit. */
const NONE: ReadonlySet<string> = new Set();

/**
 * One attempt to bring the commit of one request for access onto the branch.
 * Each request changes the same file, so each is built on what the branch has
 * right then, and anew when it moves.
 *
 * It rests on what RequestWriter does: commits are noted before they are
 * pushed, a push names the tip that it was built on, and before anything is
 * built or judged it is looked for a commit of the request at that tip. Judged
 * after its own commit, a request would look as if somebody else had been
 * quicker.
 */
export class AccessAttempt {
  readonly #options: AccessAttemptOptions;
  readonly #turn: WriterTurn;

  constructor(options: AccessAttemptOptions, turn: WriterTurn) {
    this.#options = options;
    this.#turn = turn;
  }

  async run(row: AccessRow): Promise<AccessAttemptResult> {
    const { judge, mirror, now } = this.#options;
    const { tip, signal } = this.#turn;
    for (let moves = 0; moves < MAX_MOVES; moves += 1) {
      const fetched = await tip.refresh(signal);
      if (fetched.kind !== 'fetched') return { end: fetched, during: 'fetch' };
      const base = fetched.tip;
      const arrived = await this.#findArrived(row, base);
      if (arrived) return { outcome: arrived };
      // Each time anew: what moved may be the file.
      const judgements = new FreshJudgements(judge, now);
      const judged = await judgements.judgeAll([row], signal);
      const { revision, planned } = await this.#plan(row);
      // Ingest fetches too: what was looked at is of another tip then.
      if (revision !== base || mirror.tip !== base) continue;
      const outcome = judged.get(row.number);
      if (outcome) return { outcome };
      if ('outcome' in planned) return planned;
      const result = await this.#write(row, base, planned.plan);
      if ('end' in result && result.end.kind === 'moved') continue;
      return result;
    }
    return {
      end: {
        kind: 'lost',
        reason: `Others wrote to the branch ${MAX_MOVES} times, each just before this could; it is tried again`,
      },
      during: 'push',
    };
  }

  async #findArrived(
    row: AccessRow,
    base: string,
  ): Promise<RequestOutcome | undefined> {
    const arrived = await readArrived({
      ...this.#options,
      rows: [row],
      seen: NONE,
      base,
      lost: NONE,
      signal: this.#turn.signal,
    });
    return decideArrived(arrived.get(row.number), this.#options.now());
  }

  async #plan(row: AccessRow) {
    const { knex, files, gateway, mirror, now } = this.#options;
    const { signal } = this.#turn;
    const { path } = gateway;
    const { number } = row;
    const read = await files.readFiles([path], { signal });
    const { revision } = read;
    const [listed] = await mirror.files({ revision, paths: [path], signal });
    const [file] = read.files;
    const mode: FileMode = listed?.mode === '100755' ? '100755' : '100644';
    const asked = await readAskedAccess(knex, [number]);
    const decisions = await readDecisions(knex, [number]);
    const planned = planAccess(row, {
      ...this.#options,
      asked: asked.get(number),
      ...(file && { file: { ...file, mode } }),
      decisions: decisions.get(number) ?? [],
      head: await readAuditHead(knex),
      now: now(),
    });
    return { revision, planned };
  }

  async #write(
    row: AccessRow,
    base: string,
    plan: CommitPlan,
  ): Promise<AccessAttemptResult> {
    const { mirror, repository, writing, now } = this.#options;
    const { signal, tip, transact } = this.#turn;
    let revisions: string[];
    try {
      const { signing } = writing;
      revisions = await mirror.write({
        base,
        commits: [plan],
        signing,
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof InputError)) throw error;
      const { message } = error;
      return { outcome: { kind: 'fail', code: 'entry-invalid', message } };
    }
    const gone = await noteCommits(transact, {
      repository,
      rows: [row],
      revisions,
      now: now(),
    });
    if (gone.size > 0) return { gone: true };
    const [revision] = revisions;
    const end = await mirror.push({ expected: base, tip: revision, signal });
    if (end.kind === 'pushed') tip.pushed(base, revision);
    return { end, during: 'push' };
  }
}
