import { isError, NotFoundError } from '@backstage/errors';
import { AskedAccess } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { RepositoryFiles } from '../../gitops/MirrorFiles';
import { readRepositoryRow } from '../../gitops/store/repositoryRow';
import { LinkReadContext } from '../../latency/reading/types';
import { AccessRequests } from '../../requests/AccessRequests';
import { gatherWhole } from '../../requests/branch/gatherWhole';
import { READ_ANEW } from '../../requests/branch/readBranchState';
import { asJudged } from '../../requests/decide/asJudged';
import { computeAccessEvidence } from '../../requests/decide/computeAccessEvidence';
import { decideGo } from '../../requests/decide/decideGo';
import type { RequestChange } from '../../requests/decide/findChanges';
import type { RequestLook } from '../../requests/DefaultRequestJudge';
import { formatRequestId } from '../../requests/reading/requestId';
import { readAskedAccess } from '../../requests/store/readAskedAccess';
import { AccessRow, RejudgeResult } from '../../requests/types';
import { GatewaySettings } from '../entries/types';
import { decideAccess } from './decideAccess';
import { findAccessChanges } from './findAccessChanges';
import { permitWriting, WritingFacts } from './permitWriting';
import { readAccessFacts } from './readAccessFacts';
import { readOwnCommit } from './store/readOwnCommit';
import { AccessDecision } from './types';

export interface AccessJudgeOptions extends WritingFacts {
  knex: Knex;
  repository: string;
  /** Of the repository that the gateway's file lies in. */
  files: RepositoryFiles;
  gateway: GatewaySettings;
  readLinkedPairs: LinkReadContext['readLinkedPairs'];
}

interface When {
  now: Date;
  signal?: AbortSignal;
}

/** What a request is now, or why that isn't known. */
type Judged =
  /** Its commit is on the branch: what it wished for is so. */
  | { kind: 'arrived' }
  | { kind: 'unknown'; code: string; message: string }
  | { kind: 'judged'; decision: AccessDecision; changes: RequestChange[] };

type FilesRead = Awaited<ReturnType<RepositoryFiles['readFiles']>>;

/** To the file its own commit looks as if somebody else had been there before. */
const AS_IF_DONE: ReadonlyArray<RequestChange['code']> = [
  'entry-there',
  'entry-gone',
];

const unknown = (code: string, message: string): Judged => ({
  kind: 'unknown',
  code,
  message,
});

/**
 * Judges requests for access by the gateway's file, the links and the owners of
 * now. What it says is stored and read by many: it knows all services, and
 * names no caller.
 */
export class AccessJudge implements Pick<AccessRequests, 'look' | 'rejudge'> {
  constructor(private readonly options: AccessJudgeOptions) {}

  async look(row: AccessRow, when: When): Promise<RequestLook> {
    const judged = await this.#judge(row, when);
    if (judged.kind === 'arrived') return asJudged(row);
    if (judged.kind === 'unknown') return asJudged(row, judged.message);
    const { changes, decision } = judged;
    const { requirement, verdicts } = decision;
    const evidence = computeAccessEvidence({ ...row, verdicts });
    return { verdicts, requirement, changes, evidence };
  }

  async rejudge(row: AccessRow, when: When): Promise<RejudgeResult> {
    const judged = await this.#judge(row, when);
    if (judged.kind === 'arrived') return { kind: 'go' };
    if (judged.kind === 'unknown') return { ...judged, kind: 'hold' };
    const { changes, decision } = judged;
    return decideGo(row, { ...decision, changes });
  }

  async #judge(row: AccessRow, when: When): Promise<Judged> {
    const { knex, repository } = this.options;
    const { number } = row;
    const writing = permitWriting(this.options);
    if (!writing.allowed) return unknown(writing.code, writing.message);
    const asked = (await readAskedAccess(knex, [number])).get(number);
    if (!asked) {
      throw new NotFoundError(
        `What ${formatRequestId(number)} asks for isn't in the database`,
      );
    }
    const gathered = await gatherWhole(knex, repository, () =>
      this.#judgeWhole(row, asked, when),
    );
    return gathered?.facts ?? unknown('reading-anew', READ_ANEW);
  }

  async #judgeWhole(
    row: AccessRow,
    asked: AskedAccess,
    { now, signal }: When,
  ): Promise<Judged> {
    const { knex, repository } = this.options;
    const read = await this.#readFile(signal);
    if ('fault' in read) return unknown('file-unknown', read.fault);
    // After the file, which may have it: else it would be judged as another's.
    const own = await readOwnCommit(knex, row);
    if (own === 'arrived') return { kind: 'arrived' };
    const { facts } = await readAccessFacts(
      { knex, repository, services: { kind: 'all' } },
      {
        ...this.options,
        files: { readFiles: async () => read },
        wish: asked.wish,
        now,
        countsUsers: true,
      },
    );
    const decision = decideAccess(facts);
    const changes = findAccessChanges(row, asked, { facts, decision });
    const looksDone = AS_IF_DONE.some(code => code === changes[0]?.code);
    return own === 'built' && looksDone && !(await this.#hasRead(read))
      ? unknown(
          'branch-unread',
          'The branch has commits that weren’t read yet, and one of them may be this request’s own; it is looked at again when they are.',
        )
      : { kind: 'judged', decision, changes };
  }

  async #readFile(
    signal: AbortSignal | undefined,
  ): Promise<FilesRead | { fault: string }> {
    const { files, gateway } = this.options;
    try {
      return await files.readFiles([gateway.path], { signal });
    } catch (error) {
      signal?.throwIfAborted();
      const why = isError(error) ? error.message : 'unknown error';
      return { fault: `${gateway.path} can’t be read now: ${why}` };
    }
  }

  /** Whether the tables have the branch as the file was read. */
  async #hasRead({ revision }: FilesRead): Promise<boolean> {
    const { knex, repository } = this.options;
    const row = await readRepositoryRow(knex, repository);
    return row?.tip === revision;
  }
}
