import { Artifact } from '@ground-control/backstage-plugin-ground-control-common';
import { PolicyJudge, ReleaseToJudge } from '../policies/types';
import { AccessRequests } from './AccessRequests';
import { gatherWhole } from './branch/gatherWhole';
import { READ_ANEW } from './branch/readBranchState';
import { asJudged } from './decide/asJudged';
import { computeEvidence } from './decide/computeEvidence';
import { decideRejudge } from './decide/decideRejudge';
import { findChanges, Present, RequestChange } from './decide/findChanges';
import { readBuiltArtifact } from './resolve/readBuiltArtifact';
import { readCurrentRelease } from './resolve/readCurrentRelease';
import { readRequestFiles, RequestFiles } from './resolve/readRequestFiles';
import {
  CurrentRelease,
  ResolvedRelease,
  ResolveOptions,
} from './resolve/types';
import {
  isAccessRow,
  isReleaseRow,
  RejudgeResult,
  ReleaseRow,
  RequestJudge,
  RequestRow,
} from './types';

/** A request as it stands now. */
export interface RequestLook extends Pick<Present, 'verdicts' | 'requirement'> {
  artifact?: Artifact;
  /** What a decision now is bound to. */
  evidence: string;
  /** What changed since the request was judged, the gravest first. */
  changes: RequestChange[];
  /** Why it couldn't be looked at; nothing can be decided then. */
  unknown?: string;
}

interface When {
  now: Date;
  signal?: AbortSignal;
}

const NO_JUDGE =
  'This backend can’t judge a request of this kind; look at it with one that can.';
const UNKNOWN_ARTIFACT =
  'What its artifact is isn’t known for now; try again in a minute.';

function toCurrent(current?: CurrentRelease): ReleaseToJudge['current'] {
  if (!current) return undefined;
  const { artifact, artifactId, position, releasedAt } = current;
  return { artifact, artifactId, position, releasedAt };
}

/** One whose artifact neither the store nor the tables have. */
function lookAtUnknown(
  row: RequestRow,
  { gone, unknown }: RequestFiles,
): RequestLook {
  const look = asJudged(row, unknown ?? UNKNOWN_ARTIFACT);
  if (gone === undefined) return look;
  delete look.unknown;
  look.changes = [{ code: 'artifact-gone', message: gone, outdates: true }];
  return look;
}

export interface JudgeOptions extends ResolveOptions {
  policies: PolicyJudge;
  /** Judges those for access; absent where there are none. */
  accessRequests?: Pick<AccessRequests, 'look' | 'rejudge'>;
}

/** Judges wishes and requests by the policies and facts of now. */
export class DefaultRequestJudge implements RequestJudge {
  constructor(private readonly options: JudgeOptions) {}

  /** Judges what a wish would release. */
  judge(release: ResolvedRelease, options: When) {
    const { service, environment, intent, artifact, current } = release;
    return this.options.policies.judge(
      {
        service,
        environment,
        intent,
        artifact,
        current: toCurrent(current),
        rollbackRevision: release.rollback?.revision,
        squadRef: release.squadRef,
        artifactSquadRef: release.artifactSquadRef,
      },
      options,
    );
  }

  /** Looks at a request as it stands now, its files in the store included. */
  async look(row: RequestRow, options: When): Promise<RequestLook> {
    const { accessRequests } = this.options;
    if (isReleaseRow(row)) return this.lookAtRelease(row, options);
    return isAccessRow(row) && accessRequests
      ? accessRequests.look(row, options)
      : asJudged(row, NO_JUDGE);
  }

  async rejudge(row: RequestRow, options: When): Promise<RejudgeResult> {
    const { accessRequests } = this.options;
    if (isReleaseRow(row)) return this.rejudgeRelease(row, options);
    return isAccessRow(row) && accessRequests
      ? accessRequests.rejudge(row, options)
      : { kind: 'hold', code: 'no-judge', message: NO_JUDGE };
  }

  private async lookAtRelease(
    row: ReleaseRow,
    options: When,
  ): Promise<RequestLook> {
    const { knex } = this.options;
    const files = await readRequestFiles(this.options, row, options.signal);
    const gathered = await gatherWhole(knex, row.repository, async () => {
      const artifact = files.artifact ?? (await this.readKnownArtifact(row));
      if (!artifact) return undefined;
      const present = await this.readPresent(row, artifact, options);
      return { artifact, present };
    });
    if (!gathered) return asJudged(row, READ_ANEW);
    return gathered.facts
      ? this.lookAt(row, files, gathered.facts)
      : lookAtUnknown(row, files);
  }

  private async rejudgeRelease(
    row: ReleaseRow,
    options: When,
  ): Promise<RejudgeResult> {
    const { knex } = this.options;
    const known = await this.readKnownArtifact(row);
    const files: RequestFiles = known
      ? { artifact: known }
      : await readRequestFiles(this.options, row, options.signal);
    if (files.gone !== undefined) {
      return { kind: 'outdate', code: 'artifact-gone', message: files.gone };
    }
    const { artifact } = files;
    if (!artifact) {
      return {
        kind: 'hold',
        code: 'artifact-unknown',
        message: files.unknown ?? UNKNOWN_ARTIFACT,
      };
    }
    const gathered = await gatherWhole(knex, row.repository, () =>
      this.readPresent(row, artifact, { ...options, levelsOnly: true }),
    );
    return gathered
      ? decideRejudge(row, gathered.facts)
      : { kind: 'hold', code: 'reading-anew', message: READ_ANEW };
  }

  private lookAt(
    row: ReleaseRow,
    { digest, gone, unknown }: RequestFiles,
    facts: { artifact: Artifact; present: Present },
  ): RequestLook {
    const present: Present = { ...facts.present, digest, gone };
    const { current, verdicts, requirement } = present;
    return {
      verdicts,
      requirement,
      artifact: facts.artifact,
      ...(unknown !== undefined && { unknown }),
      changes: findChanges(row, present),
      evidence: computeEvidence({
        repository: row.repository,
        service: { namespace: row.namespace, name: row.service },
        environment: row.environment,
        intent: row.intent,
        artifactId: row.artifact_id,
        digest: digest ?? '',
        replacesRevision: current?.revision ?? null,
        rollbackRevision: row.rollback_revision,
        verdicts,
      }),
    };
  }

  private async readPresent(
    row: ReleaseRow,
    artifact: Artifact,
    options: When & { levelsOnly?: boolean },
  ): Promise<Present> {
    const { knex, policies } = this.options;
    const service = { namespace: row.namespace, name: row.service };
    const current = await readCurrentRelease(knex, {
      repository: row.repository,
      service,
      environment: row.environment,
    });
    const judgement = await policies.judge(
      {
        service,
        environment: row.environment,
        intent: row.intent,
        artifact,
        current: toCurrent(current),
        rollbackRevision: row.rollback_revision ?? undefined,
        squadRef: row.squad_ref ?? undefined,
        artifactSquadRef: row.artifact_squad_ref ?? undefined,
      },
      options,
    );
    return { current, ...judgement };
  }

  private readKnownArtifact(row: RequestRow): Promise<Artifact | undefined> {
    const key = {
      repository: row.repository,
      service: { namespace: row.namespace, name: row.service },
    };
    return readBuiltArtifact(this.options.knex, key, row.artifact_id);
  }
}
