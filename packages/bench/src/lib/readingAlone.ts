/**
 * A portal that reads the config repository and artifacts alone: no cluster,
 * and a source history that isn't there.
 */
export const READING_ALONE = {
  'kubernetes.clusterLocatorMethods': [],
  'groundControl.clusters': [],
  'groundControl.sourceHistory.git.url':
    'http://127.0.0.1:1/git/source/{service}.git',
};
