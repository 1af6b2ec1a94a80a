import { createHash } from 'node:crypto';
import { findBefore } from '../lib/findBefore';
import { BehindCommits, ServiceFacts } from './types';

/** What is to be asked of a source history about a service. */
export interface Questions {
  /** Whether its commits are to be placed anew. */
  place: boolean;
  /** Stands for the builds, and for how they were asked about. */
  digest: string;
  /** Between which commits to count. */
  pairs: Omit<BehindCommits, 'count'>[];
  /** The same questions have the same signature. */
  signature: string;
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/**
 * Decides what isn't known yet, or not of what is there now.
 *
 * @param environments - in the order of promotion
 * @param manner - whatever makes the same builds give other commits
 */
export function decideQuestions(
  facts: ServiceFacts,
  environments: string[],
  manner: string[],
): Questions | undefined {
  const { builds, cells } = facts;
  const digest = hash([
    manner,
    builds.map(b => [b.artifactId, b.commit, b.branch, b.builtAt]),
  ]);
  const place =
    builds.length > 0 ? facts.digest !== digest : facts.digest !== undefined;
  const cellOf = (environment?: string) =>
    cells.find(cell => cell.environment === environment);
  const pairs = environments.flatMap(environment => {
    const own = cellOf(environment);
    const before = cellOf(
      findBefore(environments, environment, name => Boolean(cellOf(name))),
    );
    if (!own?.commit || !before?.commit) return [];
    const [from, to] = [own.commit, before.commit];
    return own.countedFrom === from && own.countedTo === to
      ? []
      : [{ environment, from, to }];
  });
  if (!place && pairs.length === 0) return undefined;
  return { place, digest, pairs, signature: hash([digest, pairs]) };
}
