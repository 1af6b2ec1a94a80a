import { hostileArtifacts } from './artifacts.ts';
import { hostileManifests } from './manifests.ts';
import { hostileNames } from './names.ts';
import { hostilePolicies } from './policies.ts';
import { hostileTitles } from './titles.ts';
import type { HandCommit } from './types.ts';

/** Everything that Git takes and nobody should trust, commit by commit. */
export function hostileCommits(): HandCommit[] {
  return [
    ...hostileTitles(),
    ...hostileArtifacts(),
    ...hostileNames(),
    ...hostileManifests(),
    ...hostilePolicies(),
  ];
}
