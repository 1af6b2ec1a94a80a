import {
  Artifact,
  ReleaseCandidate,
} from '@ground-control/backstage-plugin-ground-control-common';
import { BuildRow } from './queryBuilds';

/** Artifacts as they can be chosen from, and where each runs. */
export function buildCandidates(
  rows: BuildRow[],
  options: {
    environments: string[];
    /** What each environment runs. */
    running: Map<string, string>;
    /** Id of the artifact that is usually meant. */
    recommended?: string;
  },
): ReleaseCandidate[] {
  const { environments, running, recommended } = options;
  const order = (a: string, b: string) =>
    environments.indexOf(a) - environments.indexOf(b);
  const runsIn = (artifactId: string) =>
    [...running].flatMap(([at, id]) => (id === artifactId ? at : []));
  return rows.map(row => ({
    artifact: JSON.parse(row.description) as Artifact,
    runsIn: runsIn(row.artifact_id).sort(order),
    stored: Boolean(row.in_store),
    recommended: row.artifact_id === recommended,
  }));
}
