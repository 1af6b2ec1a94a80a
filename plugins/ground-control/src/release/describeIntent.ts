import { Release } from '@ground-control/backstage-plugin-ground-control-common';
import { PagesText } from '../hooks/usePagesText';
import { shortArtifactId } from '../lib/shortArtifactId';

/** What kind of release it was, in words. */
export function describeIntent(t: PagesText, release: Release): string {
  switch (release.intent) {
    case 'release-branch':
      return release.ofBranch
        ? t('release.intentReleaseBranch', { branch: release.ofBranch })
        : t('release.intentReleaseBranchUnknown');
    case 'promote':
      return release.fromEnvironment
        ? t('release.intentPromote', { environment: release.fromEnvironment })
        : t('release.intentPromoteUnknown');
    case 'rollback':
      return release.leftArtifactId
        ? t('release.intentRollback', {
            artifact: shortArtifactId(release.leftArtifactId),
          })
        : t('release.intentRollbackUnknown');
    case 'auto-release':
      return t('release.intentAutoRelease');
    case 'hand-edit':
      return t('release.intentHandEdit');
    case 'removed':
      return t('release.intentRemoved');
    default:
      return t('release.intentReleaseArtifact');
  }
}
