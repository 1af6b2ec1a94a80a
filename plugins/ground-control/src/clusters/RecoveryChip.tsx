import { ClusterRecovery } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';

/** Says that a cluster is coming back, and how far; nothing where it isn't. */
export function RecoveryChip(props: { recovery?: ClusterRecovery }) {
  const t = usePagesText();
  const format = useFormat();
  const { recovery } = props;
  if (!recovery || recovery.allReadyAt) return null;
  return (
    <span className="gc-chip gc-chip-info gc-recovering">
      <StatusGlyph status="rolling-out" />{' '}
      {recovery.total === undefined
        ? t('clusters.recoveringStarted')
        : t('clusters.recovering', {
            ready: format.number(recovery.ready ?? 0),
            total: format.number(recovery.total),
          })}
    </span>
  );
}
