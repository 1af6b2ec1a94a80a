import { ClusterServiceState } from '@ground-control/backstage-plugin-ground-control-common';
import { useText } from '../hooks/useText';
import { Hidden } from './Hidden';
import { StatusGlyph } from './StatusGlyph';

/** One chip for each cluster of an environment: its state as a glyph and a word, and its name. */
export function ClusterChips(props: {
  names: readonly string[];
  states: readonly ClusterServiceState[];
}) {
  const t = useText();
  const { names, states } = props;
  return (
    <span className="gc-row gc-cluster-chips">
      {states.map((state, i) => (
        <span
          key={names[i] ?? i}
          className={state === 'stale' ? 'gc-chip gc-hatch' : 'gc-chip'}
          title={t(`status.${state}`)}
        >
          <StatusGlyph status={state} /> {names[i]}{' '}
          <Hidden>{t(`status.${state}`)}</Hidden>
        </span>
      ))}
    </span>
  );
}
