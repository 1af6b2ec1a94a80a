import {
  Artifact,
  ReleaseCandidate,
} from '@ground-control/backstage-plugin-ground-control-common';
import { BuildRow } from './queryBuilds';

/**
 * The store is looked at now and then: what was built so lately may not have
 * been seen there, and a preview looks for itself.
 */
const JUST_BUILT_MS = 120_000;

/** Artifacts as they can be chosen from, and where each runs. */
export function buildCandidates(
  rows: BuildRow[],
  options: {
    environments: string[];
    /** What each environment runs. */
    running: Map<string, string>;
    /** Id of the artifact that is usually meant. */
    recommended?: string;
    now: Date;
  },
): ReleaseCandidate[] {
  const { environments, running, recommended, now } = options;
  const isJustBuilt = ({ built_at: at }: BuildRow) =>
    at !== null && now.getTime() - Number(at) < JUST_BUILT_MS;
  const order = (a: string, b: string) =>
    environments.indexOf(a) - environments.indexOf(b);
  const runsIn = (artifactId: string) =>
    [...running].flatMap(([at, id]) => (id === artifactId ? at : []));
  return rows.map(row => ({
    artifact: JSON.parse(row.description) as Artifact,
    runsIn: runsIn(row.artifact_id).sort(order),
    stored: Boolean(row.in_store) || isJustBuilt(row),
    recommended: row.artifact_id === recommended,
  }));
}
