import { isError } from '@backstage/errors';
import { Artifact } from '@ground-control/backstage-plugin-ground-control-common';
import { PolicyJudge, ReleaseToJudge } from '../policies/types';
import { computeEvidence } from './decide/computeEvidence';
import { decideRejudge } from './decide/decideRejudge';
import { findChanges, Present, RequestChange } from './decide/findChanges';
import { readBuiltArtifact } from './resolve/readBuiltArtifact';
import { readCurrentRelease } from './resolve/readCurrentRelease';
import { readStoredArtifact } from './resolve/readStoredArtifact';
import {
  CurrentRelease,
  ResolvedRelease,
  ResolveOptions,
} from './resolve/types';
import { RejudgeResult, RequestJudge, RequestRow } from './types';

/** A request as it stands now. */
export interface RequestLook extends Present {
  artifact?: Artifact;
  /** What a decision now is bound to. */
  evidence: string;
  /** What changed since the request was judged, the gravest first. */
  changes: RequestChange[];
  /** Why the artifact store couldn't be asked; nothing can be decided then. */
  unknown?: string;
}

function toCurrent(current?: CurrentRelease): ReleaseToJudge['current'] {
  if (!current) return undefined;
  const { artifact, artifactId, position, releasedAt } = current;
  return { artifact, artifactId, position, releasedAt };
}

/** Judges wishes and requests by the policies and facts of now. */
export class DefaultRequestJudge implements RequestJudge {
  constructor(
    private readonly options: ResolveOptions & { policies: PolicyJudge },
  ) {}

  /** Judges what a wish would release. */
  judge(
    release: ResolvedRelease,
    options: { now: Date; signal?: AbortSignal },
  ) {
    const { service, environment, intent, artifact, current } = release;
    return this.options.policies.judge(
      {
        service,
        environment,
        intent,
        artifact,
        current: toCurrent(current),
        rollbackPosition: release.rollback?.position,
        squadRef: release.squadRef,
        artifactSquadRef: release.artifactSquadRef,
      },
      options,
    );
  }

  /** Looks at a request as it stands now, its files in the store included. */
  async look(
    row: RequestRow,
    options: { now: Date; signal?: AbortSignal },
  ): Promise<RequestLook> {
    const files = await this.readFiles(row, options.signal);
    const artifact = files.artifact ?? (await this.readKnownArtifact(row));
    const present = {
      ...(await this.readPresent(row, artifact, options)),
      ...(files.digest !== undefined && { digest: files.digest }),
      ...(files.gone !== undefined && { gone: files.gone }),
    };
    return {
      ...present,
      artifact,
      ...(files.unknown !== undefined && { unknown: files.unknown }),
      changes: findChanges(row, present),
      evidence: computeEvidence({
        repository: row.repository,
        service: { namespace: row.namespace, name: row.service },
        environment: row.environment,
        intent: row.intent,
        artifactId: row.artifact_id,
        digest: files.digest ?? '',
        replacesRevision: present.current?.revision ?? null,
        rollbackRevision: row.rollback_revision,
        verdicts: present.verdicts,
      }),
    };
  }

  async rejudge(
    row: RequestRow,
    options: { now: Date; signal?: AbortSignal },
  ): Promise<RejudgeResult> {
    const artifact = await this.readKnownArtifact(row);
    return decideRejudge(row, await this.readPresent(row, artifact, options));
  }

  private async readPresent(
    row: RequestRow,
    artifact: Artifact,
    options: { now: Date; signal?: AbortSignal },
  ): Promise<Present> {
    const { knex, policies } = this.options;
    const service = { namespace: row.namespace, name: row.service };
    const current = await readCurrentRelease(knex, {
      repository: row.repository,
      service,
      environment: row.environment,
    });
    const rollbackPosition =
      row.rollback_revision === null
        ? undefined
        : await this.readPosition(row.repository, row.rollback_revision);
    const judgement = await policies.judge(
      {
        service,
        environment: row.environment,
        intent: row.intent,
        artifact,
        current: toCurrent(current),
        rollbackPosition,
        squadRef: row.squad_ref ?? undefined,
        artifactSquadRef: row.artifact_squad_ref ?? undefined,
      },
      options,
    );
    return { current, ...judgement };
  }

  /** Of a rollback the tree is what is written, and no store can change it. */
  private async readFiles(
    row: RequestRow,
    signal?: AbortSignal,
  ): Promise<{
    artifact?: Artifact;
    digest?: string;
    gone?: string;
    unknown?: string;
  }> {
    if (row.intent === 'rollback') return { digest: row.digest };
    try {
      const stored = await readStoredArtifact(
        this.options,
        {
          service: { namespace: row.namespace, name: row.service },
          environment: row.environment,
          artifactId: row.artifact_id,
        },
        signal,
      );
      if (!('refusal' in stored)) return stored;
      const { code, message } = stored.refusal;
      return ['missing', 'invalid'].includes(code)
        ? { gone: message }
        : { unknown: message };
    } catch (error) {
      return {
        unknown: `The artifact store can't be read now: ${
          isError(error) ? error.message : 'unknown error'
        }`,
      };
    }
  }

  private async readKnownArtifact(row: RequestRow): Promise<Artifact> {
    const key = {
      repository: row.repository,
      service: { namespace: row.namespace, name: row.service },
    };
    return readBuiltArtifact(this.options.knex, key, row.artifact_id);
  }

  private async readPosition(
    repository: string,
    revision: string,
  ): Promise<number | undefined> {
    const row = await this.options
      .knex('commits')
      .where({ repository, revision })
      .first('position');
    return row?.position;
  }
}
