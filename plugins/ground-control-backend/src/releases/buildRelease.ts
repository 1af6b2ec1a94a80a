import {
  Artifact,
  Problem,
  Release,
  ReleaseIntent,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { buildRevisionUrl } from './buildToolLinks';
import { formatTime } from './formatTime';

/** A row of `releases` with its commit and artifact. */
export interface ReleaseRow {
  position: number;
  environment: string;
  namespace: string;
  service: string;
  intent: string;
  artifact_id: string | null;
  tree: string | null;
  released_at: number | string;
  by_name: string | null;
  by_email: string | null;
  from_environment: string | null;
  of_branch: string | null;
  left_artifact_id: string | null;
  plan_only: boolean | number;
  replaced_at: number | string | null;
  revision: string | null;
  description: string | null;
  not_approved_reason: string | null;
}

/**
 * Why no decision of ours stands behind a release, or else behind the last
 * edit of its manifests while it was the current one.
 */
const NOT_APPROVED = `(select u.reason from unapproved_releases u
  where u.repository = releases.repository
    and u.environment = releases.environment
    and u.namespace = releases.namespace
    and u.service = releases.service
    and u.position >= releases.position
    and (releases.replaced_position is null
      or u.position < releases.replaced_position)
  order by case when u.position = releases.position then 0 else 1 end, u.position desc
  limit 1)`;

/** Starts a query whose rows are {@link ReleaseRow}s: one, whatever is joined. */
export function queryReleases(knex: Knex): Knex.QueryBuilder {
  return knex('releases')
    .select(
      'releases.position',
      'releases.environment',
      'releases.namespace',
      'releases.service',
      'releases.intent',
      'releases.artifact_id',
      'releases.tree',
      'releases.released_at',
      'releases.by_name',
      'releases.by_email',
      'releases.from_environment',
      'releases.of_branch',
      'releases.left_artifact_id',
      'releases.plan_only',
      'releases.replaced_at',
      'commits.revision',
      'artifacts.description',
      knex.raw(`${NOT_APPROVED} as not_approved_reason`),
    )
    .leftJoin('commits', join =>
      join
        .on('commits.repository', 'releases.repository')
        .andOn('commits.position', 'releases.position'),
    )
    .leftJoin('artifacts', join =>
      join
        .on('artifacts.repository', 'releases.repository')
        .andOn('artifacts.namespace', 'releases.namespace')
        .andOn('artifacts.service', 'releases.service')
        .andOn('artifacts.artifact_id', 'releases.artifact_id'),
    );
}

/** The artifact as ingest described it; of one without description, its id. */
export function buildArtifact(row: {
  namespace: string;
  service: string;
  artifact_id: string | null;
  description: string | null;
}): Artifact | undefined {
  if (row.description !== null) {
    return JSON.parse(row.description) as Artifact;
  }
  if (row.artifact_id === null) {
    return undefined;
  }
  return {
    id: row.artifact_id,
    service: row.service,
    namespace: row.namespace,
    images: [],
  };
}

/** A release as readers see it. */
export function buildRelease(
  row: ReleaseRow,
  options: { commitUrl?: string; problems?: Problem[] },
): Release {
  const revision = row.revision ?? '';
  const release: Release = {
    service: { namespace: row.namespace, name: row.service },
    environment: row.environment,
    position: row.position,
    revision,
    releasedAt: formatTime(row.released_at),
    intent: row.intent as ReleaseIntent,
    problems: (options.problems ?? []).filter(
      problem =>
        problem.position === row.position &&
        (problem.environment ?? row.environment) === row.environment,
    ),
  };
  const revisionUrl = buildRevisionUrl(options.commitUrl, revision);
  const artifact = buildArtifact(row);
  if (revisionUrl) release.revisionUrl = revisionUrl;
  if (row.replaced_at !== null) {
    release.replacedAt = formatTime(row.replaced_at);
  }
  if (row.by_name !== null || row.by_email !== null) {
    release.releasedBy = { name: row.by_name ?? '', email: row.by_email ?? '' };
  }
  if (row.from_environment) release.fromEnvironment = row.from_environment;
  if (row.of_branch) release.ofBranch = row.of_branch;
  if (row.left_artifact_id) release.leftArtifactId = row.left_artifact_id;
  if (artifact) release.artifact = artifact;
  if (row.plan_only) release.planOnly = true;
  if (row.not_approved_reason !== null) {
    release.notApprovedHere = row.not_approved_reason;
  }
  return release;
}
