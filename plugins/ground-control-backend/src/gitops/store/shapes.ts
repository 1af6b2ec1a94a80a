import { TableShape } from '../../database/writeRows';
import {
  ArtifactRow,
  CommitRow,
  CommitServiceRow,
  ProblemChangeRow,
  ProblemRow,
  ReleaseRow,
  ServiceEnvironmentRow,
} from '../types';

export const commitShape: TableShape<CommitRow> = {
  table: 'commits',
  columns: [
    'repository',
    'position',
    'revision',
    'kind',
    'committed_at',
    'title',
    'by_name',
    'by_email',
    'only_looks_like_release',
    'unknown_environment',
  ],
  key: ['repository', 'position'],
  merge: [],
};

export const commitServiceShape: TableShape<CommitServiceRow> = {
  table: 'commit_services',
  columns: ['repository', 'position', 'environment', 'namespace', 'service'],
  key: ['repository', 'position', 'environment', 'namespace', 'service'],
  merge: [],
};

export const releaseShape: TableShape<ReleaseRow> = {
  table: 'releases',
  columns: [
    'repository',
    'position',
    'environment',
    'namespace',
    'service',
    'intent',
    'artifact_id',
    'tree',
    'released_at',
    'by_name',
    'by_email',
    'from_environment',
    'of_branch',
    'left_artifact_id',
    'plan_only',
    'replaced_position',
    'replaced_at',
  ],
  key: ['repository', 'position', 'environment', 'namespace', 'service'],
  merge: [],
};

/** From the config repository, whose description counts over the store's. */
export const artifactShape: TableShape<ArtifactRow> = {
  table: 'artifacts',
  columns: [
    'repository',
    'namespace',
    'service',
    'artifact_id',
    'application_commit',
    'plan_commit',
    'branch',
    'squad',
    'built_at',
    'description',
    'in_repository',
    'in_store',
  ],
  key: ['repository', 'namespace', 'service', 'artifact_id'],
  merge: [
    'application_commit',
    'plan_commit',
    'branch',
    'squad',
    'built_at',
    'description',
    'in_repository',
  ],
};

export const serviceEnvironmentShape: TableShape<ServiceEnvironmentRow> = {
  table: 'service_environments',
  columns: [
    'repository',
    'environment',
    'namespace',
    'service',
    'position',
    'removed',
    'artifact_id',
    'application_commit',
    'plan_commit',
    'branch',
    'artifact_squad',
    'intent',
    'released_at',
    'by_name',
    'behind',
  ],
  key: ['repository', 'environment', 'namespace', 'service'],
  merge: [
    'position',
    'removed',
    'artifact_id',
    'application_commit',
    'plan_commit',
    'branch',
    'artifact_squad',
    'intent',
    'released_at',
    'by_name',
    'behind',
  ],
};

export const problemShape: TableShape<ProblemRow> = {
  table: 'problems',
  columns: [
    'repository',
    'problem_key',
    'code',
    'message',
    'path',
    'environment',
    'namespace',
    'service',
    'position',
    'since',
  ],
  key: ['repository', 'problem_key'],
  merge: ['message', 'position', 'since'],
};

/** A commit that is read again, after a crash, finds its own changes done. */
export const problemChangeShape: TableShape<ProblemChangeRow> = {
  table: 'problem_changes',
  columns: ['repository', 'position', 'problem_key', 'earlier'],
  key: ['repository', 'position', 'problem_key'],
  merge: [],
};
