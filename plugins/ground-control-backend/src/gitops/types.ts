import {
  Artifact,
  ReleaseIntent,
} from '@ground-control/backstage-plugin-ground-control-common';

/** A file of a release's folder. */
export interface ReleaseFile {
  /** Relative to the folder. */
  path: string;
  /** As git has it: 100644, 100755, 120000 (symbolic link), 160000. */
  mode: string;
  /**
   * The id of the content in git, where nothing in it was masked: the same id
   * is the same content, also where that is too large to be shown.
   */
  object?: string;
  /** Bytes, before masking. */
  size: number;
  /** Absent when it is too large to be shown, or isn't a file. */
  content?: Buffer;
  /**
   * Present where values of a Secret were replaced. `hash` stands for the
   * values that were: two files of one process with the same hash had the same
   * ones. It can't be turned back, and means nothing in another process.
   */
  masked?: { hash: string };
}

/** Reads the files of a release from the mirror, with Secrets masked. */
export interface ReleaseFiles {
  /**
   * @param tree - the id of the release folder's git tree
   * @throws NotFoundError when this process's mirror doesn't have it (yet)
   */
  readReleaseFiles(tree: string): Promise<ReleaseFile[]>;
}

/** The same for files that aren't in the mirror, to compare them with those. */
export interface MaskedFiles extends ReleaseFiles {
  /** Files above what can be shown have no content. */
  maskFiles(files: Array<{ path: string; content: Buffer }>): ReleaseFile[];
}

/** What a commit of the config repository is; see ActivityKind. */
export type CommitKind = 'release' | 'policy' | 'manifest' | 'other';

export interface CommitRow {
  repository: string;
  position: number;
  revision: string;
  kind: CommitKind;
  committed_at: number;
  title: string;
  by_name: string;
  by_email: string;
  only_looks_like_release: boolean;
  /** It releases to this one, which isn't configured. */
  unknown_environment: string | null;
}

export interface CommitServiceRow {
  repository: string;
  position: number;
  environment: string;
  namespace: string;
  service: string;
}

export interface ReleaseRow {
  repository: string;
  position: number;
  environment: string;
  namespace: string;
  service: string;
  intent: ReleaseIntent;
  artifact_id: string | null;
  tree: string | null;
  released_at: number;
  by_name: string | null;
  by_email: string | null;
  from_environment: string | null;
  of_branch: string | null;
  left_artifact_id: string | null;
  plan_only: boolean;
  replaced_position: number | null;
  replaced_at: number | null;
}

export interface ArtifactRow {
  repository: string;
  namespace: string;
  service: string;
  artifact_id: string;
  application_commit: string | null;
  plan_commit: string | null;
  branch: string | null;
  squad: string | null;
  built_at: number | null;
  /** An {@link Artifact} as JSON. */
  description: string;
  in_repository: boolean;
  in_store: boolean;
}

export interface ServiceEnvironmentRow {
  repository: string;
  environment: string;
  namespace: string;
  service: string;
  position: number;
  removed: boolean;
  artifact_id: string | null;
  application_commit: string | null;
  plan_commit: string | null;
  branch: string | null;
  artifact_squad: string | null;
  intent: ReleaseIntent;
  released_at: number;
  by_name: string | null;
  behind: number | null;
}

export interface ProblemRow {
  repository: string;
  problem_key: string;
  code: string;
  message: string;
  path: string | null;
  environment: string | null;
  namespace: string | null;
  service: string | null;
  position: number | null;
  since: number;
}

/** A problem before a commit changed it. */
export interface ProblemChangeRow {
  repository: string;
  position: number;
  problem_key: string;
  /** A {@link ProblemRow} as JSON; null where there was none. */
  earlier: string | null;
}

export interface RepositoryRow {
  repository: string;
  url_hash: string;
  branch: string;
  tip: string | null;
  position: number;
  tip_committed_at: number | null;
  remote_tip: string | null;
  remote_position: number | null;
  /** What the last attempt to fetch found: starting, fetched, or a failure. */
  state: string;
  reason: string | null;
  observed_at: number | null;
  attempted_at: number | null;
  /** When a round ended last that fetched and read all of the branch. */
  read_at: number | null;
  rewritten_at: number | null;
  fetch_wanted_at: number | null;
  format: number;
  /** Since when the branch is read anew, up to its tip; null when it was. */
  anew_since: number | null;
}

/** The part of an artifact row that comes from the artifact itself. */
export type DescribedArtifact = Pick<
  ArtifactRow,
  | 'artifact_id'
  | 'application_commit'
  | 'plan_commit'
  | 'branch'
  | 'squad'
  | 'built_at'
  | 'description'
> & { artifact: Artifact };
