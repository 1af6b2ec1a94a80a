import { ClusterStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';

/** Nodes and containers of a cluster, in short; what isn't known is said so. */
export function SizeFact(props: { cluster: ClusterStatus }) {
  const t = usePagesText();
  const format = useFormat();
  const { nodes, containers } = props.cluster;
  if (!nodes && containers === undefined) {
    return <span className="gc-quiet gc-small">{t('clusters.unknown')}</span>;
  }
  return (
    <div className="gc-stack-tight">
      <span>
        {nodes
          ? t('clusters.nodesShort', {
              ready: format.number(nodes.ready),
              total: format.number(nodes.total),
            })
          : t('clusters.nodesUnknown')}
      </span>
      <span className="gc-small gc-quiet">
        {containers === undefined
          ? t('clusters.containersUnknown')
          : t('clusters.containersShort', { count: containers })}
      </span>
    </div>
  );
}
