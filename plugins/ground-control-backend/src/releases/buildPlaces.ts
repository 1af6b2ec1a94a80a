import { ArtifactPlace } from '@ground-control/backstage-plugin-ground-control-common';
import { Holding } from './decideHolds';
import { formatTime } from './formatTime';

/** A release of the service, in any environment. */
export interface PlaceRow {
  environment: string;
  position: number;
  artifact_id: string | null;
  released_at: number | string;
  replaced_at: number | string | null;
}

/** The releases that held it one after the other, up to now; newest first. */
function takeUnbroken<Row>(
  rows: Row[],
  holds: (row: Row) => Holding | undefined,
): Row[] {
  const end = rows.findIndex(row => !holds(row));
  return end < 0 ? rows : rows.slice(0, end);
}

/**
 * Where an artifact is, was and never was, in the order of the environments:
 * itself, or inside another build.
 */
export function buildPlaces(
  environments: string[],
  artifactId: string,
  options: {
    /** What is in each environment now. */
    current: Map<string, string>;
    /** In any order; may lack those that are too old to hold it. */
    releases: PlaceRow[];
    /** Whether a build holds what was looked for. */
    holds: (artifactId: string) => Holding | undefined;
  },
): ArtifactPlace[] {
  const { current, releases } = options;
  const holds = (id: string | null | undefined): Holding | undefined => {
    if (id === artifactId) return 'certain';
    return typeof id === 'string' ? options.holds(id) : undefined;
  };
  const rowHolds = (row: PlaceRow) => holds(row.artifact_id);

  return environments.map((environment): ArtifactPlace => {
    const now = current.get(environment);
    const rows = releases
      .filter(row => row.environment === environment)
      .sort((a, b) => b.position - a.position);
    const held = rows.filter(rowHolds);
    const other = now !== undefined &&
      now !== artifactId && {
        currentArtifactId: now,
      };
    const build = (
      status: ArtifactPlace['status'],
      counted: PlaceRow[],
    ): ArtifactPlace => {
      const place: ArtifactPlace = { environment, status, ...other };
      if (counted.length > 0) {
        const from = Math.min(...counted.map(row => Number(row.released_at)));
        place.since = formatTime(from);
      }
      const ends = counted.flatMap(row =>
        row.replaced_at === null ? [] : [Number(row.replaced_at)],
      );
      if (status === 'past' && ends.length > 0) {
        place.until = formatTime(Math.max(...ends));
      }
      if (counted.some(row => rowHolds(row) === 'inferred')) {
        place.inferred = true;
      }
      return place;
    };

    if (now === artifactId) {
      return build(
        'current',
        rows.filter(row => row.artifact_id === artifactId),
      );
    }
    if (holds(now)) return build('contained', takeUnbroken(rows, rowHolds));
    return build(held.length > 0 ? 'past' : 'never', held);
  });
}
