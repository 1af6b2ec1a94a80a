/** A build of a service, as far as commits are placed in it. */
export interface Build {
  artifactId: string;
  /** Full id of the application's commit. */
  commit: string;
  branch: string | null;
  /** Milliseconds since 1970. */
  builtAt: number;
}

/** A service in one environment, and what was last counted there. */
export interface Cell {
  environment: string;
  commit: string | null;
  /** The two commits between which was last counted. */
  countedFrom: string | null;
  countedTo: string | null;
}

/** What the tables know of a service, as far as its source history goes. */
export interface ServiceFacts {
  namespace: string;
  service: string;
  squad?: string;
  /** Oldest first. */
  builds: Build[];
  cells: Cell[];
  /** Of the builds that its commits were last placed in. */
  digest?: string;
  /** Whether problems of its source history are open. */
  hasProblems: boolean;
}

/** A row of `source_commits`. */
export interface SourceCommitRow {
  repository: string;
  namespace: string;
  service: string;
  source_commit: string;
  artifact_id: string;
  author: string;
  title: string;
  committed_at: number;
}

/** How many commits an environment is behind the one before. */
export interface BehindCommits {
  environment: string;
  from: string;
  to: string;
  /** Null when there are more than are counted. */
  count: number | null;
}
