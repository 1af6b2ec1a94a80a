import { Fragment } from 'react';
import { ClusterServiceState } from '@ground-control/backstage-plugin-ground-control-common';
import { useFormat } from '../hooks/useFormat';
import { usePagesText } from '../hooks/usePagesText';
import { useText } from '../hooks/useText';
import { groupByState } from '../lib/groupByState';
import { Hidden } from './Hidden';
import { StatusGlyph } from './StatusGlyph';

/** One small glyph for each cluster of an environment, always in the same order; in words for who asks or listens. */
export function ClusterPips(props: {
  names: readonly string[];
  states: readonly ClusterServiceState[];
}) {
  const t = useText();
  const pt = usePagesText();
  const format = useFormat();
  const { names, states } = props;
  const words = groupByState(names, states).map(group =>
    pt('board.inClusters', {
      state: t(`status.${group.state}`),
      clusters: format.list(group.names),
    }),
  );
  return (
    <span className="gc-pips" title={words.join('\n')}>
      {states.map((state, i) => (
        <StatusGlyph key={names[i] ?? i} status={state} />
      ))}
      {words.map(word => (
        <Fragment key={word}>
          {' '}
          <Hidden>{word}.</Hidden>
        </Fragment>
      ))}
    </span>
  );
}
