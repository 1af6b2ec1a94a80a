/** A portal that watches no cluster. */
export const NO_CLUSTERS = {
  'kubernetes.clusterLocatorMethods': [],
  'groundControl.clusters': [],
};
