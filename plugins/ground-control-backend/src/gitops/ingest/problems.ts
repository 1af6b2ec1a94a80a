import { createHash } from 'node:crypto';
import { ProblemRow } from '../types';
import { displayPath } from '../displayPath';
import { Place, placeKeyOf } from './placeKey';

/** A problem before it is a row. */
export interface FoundProblem {
  code: string;
  message: string;
  /** As in the repository; absent when it is of no file. */
  path?: string;
  environment?: string;
  namespace?: string;
  service?: string;
}

/**
 * What a problem hangs on. When a commit changes it, its problems are found
 * anew, and those that aren't found again are gone.
 */
export function subjectOf(
  problem: Pick<ProblemRow, 'path' | 'environment' | 'namespace' | 'service'>,
): string {
  return (
    problem.path ??
    titleSubject({
      environment: problem.environment ?? '',
      namespace: problem.namespace ?? '',
      service: problem.service ?? '',
    })
  );
}

/**
 * The subject of a title that looks like a release of a service. Both
 * namespaces that a folder may stand for are one place, and one subject.
 */
export function titleSubject(place: Place): string {
  return `\0${placeKeyOf(place)}`;
}

export function formatProblemRow(
  found: FoundProblem,
  at: { repository: string; position: number; committedAt: number },
): ProblemRow {
  const path = found.path === undefined ? null : displayPath(found.path);
  const { code, environment, namespace, service } = found;
  const key = createHash('sha256')
    .update(JSON.stringify([code, path, environment, namespace, service]))
    .digest('hex');
  return {
    repository: at.repository,
    problem_key: key,
    code,
    message: found.message,
    path,
    environment: environment ?? null,
    namespace: namespace ?? null,
    service: service ?? null,
    position: at.position,
    since: at.committedAt,
  };
}
