/** How far an environment is behind the one before, in what is known best. */
export interface Behind {
  count: number;
  unit: 'commits' | 'builds';
}

/** Counts commits where a source history tells them, and builds otherwise. */
export function countBehind(place: {
  behind?: number;
  behindCommits?: number;
}): Behind {
  return place.behindCommits === undefined
    ? { count: place.behind ?? 0, unit: 'builds' }
    : { count: place.behindCommits, unit: 'commits' };
}
