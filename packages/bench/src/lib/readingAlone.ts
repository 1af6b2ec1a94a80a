/**
 * A portal that reads the config repository and artifacts alone: no cluster,
 * and no history of the services' own repositories.
 */
export const READING_ALONE = {
  'kubernetes.clusterLocatorMethods': [],
  'groundControl.clusters': [],
  'groundControl.sourceHistory.git': null,
  'groundControl.sourceHistory.git.url': undefined,
  'groundControl.sourceHistory.git.directory': undefined,
};
