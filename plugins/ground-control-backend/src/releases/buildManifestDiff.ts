import {
  DiffHunk,
  FileDiff,
  ManifestDiff,
  Release,
} from '@ground-control/backstage-plugin-ground-control-common';
import { structuredPatch } from 'diff';

/** A file of a release's folder; values of Secrets are masked already. */
export interface ReleaseFile {
  /** Relative to the release's folder. */
  path: string;
  /** In bytes. */
  size: number;
  /** Absent when it is too large to be read. */
  content?: Buffer;
  /** Git's name of the content, where known. */
  object?: string;
  /** Stands for the values that were masked; differs when they do. */
  masked?: { hash: string };
}

/** Larger files are named, not compared. */
export const MOST_BYTES = 512 * 1024;
/**
 * Of a whole comparison. Two long files with nothing in common take minutes to
 * compare, in which the process does nothing else.
 */
const MOST_MILLISECONDS = 500;
/** Of a whole comparison; more is nothing to read, and too much to send. */
const MOST_LINES = 20_000;
const CONTEXT_LINES = 3;
/** Says what the release is, and differs always; the releases say it better. */
const DESCRIPTION = 'artifact.json';

function isSame(from: ReleaseFile, to: ReleaseFile): boolean {
  if (from.masked?.hash !== to.masked?.hash) return false;
  if (from.content && to.content) return from.content.equals(to.content);
  if (from.content || to.content) return false;
  // Neither was read: too large, or a link. Its size is all that is left when
  // its name in git isn't known.
  return from.object === to.object && from.size === to.size;
}

function isTooLarge(file?: ReleaseFile): boolean {
  return (
    file !== undefined && (file.content === undefined || file.size > MOST_BYTES)
  );
}

/** What is left for the files that are still to be compared. */
interface Budget {
  deadline: number;
  lines: number;
}

function compareText(
  from: string,
  to: string,
  budget: Budget,
): DiffHunk[] | undefined {
  const timeout = budget.deadline - performance.now();
  if (timeout <= 0 || budget.lines <= 0) {
    return undefined;
  }
  const patch = structuredPatch('', '', from, to, '', '', {
    context: CONTEXT_LINES,
    timeout,
  });
  for (const hunk of patch?.hunks ?? []) budget.lines -= hunk.lines.length;
  if (budget.lines < 0) {
    return undefined;
  }
  return patch?.hunks.map(({ oldStart, newStart, lines }) => ({
    oldStart,
    newStart,
    // Lines beginning with a backslash tell of a missing newline at the end.
    lines: lines.filter(line => !line.startsWith('\\')),
  }));
}

function countLines(hunks: DiffHunk[], mark: string): number {
  return hunks.reduce(
    (sum, hunk) =>
      sum + hunk.lines.filter(line => line.startsWith(mark)).length,
    0,
  );
}

function buildFileDiff(
  path: string,
  from: ReleaseFile | undefined,
  to: ReleaseFile | undefined,
  budget: Budget,
): FileDiff {
  const file: FileDiff = {
    path,
    change: 'modified',
    added: 0,
    removed: 0,
    hunks: [],
  };
  if (!from) file.change = 'added';
  if (!to) file.change = 'removed';
  if (from?.masked || to?.masked) {
    file.masked = { changed: from?.masked?.hash !== to?.masked?.hash };
  }
  if (isTooLarge(from) || isTooLarge(to)) {
    return { ...file, omitted: 'too-large' };
  }
  if (from?.content?.includes(0) || to?.content?.includes(0)) {
    return { ...file, omitted: 'binary' };
  }
  const hunks = compareText(
    from?.content?.toString('utf8') ?? '',
    to?.content?.toString('utf8') ?? '',
    budget,
  );
  if (!hunks) {
    return { ...file, omitted: 'too-large' };
  }
  return {
    ...file,
    hunks,
    added: countLines(hunks, '+'),
    removed: countLines(hunks, '-'),
  };
}

/** Compares the manifests of two releases, file by file. */
export function buildManifestDiff(
  from: { release: Release; files: ReleaseFile[] },
  to: { release: Release; files: ReleaseFile[] },
): ManifestDiff {
  const before = new Map(from.files.map(file => [file.path, file]));
  const after = new Map(to.files.map(file => [file.path, file]));
  const paths = [...new Set([...before.keys(), ...after.keys()])]
    .filter(path => path !== DESCRIPTION)
    .sort();
  const budget = {
    deadline: performance.now() + MOST_MILLISECONDS,
    lines: MOST_LINES,
  };
  const files: FileDiff[] = [];
  for (const path of paths) {
    const [a, b] = [before.get(path), after.get(path)];
    if (!a || !b || !isSame(a, b)) {
      files.push(buildFileDiff(path, a, b, budget));
    }
  }
  return {
    from: from.release,
    to: to.release,
    files,
    unchangedFiles: paths.length - files.length,
  };
}
