import { Release } from './release';

/** A run of changed lines with their context; lines start with ' ', '+' or '-'. @public */
export interface DiffHunk {
  oldStart: number;
  newStart: number;
  lines: string[];
}

/** What changed in one file. @public */
export interface FileDiff {
  /** Relative to the release's folder. */
  path: string;
  change: 'added' | 'removed' | 'modified';
  added: number;
  removed: number;
  hunks: DiffHunk[];
  /** Values of Secrets were replaced before they were compared; `changed` says whether any differed. */
  masked?: { changed: boolean };
  /** Why there are no hunks: too large, or not text. */
  omitted?: 'too-large' | 'binary';
  /** It only says of which build the release is. */
  noise?: true;
}

/**
 * The manifests of one release against another's.
 *
 * @public
 */
export interface ManifestDiff {
  from: Release;
  to: Release;
  /** Changed files, by path. */
  files: FileDiff[];
  unchangedFiles: number;
}
