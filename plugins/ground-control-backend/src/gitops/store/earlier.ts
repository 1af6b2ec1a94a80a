import { ArtifactRow, DescribedArtifact, ReleaseRow } from '../types';

export type Place = Pick<ReleaseRow, 'environment' | 'namespace' | 'service'>;

/**
 * What artifacts say that stand again once commits are dropped: a dropped
 * commit may have described the same artifact otherwise.
 */
export interface EarlierArtifacts {
  /** By the git tree of a release's folder. */
  byTree: Map<string, DescribedArtifact>;
  rows: ArtifactRow[];
}
