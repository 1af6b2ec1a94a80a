import { CellState } from '@ground-control/backstage-plugin-ground-control-common';
import { useFormat } from '../hooks/useFormat';
import { useText } from '../hooks/useText';
import { StatusGlyph } from './StatusGlyph';

/** How many are in a state: glyph, number and word; where there is little room the word is for screen readers alone. */
export function StateCount(props: { state: CellState; count: number }) {
  const t = useText();
  const format = useFormat();
  const { state, count } = props;
  return (
    <>
      <StatusGlyph status={state} />{' '}
      <span className="gc-short" aria-hidden="true">
        {format.number(count)}
      </span>
      <span className="gc-long">{t(`tally.${state}`, { count })}</span>
    </>
  );
}
