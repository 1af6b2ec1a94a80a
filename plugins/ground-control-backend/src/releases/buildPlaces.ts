import { ArtifactPlace } from '@ground-control/backstage-plugin-ground-control-common';
import { formatTime } from './formatTime';

/** A release of the artifact, in any environment. */
export interface PlaceRow {
  environment: string;
  released_at: number | string;
  replaced_at: number | string | null;
}

/** Where an artifact is, was and never was, in the order of the environments. */
export function buildPlaces(
  environments: string[],
  artifactId: string,
  /** What is in each environment now. */
  current: Map<string, string>,
  releases: PlaceRow[],
): ArtifactPlace[] {
  return environments.map((environment): ArtifactPlace => {
    const now = current.get(environment);
    const here = releases.filter(row => row.environment === environment);
    const other = now !== undefined &&
      now !== artifactId && {
        currentArtifactId: now,
      };
    if (here.length === 0 && now !== artifactId) {
      return { environment, status: 'never', ...other };
    }
    const place: ArtifactPlace = {
      environment,
      status: now === artifactId ? 'current' : 'past',
      ...other,
    };
    if (here.length > 0) {
      place.since = formatTime(
        Math.min(...here.map(row => Number(row.released_at))),
      );
    }
    const ends = here.flatMap(row =>
      row.replaced_at === null ? [] : [Number(row.replaced_at)],
    );
    if (place.status === 'past' && ends.length > 0) {
      place.until = formatTime(Math.max(...ends));
    }
    return place;
  });
}
