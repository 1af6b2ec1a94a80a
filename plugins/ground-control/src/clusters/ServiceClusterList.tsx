import { ServiceCluster } from '@ground-control/backstage-plugin-ground-control-common';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { ServiceClusterLine } from './ServiceClusterLine';

/** How a service stands in each cluster of an environment, in the configured order. */
export function ServiceClusterList(props: {
  clusters: ServiceCluster[];
  releasedArtifactId?: string;
}) {
  const paths = useReleasesPath();
  return (
    <ul className="gc-places-list">
      {props.clusters.map(place => (
        <ServiceClusterLine
          key={place.cluster}
          place={place}
          name={{ text: place.cluster, to: paths.cluster(place.cluster) }}
          releasedArtifactId={props.releasedArtifactId}
        />
      ))}
    </ul>
  );
}
