import { FileFault } from '@ground-control/backstage-plugin-ground-control-node';
import {
  ArtifactRow,
  CommitRow,
  CommitServiceRow,
  DescribedArtifact,
  ProblemChangeRow,
  ProblemRow,
  ReleaseRow,
  ServiceEnvironmentRow,
} from '../types';

/** What was found in an artifact's or policy's file. */
export type FileReading =
  | { kind: 'artifact'; described: DescribedArtifact }
  | { kind: 'policy' }
  | ({ kind: 'fault'; tooLarge?: boolean } & FileFault);

/** Readings by object id; a path's kind is part of how it was read. */
export type Readings = (
  kind: 'artifact' | 'policy',
  id: string,
  path: string,
) => FileReading;

/** All that one or more commits change in the tables. */
export interface BatchRows {
  commits: CommitRow[];
  commitServices: CommitServiceRow[];
  releases: ReleaseRow[];
  /** Releases of earlier batches that are no longer current. */
  replaced: Array<
    Pick<
      ReleaseRow,
      | 'position'
      | 'environment'
      | 'namespace'
      | 'service'
      | 'replaced_position'
      | 'replaced_at'
    >
  >;
  /** The last release of each place in this batch. */
  latest: Map<string, ReleaseRow>;
  artifacts: Map<string, ArtifactRow>;
  current: Map<string, ServiceEnvironmentRow>;
  /** Rows of a place whose service has got another namespace. */
  gone: ServiceEnvironmentRow[];
  problems: Map<string, ProblemRow>;
  mended: Set<string>;
  /** By commit and problem: what each problem was before. */
  problemChanges: Map<string, ProblemChangeRow>;
}

export function emptyBatch(): BatchRows {
  return {
    commits: [],
    commitServices: [],
    releases: [],
    replaced: [],
    latest: new Map(),
    artifacts: new Map(),
    current: new Map(),
    gone: [],
    problems: new Map(),
    mended: new Set(),
    problemChanges: new Map(),
  };
}
